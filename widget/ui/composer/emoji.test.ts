import { groups, load } from 'virtual:emoji';
import { expect, test } from 'vitest';
import { emojiIn, emojiLanguage, emojiWordsIn, foundEmoji, toned } from './emoji.ts';
import { gridRows, moved } from './grid-rows.ts';

const all = emojiIn(groups).flat();

test('has each emoji once, and each is one emoji', () => {
  const odd = all.filter(({ text }) => [...new Intl.Segmenter().segment(text)].length !== 1);

  expect(all.length).toBeGreaterThan(1_900);
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  expect(odd).toEqual([]);
});

test('has a name for each emoji and each group in every language', async () => {
  const lengths = await Promise.all(
    Object.entries(load).map(async ([language, read]) => {
      const { headings, words } = await read();
      return [language, emojiWordsIn(headings, words).labels.filter(Boolean).length, headings.filter(Boolean).length];
    }),
  );

  expect(lengths.length).toBeGreaterThan(25);
  expect(lengths.filter(([, labels, headings]) => labels !== all.length || headings !== groups.length)).toEqual([]);
});

test('finds by the beginning of any word, whatever its marks, and first what is called so', async () => {
  const { headings = [], words = '' } = (await load.fr?.()) ?? {};
  const french = emojiWordsIn(headings, words);

  const found = foundEmoji(all, french, 'ecole');
  const cats = foundEmoji(all, french, 'chat').map(({ text }) => text.replace('\ufe0f', ''));

  expect(found.map(({ text }) => text)).toContain('🏫');
  expect(cats).toContain('🐈');
  expect(cats.indexOf('🐈')).toBeLessThan(cats.indexOf('🐱'));
  expect(foundEmoji(all, french, 'qqq')).toEqual([]);
});

test('gives a tone of skin to whoever can have one, and to both of two', () => {
  expect(toned('👋', 3)).toBe('👋🏽');
  expect(toned('☝️', 1)).toBe('☝🏻');
  expect(toned('🧑‍🤝‍🧑', 5)).toBe('🧑🏿‍🤝‍🧑🏿');
  expect(toned('👩‍❤️‍👨', 2)).toBe('👩🏼‍❤️‍👨🏼');
  expect(toned('🍎', 2)).toBe('🍎');
  expect(toned('👋', 0)).toBe('👋');
});

test('takes the nearest language that has words, and English where none has', () => {
  const languages = Object.keys(load);
  const takes = (locale: string): string => emojiLanguage(locale, languages);

  expect(['de-AT', 'zh-TW', 'zh-Hant-HK', 'no', 'es-MX', 'eo', 'en'].map(takes)).toEqual([
    ...['de', 'zh-hant', 'zh-hant', 'nb', 'es-mx', 'en', 'en'],
  ]);
});

test('goes from row to row over headings, and from the end of a row to the next', () => {
  const rows = gridRows(
    [
      { heading: 'One', emoji: all.slice(0, 3) },
      { heading: 'Two', emoji: all.slice(3, 8) },
    ],
    4,
  );

  expect(rows.map(({ cells, heading }) => heading ?? cells.length)).toEqual(['One', 3, 'Two', 4, 1]);
  expect(moved(rows, undefined, [1, 0])).toEqual({ row: 1, column: 0 });
  expect(moved(rows, { row: 1, column: 2 }, [1, 0])).toEqual({ row: 3, column: 2 });
  expect(moved(rows, { row: 1, column: 2 }, [0, 1])).toEqual({ row: 3, column: 0 });
  expect(moved(rows, { row: 3, column: 0 }, [0, -1])).toEqual({ row: 1, column: 2 });
  expect(moved(rows, { row: 3, column: 3 }, [1, 0])).toEqual({ row: 4, column: 0 });
  expect(moved(rows, { row: 1, column: 0 }, [-1, 0])).toBeUndefined();
});
