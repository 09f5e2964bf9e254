import { expect, test } from 'vitest';
import { tokensIn } from './design-tokens.ts';
import { refusedOf } from './refused.ts';
import type { Theme } from './theme.ts';
import { themeWords } from './theme-words.ts';

test('names a word that does not exist, and what there is', () => {
  const { theme } = themeWords('drak toString-x #0a7d5a density-tight a-b-c');

  const refused = refusedOf({ theme, words: theme });

  expect(refused.map(({ token }) => token)).toEqual(['drak', 'toString-x', 'a-b-c', 'density']);
  expect(refused[0]?.reason).toContain('auto, light, dark, inherit');
  expect(refused[3]?.reason).toBe('It can be regular, compact, roomy.');
});

test('says of a file where in it something is wrong, and of the words beside it what', () => {
  const file = tokensIn({ befriend: { color: { acent: { $value: '#000' }, line: {}, brand: { $value: 'url(x)' } } } });
  const words = themeWords('#12').theme;

  const refused = refusedOf({ theme: { ...file.theme, ...words }, words, file });

  expect(refused.map(({ pointer, token }) => pointer ?? token)).toEqual([
    '/befriend/color/line',
    '/befriend/color/acent',
    '/befriend/color/brand/$value',
    'befriend.color.brand',
  ]);
});

test('says of an object what of it does not hold', () => {
  const theme = { colour: { brand: 'red' }, color: { brand: 'red;}' } } as unknown as Theme;

  expect(refusedOf({ theme }).map(({ token }) => token)).toEqual(['befriend.colour', 'befriend.color.brand']);
});
