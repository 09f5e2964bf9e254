import { expect, test } from 'vitest';
import type { Theme } from '../../../widget/theme/theme.ts';
import { packed, unpacked } from './sharing.ts';

const full: Theme = {
  scheme: 'dark',
  density: 'compact',
  header: 'accent',
  color: { brand: '#0a7d5a', 'accent-text': { light: '#075a41', dark: '#5fd0a8' } },
  radius: { panel: '4px', bubble: '4px' },
  font: { family: '"Inter", sans-serif' },
};

/** As anybody could write it into a link. */
async function linkOf(thing: unknown): Promise<string> {
  return packed(thing as Theme);
}

test('gives the same theme back to who opens the link', async () => {
  const link = await packed(full);

  expect(await unpacked(link)).toEqual(full);
});

test('is short enough for a chat, and has nothing that an address would change', async () => {
  const link = await packed(full);

  expect(link.length).toBeLessThan(300);
  expect(link).toMatch(/^[\w-]+$/);
});

test('takes nothing but names and words that there are', async () => {
  const odd = { ...full, density: 'huge', color: { brand: 7, evil: 'red', surface: { light: '#fff' } }, __proto__: 1 };

  const { density: _, color: __, ...known } = full;

  expect(await unpacked(await linkOf(odd))).toEqual(known);
});

test('says nothing of a link that is no theme', async () => {
  const bomb = await linkOf({ font: { family: 'x'.repeat(400_000) } });

  const read = await Promise.all(['', 'nonsense', '%%%', 'A'.repeat(30_000), bomb].map(unpacked));

  expect(read).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
