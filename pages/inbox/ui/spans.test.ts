import { expect, test } from 'vitest';
import { fieldTime, spansIn, tomorrowAtNine } from './spans.ts';

const minute = 60_000;

test('says how long something has lasted by the unit that fits', () => {
  const span = spansIn('en');

  expect([0, 59 * 1_000, 12 * minute, 90 * minute, 3 * 1_440 * minute].map(span)).toEqual([
    '1 min',
    '1 min',
    '12 min',
    '1 hr',
    '3 days',
  ]);
});

test('knows nine o’clock tomorrow also on the last day of a month, and writes it as a field does', () => {
  const evening = new Date(2026, 0, 31, 23, 30).getTime();

  expect(fieldTime(tomorrowAtNine(evening))).toBe('2026-02-01T09:00');
});
