import { expect, test } from 'vitest';
import { inWords, spanOf } from './spans.ts';

test.each([
  [1_500, 1_500],
  ['90m', 5_400_000],
  ['2 days', 172_800_000],
  ['1h 30m', 5_400_000],
  ['0.5s', 500],
])('reads %s as a span', (written, ms) => {
  const span = spanOf(written);

  expect(span).toBe(ms);
});

test.each(['', 'soon', '3 parsecs', '5', '1h, 2m', -1, Number.NaN, '401 days', '2 constructor'])(
  'says how a span is written where one is %s',
  (written) => {
    expect(() => spanOf(written)).toThrow("write milliseconds, or '90m'");
  },
);

test('says a span in words', () => {
  const said = [250, 2_500, 60_000, 5_400_000].map(inWords);

  expect(said).toEqual(['250 ms', '2.5 s', '1 min', '90 min']);
});
