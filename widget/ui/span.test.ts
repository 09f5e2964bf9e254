import { expect, test } from 'vitest';
import { type Span, spanAround } from './span.ts';

const lines = Array.from({ length: 10_000 }, () => ({ at: 0, text: 'one line' }));
const tall = lines.map(() => ({ at: 0, text: 'some words '.repeat(40) }));
const sight = { at: 1_000, width: 400, height: 640, beyond: 320, step: 4, scale: 1 };

test('draws what is in sight and what is wanted beyond it on both sides, were all of one line', () => {
  expect(spanAround(lines, sight)).toEqual({ from: 988, to: 1_036 });
});

test('draws fewer where they hold more words, and more again where there is more room for these', () => {
  const lengthOf = ({ from, to }: Span) => to - from;
  const narrow = lengthOf(spanAround(tall, sight));

  expect(narrow).toBeLessThan(20);
  expect(lengthOf(spanAround(tall, { ...sight, width: 800 }))).toBeGreaterThan(narrow);
});

test('draws up to the end, whatever comes there, where the end is near', () => {
  expect(spanAround(lines, { ...sight, at: 9_980 })).toEqual({ from: 9_968, to: Number.POSITIVE_INFINITY });
  expect(spanAround(lines, { ...sight, at: 10_000 })).toEqual({ from: 9_988, to: Number.POSITIVE_INFINITY });
  expect(spanAround(lines.slice(0, 10), { ...sight, at: 0 })).toEqual({ from: 0, to: Number.POSITIVE_INFINITY });
});

test('draws the same within a step of 4 entries', () => {
  const spans = [1_000, 1_003, 1_004].map((at) => spanAround(lines, { ...sight, at }));

  expect(spans.map(({ from }) => from)).toEqual([988, 988, 992]);
  expect(spans.map(({ to }) => to)).toEqual([1_036, 1_036, 1_040]);
});

test('draws from one entry on where they come one by one, and fewer where they are known to be higher', () => {
  expect(spanAround(lines, { ...sight, at: 1_003, beyond: 0, step: 1 })).toEqual({ from: 1_003, to: 1_024 });
  expect(spanAround(lines, { ...sight, at: 1_003, beyond: 0, step: 1, scale: 2 })).toEqual({ from: 1_003, to: 1_014 });
});

test('draws something in a list that has no width yet', () => {
  expect(spanAround(lines, { ...sight, width: 0 }).to).toBeGreaterThan(1_000);
});
