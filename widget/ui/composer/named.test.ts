import { expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { Named } from './named.ts';

function namedBy(...list: readonly (readonly [words: string, user: string])[]): Named {
  const named = new Named();
  for (const [words, user] of list) named.add(words, user);
  return named;
}

test('names nobody whose name is the beginning of another one', () => {
  const named = namedBy(['@Ann', 'u_ann'], ['@Anna', 'u_anna'], ['@Ann Lee', 'u_lee']);

  expect(named.in('Hi @Anna!')).toEqual(['u_anna']);
  expect(named.in('@Ann Lee, look')).toEqual(['u_lee']);
  expect(named.in('@Anne and @Ann_2')).toBeUndefined();
  expect(named.in('@Anna, @Ann')).toEqual(['u_anna', 'u_ann']);
});

test('keeps namesakes apart: each place names one, and the last who was chosen is the first', () => {
  const named = namedBy(['@Ann', 'u_1'], ['@Ann', 'u_2']);

  expect(named.in('@Ann')).toEqual(['u_2']);
  expect(named.in('@Ann and @Ann')).toEqual(['u_2', 'u_1']);
});

test('takes what a pattern would mean for itself', () => {
  const named = namedBy(['@A.B (x) $&', 'u_1']);

  expect(named.in('@A.B (x) $& hello')).toEqual(['u_1']);
  expect(named.in('@AxB (x) $&')).toBeUndefined();
});

test('names no more users than a message may', () => {
  const all = Array.from({ length: 30 }, (_, index) => [`@p${index}x`, `u_${index}`] as const);

  expect(namedBy(...all).in(all.map(([words]) => words).join(' '))).toHaveLength(limits.mentions);
});
