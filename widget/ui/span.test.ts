import { expect, test } from 'vitest';
import { spanAround } from './span.ts';

test('draws what is in sight and 16 entries on both sides of it', () => {
  expect(spanAround(1_000, 10_000, 640)).toEqual({ from: 984, to: 1_040 });
});

test('draws up to the end, whatever comes there, where the end is near', () => {
  expect(spanAround(9_960, 10_000, 640)).toEqual({ from: 9_944, to: Number.POSITIVE_INFINITY });
  expect(spanAround(0, 10, 640)).toEqual({ from: 0, to: Number.POSITIVE_INFINITY });
});

test('draws the same within a step of 4 entries', () => {
  const spans = [1_000, 1_003, 1_004].map((at) => spanAround(at, 10_000, 640));

  expect(spans.map(({ from }) => from)).toEqual([984, 984, 988]);
  expect(spans.map(({ to }) => to)).toEqual([1_040, 1_040, 1_044]);
});
