import { converter } from 'culori';
import { expect, test } from 'vitest';
import { derived } from '../../../widget/theme/derived.ts';
import { colorsIn } from '../../../widget/theme/given.ts';
import { faintIn } from '../../../widget/theme/pairs.ts';
import type { Theme } from '../../../widget/theme/theme.ts';
import { lookOf, measuredOf } from './gate.ts';
import { allRepaired, repaired } from './repair.ts';

const oklch = converter('oklch');
const links = { over: 'accent-text', under: 'surface', least: 4.5 } as const;

test('moves the lightness alone, no further than it must, and says what it did', () => {
  const theme: Theme = { color: { 'accent-text': { light: '#e08a3c', dark: '#ffb066' } } };

  const repair = repaired(theme, links, 'light');

  const [was, is] = [oklch('#e08a3c'), oklch(colorsIn(repair?.theme ?? {}, 'light')['accent-text'] ?? '')];
  expect(faintIn(derived(colorsIn(repair?.theme ?? {}, 'light'), 'light'))).toEqual([]);
  expect(Math.abs((was?.h ?? 0) - (is?.h ?? 0))).toBeLessThan(2);
  expect([(was?.l ?? 0) > (is?.l ?? 0), (is?.l ?? 0) > 0.5]).toEqual([true, true]);
  expect(repair?.says).toMatch(
    /^Links on the panel, light: “Links” went from #e08a3c to #[\da-f]{6}, contrast from 2\.\d to [45]\.\d\.$/,
  );
});

test('leaves the other scheme as it is', () => {
  const theme: Theme = { color: { brand: '#336699', quiet: '#9a9aa2' } };

  const repair = repaired(theme, { over: 'quiet', under: 'surface', least: 4.5 }, 'light');

  expect(derived(colorsIn(repair?.theme ?? {}, 'dark'), 'dark')).toEqual(derived(colorsIn(theme, 'dark'), 'dark'));
});

test('moves what is below where no lightness of what is above is enough', () => {
  const theme: Theme = { color: { danger: '#777777', 'on-danger': '#777777' } };

  const repair = repaired(theme, { over: 'on-danger', under: 'danger', least: 4.5 }, 'light');

  expect(measuredOf(repair?.theme ?? {}).filter((one) => one.scheme === 'light' && one.under === 'danger')).toEqual([
    expect.objectContaining({ passes: true }),
  ]);
});

test('does nothing to what passes', () => {
  expect(repaired({}, links, 'light')).toBeUndefined();
});

test('repairs all that falls short in both schemes, one sentence each', () => {
  const theme: Theme = {
    color: { brand: '#ffd400', surface: '#fff7d6', 'on-surface': '#a08f40', quiet: '#c9b95f', 'on-accent': '#fff' },
  };

  const { theme: better, says } = allRepaired(theme);

  expect(measuredOf(theme).filter(({ passes }) => !passes).length).toBeGreaterThan(8);
  expect(measuredOf(better).filter(({ passes }) => !passes)).toEqual([]);
  expect(says.length).toBeGreaterThan(3);
  expect(colorsIn(better, 'light').brand).toBe('#ffd400');
});

test('measures nothing that is seen through, or that no colour is, and repairs the scheme beside it', () => {
  const theme: Theme = { color: { quiet: { light: '#eee', dark: 'canvas' } } };

  const { says } = allRepaired(theme);

  expect(lookOf({ color: { quiet: '#0001' } }, 'light').unclear).toContain('seen through');
  expect(lookOf(theme, 'dark').unclear).toContain('befriend.color.quiet');
  expect(says.length).toBeGreaterThan(0);
});
