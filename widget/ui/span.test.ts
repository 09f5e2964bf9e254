import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../core/view.ts';
import { heightBetween, type Span, shifted, spanInSight } from './span.ts';

const everything: Span = { from: 0, to: Number.POSITIVE_INFINITY };

/** Items whose seqs are `from` to `to`, every second one missing. */
function itemsOf(from: number, to: number): Item[] {
  return Array.from({ length: (to - from) / 2 + 1 }, (_, index) => {
    const seq = from + 2 * index;
    return { kind: 'message', seq, at: seq, by: 'u_ann', text: '' };
  });
}

test('draws what is in sight and 2,000 px on both sides of it', () => {
  const span = spanInSight(everything, 10_000, () => 50, 100_000, 100_600);

  expect(span).toEqual({ from: 1_960, to: 2_052 });
});

test('draws up to the end, whatever comes there, where the end is near', () => {
  const span = spanInSight(everything, 10_000, () => 50, 499_000, 499_600);

  expect(span).toEqual({ from: 9_940, to: Number.POSITIVE_INFINITY });
});

test('draws the same as before while at least 1,000 px beyond what is in sight are drawn', () => {
  const before = spanInSight(everything, 10_000, () => 50, 100_000, 100_600);

  const near = spanInSight(before, 10_000, () => 50, 100_900, 101_500);
  const far = spanInSight(before, 10_000, () => 50, 101_100, 101_700);

  expect(near).toBe(before);
  expect(far).toEqual({ from: 1_982, to: 2_074 });
});

test('covers what is in sight with no more than it needs, whatever the heights are', () => {
  const heights = fc.array(fc.integer({ min: 20, max: 900 }), { minLength: 1, maxLength: 400 });
  const place = fc.double({ min: 0, max: 1, noNaN: true });

  fc.assert(
    fc.property(heights, place, (all, share) => {
      const heightOf = (index: number): number => all[index] ?? 0;
      const whole = heightBetween(heightOf, 0, all.length);
      const top = share * Math.max(0, whole - 600);
      const { from, to } = spanInSight(everything, all.length, heightOf, top, top + 600);
      const end = Math.min(to, all.length);
      const above = heightBetween(heightOf, 0, from);
      const below = heightBetween(heightOf, end, all.length);
      expect(above).toBeLessThanOrEqual(Math.max(0, top - 1_000));
      expect(whole - below).toBeGreaterThanOrEqual(Math.min(whole, top + 1_600));
      if (all.length > 200) expect(heightBetween(heightOf, from, end)).toBeLessThan(600 + 2 * 2_000 + 2 * 900);
    }),
  );
});

test('stays with the same items when older ones come, when the oldest go, and when all are others', () => {
  const [before, span] = [itemsOf(100, 300), { from: 10, to: 20 }];

  expect(shifted(span, before, itemsOf(50, 300))).toEqual({ from: 35, to: 45 });
  expect(shifted(span, before, itemsOf(110, 302))).toEqual({ from: 5, to: 15 });
  expect(shifted(span, before, itemsOf(130, 300)).from).toBe(0);
  expect(shifted(everything, before, itemsOf(500, 600))).toEqual(everything);
  expect(shifted(everything, [], before)).toEqual(everything);
});
