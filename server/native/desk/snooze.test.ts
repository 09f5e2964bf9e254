import { expect, test } from 'vitest';
import { snoozedUntil } from './snooze.ts';

/** A Sunday evening in Berlin. */
const now = Date.parse('2026-11-22T21:10:07+01:00');
const berlin = 'Europe/Berlin';

test.each([
  ['30m', now + 1_800_000],
  ['2h', now + 7_200_000],
  ['3 d', now + 259_200_000],
  ['1w', now + 604_800_000],
  ['tomorrow', Date.parse('2026-11-23T09:00+01:00')],
  ['Tuesday', Date.parse('2026-11-24T09:00+01:00')],
  ['sun', Date.parse('2026-11-29T09:00+01:00')],
])('takes %j', (span, expected) => {
  expect(snoozedUntil(span, now, berlin)).toBe(expected);
});

test('finds the morning by the clock on the wall where it is changed overnight', () => {
  const eve = Date.parse('2026-03-28T20:00+01:00');

  const until = snoozedUntil('tomorrow', eve, berlin);

  expect(until).toBe(Date.parse('2026-03-29T09:00+02:00'));
});

test('finds the morning of a zone that is a quarter of an hour beside the others', () => {
  expect(snoozedUntil('tomorrow', now, 'Asia/Kathmandu')).toBe(Date.parse('2026-11-24T09:00+05:45'));
});

test.each(['', 'later', '0h', '9999w', '-2h', 'to', '2 hours'])('takes no %j', (span) => {
  expect(snoozedUntil(span, now, berlin)).toBeUndefined();
});
