import { expect, test } from 'vitest';
import { safePattern } from './pattern.ts';

test.each([
  /^(a+)+$/,
  /(\w+\s?)*x/,
  /(a|a)*b/,
  /(?:x{2,})+/,
  /((ab)*c)*/,
  /(a)\1+/,
  /(?<x>a)\k<x>/,
  /(.*,){30}p/,
  /.*a.*b.+c[^d]*e/,
])('refuses %s, which could take for ever', (pattern) => {
  const read = (): unknown => safePattern(pattern);

  expect(read).toThrow('FRIEND_BOT');
});

test.each([
  [/^order (?<number>\d+)$/i, 'Order 7'],
  [/(yes|no), (please|thanks)/, 'no, thanks'],
  [/[(+)*]+x/, '(+)*x'],
  [/^\d{4}-\d{2}$/, '2026-12'],
  [/a(b{2}){3}/, 'abbbbbb'],
  [/\(a+\)+/, '(aa))'],
  [/^(.+) to (.+) on (.+)$/, 'Ulm to Bonn on Monday'],
])('takes %s', (pattern, text) => {
  const found = safePattern(pattern).exec(text);

  expect(found?.[0]).toBe(text);
});

test('forgets where it was: the same text is found again', () => {
  const pattern = safePattern(/order/g);

  const found = [pattern.test('order'), pattern.test('order')];

  expect(found).toEqual([true, true]);
});
