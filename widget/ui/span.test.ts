import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heightOfAll, type Span, shifted, spanInSight } from './span.ts';

const entries: readonly number[] = [...Array(10_000).keys()];
const everything: Span = { from: 0, to: Number.POSITIVE_INFINITY };

test('draws what is in sight and 2,000 px on both sides of it', () => {
  const span = spanInSight(everything, entries, () => 50, 100_000, 100_600);

  expect(span).toEqual({ from: 1_960, to: 2_052 });
});

test('draws up to the end, whatever comes there, where the end is near', () => {
  const span = spanInSight(everything, entries, () => 50, 499_000, 499_600);

  expect(span).toEqual({ from: 9_940, to: Number.POSITIVE_INFINITY });
});

test('draws the same as before while at least 1,000 px beyond what is in sight are drawn', () => {
  const before = spanInSight(everything, entries, () => 50, 100_000, 100_600);

  const near = spanInSight(before, entries, () => 50, 100_900, 101_500);
  const far = spanInSight(before, entries, () => 50, 101_100, 101_700);

  expect(near).toBe(before);
  expect(far).toEqual({ from: 1_982, to: 2_074 });
});

test('covers what is in sight with no more than it needs, whatever the heights are', () => {
  const heights = fc.array(fc.integer({ min: 20, max: 900 }), { minLength: 1, maxLength: 400 });
  const place = fc.double({ min: 0, max: 1, noNaN: true });

  fc.assert(
    fc.property(heights, place, (all, share) => {
      const height = (some: readonly number[]): number => heightOfAll(some, (each) => each);
      const whole = height(all);
      const top = share * Math.max(0, whole - 600);
      const { from, to } = spanInSight(everything, all, (each) => each, top, top + 600);
      const [above, below] = [height(all.slice(0, from)), height(all.slice(to))];
      expect(above).toBeLessThanOrEqual(Math.max(0, top - 1_000));
      expect(whole - below).toBeGreaterThanOrEqual(Math.min(whole, top + 1_600));
      if (all.length > 200) expect(height(all.slice(from, to))).toBeLessThan(600 + 2 * 2_000 + 2 * 900);
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
