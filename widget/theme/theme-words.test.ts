import { expect, test } from 'vitest';
import { themeWords } from './theme-words.ts';

test('reads a scheme, a brand, looks and an address', () => {
  expect(themeWords(' dark  #0a7d5a density-compact header-accent /brand/tokens.json ')).toEqual({
    theme: { scheme: 'dark', color: { brand: '#0a7d5a' }, density: 'compact', header: 'accent' },
    file: '/brand/tokens.json',
  });
  expect(themeWords('brand.json').file).toBe('brand.json');
  expect(themeWords('')).toEqual({ theme: {} });
});
