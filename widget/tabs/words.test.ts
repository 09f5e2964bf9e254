import { expect, test } from 'vitest';
import { isWord } from './words.ts';

test('takes a word of another tab', () => {
  const word = ['frame', '{"v":1,"events":[]}', 2, 1];

  const taken = isWord(word);

  expect(taken).toBe(true);
});

test.each([
  ['nothing', null],
  ['text', 'lead'],
  ['an object', { what: 'lead' }],
  ['a word without its numbers', ['lead', '']],
  ['a term that is no number', ['lead', '', '2', 0]],
  ['a stream that is no whole number', ['send', '', 1, Number.NaN]],
  ['a frame that is no text', ['frame', {}, 1, 1]],
  ['a frame that is longer than any', ['send', 'x'.repeat(65_537), 1, 1]],
])('does not take %s', (_, data) => {
  const taken = isWord(data);

  expect(taken).toBe(false);
});
