import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanInSight } from './span.ts';

const entries: readonly number[] = [...Array(10_000).keys()];

test('draws what is in sight and at least 48 entries on both sides of it', () => {
  const span = spanInSight(entries, () => 50, 100_000, 600);

  expect(span).toEqual({ from: 1_952, to: 2_082 });
});

test('draws up to the end, whatever comes there, where the end is near', () => {
  const span = spanInSight(entries, () => 50, 499_000, 600);

  expect(span).toEqual({ from: 9_920, to: Number.POSITIVE_INFINITY });
});

test('draws the same within a step of 16 entries', () => {
  const spans = [0, 300, 799, 800].map((more) => spanInSight(entries, () => 50, 100_000 + more, 600));

  expect(spans.map(({ from }) => from)).toEqual([1_952, 1_952, 1_952, 1_968]);
  expect(spans.map(({ to }) => to)).toEqual([2_082, 2_082, 2_082, 2_098]);
});

test('covers what is in sight with few entries more, whatever their heights are', () => {
  const heights = fc.array(fc.integer({ min: 32, max: 900 }), { maxLength: 400 });
  const place = fc.double({ min: 0, max: 1, noNaN: true });

  fc.assert(
    fc.property(heights, place, (all, share) => {
      const height = (some: readonly number[]): number => some.reduce((sum, each) => sum + each, 0);
      const top = share * Math.max(0, height(all) - 600);
      const { from, to } = spanInSight(all, (each) => each, top, 600);
      expect(height(all.slice(0, from))).toBeLessThanOrEqual(Math.max(0, top - 48 * 32));
      expect(height(all.slice(0, to))).toBeGreaterThanOrEqual(Math.min(height(all), top + 600 + 47 * 32));
      expect(all.slice(from, to).length).toBeLessThanOrEqual(3 * 48);
    }),
  );
});
