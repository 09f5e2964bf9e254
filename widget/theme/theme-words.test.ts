import { expect, test } from 'vitest';
import { themeWords } from './theme-words.ts';

test('reads a scheme, a brand, looks and an address', () => {
  expect(themeWords(' dark  #0a7d5a density-compact header-accent /brand/tokens.json ')).toEqual({
    theme: { scheme: 'dark', color: { brand: '#0a7d5a' }, density: 'compact', header: 'accent' },
    file: '/brand/tokens.json',
    problems: [],
  });
  expect(themeWords('brand.json').file).toBe('brand.json');
  expect(themeWords('')).toEqual({ theme: {}, problems: [] });
});

test('names a word that does not exist, and what there is', () => {
  const { theme, problems } = themeWords('drak toString-x');

  expect(theme).toEqual({});
  expect(problems.map(({ token }) => token)).toEqual(['drak', 'toString-x']);
  expect(problems[0]?.reason).toContain('auto, light, dark, inherit');
});
