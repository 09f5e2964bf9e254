import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heightOfAll, type Span, shifted, spanInSight } from './span.ts';

const entries: readonly number[] = [...Array(10_000).keys()];
const everything: Span = { from: 0, to: Number.POSITIVE_INFINITY };

test('draws what is in sight and at least 48 entries on both sides of it', () => {
  const span = spanInSight(entries, () => 50, 100_000, 600);

  expect(span).toEqual({ from: 1_952, to: 2_080 });
});

test('draws up to the end, whatever comes there, where the end is near', () => {
  const span = spanInSight(entries, () => 50, 499_000, 600);

  expect(span).toEqual({ from: 9_920, to: Number.POSITIVE_INFINITY });
});

test('draws the same within a step of 16 entries', () => {
  const spans = [0, 300, 799, 800].map((more) => spanInSight(entries, () => 50, 100_000 + more, 600));

  expect(spans[1]?.from).toBe(spans[0]?.from);
  expect(spans[2]?.from).toBe(spans[0]?.from);
  expect(spans[3]?.from).toBe((spans[0]?.from ?? 0) + 16);
});

test('covers what is in sight with few entries more, whatever their heights are', () => {
  const heights = fc.array(fc.integer({ min: 30, max: 900 }), { maxLength: 400 });
  const place = fc.double({ min: 0, max: 1, noNaN: true });

  fc.assert(
    fc.property(heights, place, (all, share) => {
      const height = (some: readonly number[]): number => heightOfAll(some, (each) => each);
      const top = share * Math.max(0, height(all) - 600);
      const { from, to } = spanInSight(all, (each) => each, top, 600);
      expect(height(all.slice(0, from))).toBeLessThanOrEqual(Math.max(0, top - 48 * 30));
      expect(height(all.slice(0, to))).toBeGreaterThanOrEqual(Math.min(height(all), top + 600 + 32 * 30));
      expect(all.slice(from, to).length).toBeLessThanOrEqual(160);
    }),
  );
});

test('stays with the same entries when older ones come, when the oldest go, and not when all are others', () => {
  const [before, span] = [entries.slice(100, 300), { from: 10, to: 20 }];

  expect(shifted(span, before, entries.slice(50, 300))).toEqual({ from: 60, to: 70 });
  expect(shifted(span, before, entries.slice(105, 302))).toEqual({ from: 5, to: 15 });
  expect(shifted(span, before, entries.slice(115, 300))).toEqual({ from: 0, to: 5 });
  expect(shifted(span, before, entries.slice(500, 600))).toEqual(span);
  expect(shifted(everything, [], before)).toEqual(everything);
  expect(shifted(everything, before, [])).toEqual(everything);
});
