import { expect, test } from 'vitest';
import { holds, piecesOf, wordsOf } from './folded.ts';

test('finds a name by the beginning of its words, whatever marks its letters have', () => {
  const words = wordsOf('  GARC jose ');

  expect(holds('José García', words)).toBe(true);
  expect(holds('José Ongarcio', words)).toBe(false);
});

test('finds what stands between other letters where a script has no spaces', () => {
  expect(holds('東京タワー', wordsOf('タワー'))).toBe(true);
});

test('marks each place of what was found, with the letters as they are written', () => {
  const pieces = piecesOf('Café or cafe?', wordsOf('cafe'));

  expect(pieces).toEqual([
    { at: 0, text: 'Café', hit: true },
    { at: 4, text: ' or ', hit: false },
    { at: 8, text: 'cafe', hit: true },
    { at: 12, text: '?', hit: false },
  ]);
});

test('cuts a long text in front of what was found', () => {
  const text = `${'so '.repeat(60)}then 👍🏽 done`;

  const pieces = piecesOf(text, wordsOf('then'), 9);

  expect(pieces.map((piece) => piece.text).join('')).toBe('…so so so then 👍🏽 done');
});
