import { expect, test } from 'vitest';
import { readWord } from './words.ts';

test.each([
  { do: 'lead', by: 'a', term: 2, stream: 0 },
  { do: 'ended', by: 'a', why: 'lost' },
  { do: 'frame', by: 'a', json: '{}' },
  { do: 'send', by: 'a', stream: 1, json: '{}' },
  { do: 'dial', by: 'a', dead: 0 },
  { do: 'ask', by: 'a' },
])('reads a word of another tab: $do', (word) => {
  const read = readWord(word);

  expect(read).toEqual(word);
});

test.each([
  ['nothing', null],
  ['text', 'lead'],
  ['an unknown word', { do: 'constructor', by: 'a' }],
  ['a word of nobody', { do: 'ask' }],
  ['a term that is no number', { do: 'lead', by: 'a', term: '2', stream: 0 }],
  ['a stream that is no whole number', { do: 'send', by: 'a', stream: Number.NaN, json: '{}' }],
  ['a frame that is no text', { do: 'frame', by: 'a', json: {} }],
  ['a frame that is longer than any', { do: 'send', by: 'a', stream: 1, json: 'x'.repeat(65_537) }],
])('drops %s', (_, data) => {
  const read = readWord(data);

  expect(read).toBeUndefined();
});
