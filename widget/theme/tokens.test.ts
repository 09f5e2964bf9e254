import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tokenNames } from './tokens.ts';

test('names every token that the style sheets use, and no other', () => {
  const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

  const set = [...read('tokens.css').matchAll(/^ {2}--befriend-([a-z-]+):/gm)].map(([, name]) => name);

  expect(set).toEqual(tokenNames);
  expect(tokenNames.length).toBeLessThan(40);
});
