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
  /^order\s*\d*\s*\w*\s*\w*\s*$/i,
  /(\w+) ?(\w+) ?(\w+) ?(\w+) from$/,
  new RegExp(['[^]', '(x+x+)+y[ ]'].join('')),
  /\d{1,40}\w{0,200}[a-z0-9]*!/,
  /(?:\w+ ?)\w+\w*x/,
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
  [/(\w+)\s+(\w+)\s+(\w+)\s+(\w+) from/u, 'one two three four from'],
  [/\d+\.\d+\.\d+\.\d+/, '127.0.0.1'],
  [/^\p{L}+\s*\d{1,9}$/u, 'Straße 7'],
])('takes %s', (pattern, text) => {
  const found = safePattern(pattern).exec(text);

  expect(found?.[0]).toBe(text);
});

test('ends within a moment on what is made to take long', () => {
  const patterns = [/^(.+) to (.+) on (.+)$/, /\w*\w+!/, /(\w+)\s+(\w+)\s+(\w+) from/].map(safePattern);
  const text = 'to on '.repeat(50);

  const began = performance.now();
  for (const pattern of patterns) for (const one of [text, 'a'.repeat(300), ' a'.repeat(150)]) pattern.test(one);

  expect(performance.now() - began).toBeLessThan(2_000);
});

test('forgets where it was: the same text is found again', () => {
  const pattern = safePattern(/order/g);

  const found = [pattern.test('order'), pattern.test('order')];

  expect(found).toEqual([true, true]);
});
