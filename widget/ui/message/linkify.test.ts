import { expect, test } from 'vitest';
import { linkify } from './linkify.ts';

test.each([
  ['https://a.example/x?y=1', [{ href: 'https://a.example/x?y=1' }]],
  ['see http://a.example.', ['see ', { href: 'http://a.example' }, '.']],
  ['(https://a.example/b)', ['(', { href: 'https://a.example/b' }, ')']],
  ['https://a.example/b_(c) d', [{ href: 'https://a.example/b_(c)' }, ' d']],
  ['“https://a.example”', ['“', { href: 'https://a.example' }, '”']],
  ['javascript:alert(1) data:text/html,x ftp://a.example', ['javascript:alert(1) data:text/html,x ftp://a.example']],
  ['https://', ['https://']],
  ['', []],
])('splits %j at its addresses', (text, pieces) => {
  expect(linkify(text)).toEqual(pieces);
});

test('loses nothing: the pieces joined are the text', () => {
  const text = 'a https://a.example/1,https://b.example!\n\thttp://c.example/"x" <https://d.example>';

  const joined = linkify(text)
    .map((piece) => (typeof piece === 'string' ? piece : piece.href))
    .join('');

  expect(joined).toBe(text);
});
