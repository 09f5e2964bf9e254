import { converter } from 'culori';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, derived, schemes } from './derived.ts';
import { faintIn } from './pairs.ts';

const oklch = converter('oklch');
const brands = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 }))).map(hex);

function hex(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

test('makes of any brand two themes whose every pair can be told apart, with the brand itself as fill', () => {
  const runs = {
    numRuns: 2_000,
    examples: ['#000000', '#ffffff', '#ffff00', '#0000ff', '#777777'].map((one) => [one] as [string]),
  };

  fc.assert(
    fc.property(brands, (brand) => {
      for (const scheme of schemes) {
        const palette = derived({ brand }, scheme);
        expect(faintIn(palette)).toEqual([]);
        expect([palette.accent, palette['bubble-out']]).toEqual([brand, brand]);
        expect(palette['on-accent']).toMatch(/^#(000000|ffffff)$/);
      }
    }),
    runs,
  );
});

test('moves the accent of words in lightness, and its hue by less than 5°', () => {
  fc.assert(
    fc.property(brands, (brand) => {
      for (const scheme of schemes) {
        const [from, to] = [brand, derived({ brand }, scheme)['accent-text']].map((one) => oklch(one));
        // Of a grey nobody can say which hue it has, and eight bits blur what is nearly one.
        if (!from || !to || from.c < 0.03 || to.c < 0.02) continue;
        const apart = Math.abs((from.h ?? 0) - (to.h ?? 0));
        expect(Math.min(apart, 360 - apart)).toBeLessThan(5);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('finds what a bad derivation would do', () => {
  const palette = derived({ brand: '#ffe600' }, 'light');

  const planted = { ...palette, 'accent-text': palette.accent, 'on-accent': '#ffffff' };

  expect(new Set(faintIn(planted).map(({ over }) => over))).toEqual(new Set(['accent-text', 'on-accent']));
  expect(contrast('#ffffff', '#ffe600')).toBeLessThan(4.5);
});

test('follows what is given, and names the token whose value is no colour', () => {
  const palette = derived({ surface: '#0b1020', 'on-surface': '#eef' }, 'dark');

  expect(palette.surface).toBe('#0b1020');
  expect(palette['on-bubble-in']).toBe('#eeeeff');
  expect(palette['bubble-in']).not.toBe(derived({}, 'dark')['bubble-in']);
  expect(() => derived({ brand: 'teapot' }, 'light')).toThrow('befriend.color.brand: teapot');
});
