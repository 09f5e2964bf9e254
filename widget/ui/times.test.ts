import { expect, test } from 'vitest';
import { briefIn } from './brief.ts';
import { timesIn } from './times.ts';

const now = new Date(2026, 10, 22, 10, 45).getTime();
const at = (month: number, day: number, year = 2026) => new Date(year, month - 1, day, 9, 5).getTime();

test.each([
  [at(11, 22), 'Today'],
  [at(11, 21), 'Yesterday'],
  [at(11, 18), 'Wednesday'],
  [at(3, 3), 'March 3, 2026'],
])('names a day the way one speaks of it (%#)', (moment, words) => {
  expect(timesIn('en').day(moment, now)).toBe(words);
});

test('counts days by the calendar, not by 24 hours', () => {
  const lateYesterday = new Date(2026, 10, 21, 23, 59).getTime();

  const words = timesIn('en').day(lateYesterday, new Date(2026, 10, 22, 0, 1).getTime());

  expect(words).toBe('Yesterday');
});

test('writes in a list the time of day today, and the day before that', () => {
  const brief = briefIn('de', timesIn('de'));

  expect(brief(at(11, 22), now)).toBe('09:05');
  expect(brief(at(11, 21), now)).toBe('Gestern');
  expect(brief(at(3, 3), now)).toBe('3. März');
});
