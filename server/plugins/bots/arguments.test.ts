import { expect, test } from 'vitest';
import { argument, checkArguments, parseArguments, usageOf } from './arguments.ts';

const { text, number, choice, rest, optional } = argument;

test.each([
  [{ one: text(), two: text() }, '"New York" \\"quoted\\"', { one: 'New York', two: '"quoted"' }],
  [{ one: text(), two: text() }, '„Neu Ulm“ ‘a b’', { one: 'Neu Ulm', two: 'a b' }],
  [{ one: text(), all: rest() }, 'a  b "c"  d', { one: 'a', all: 'b "c"  d' }],
  [{ one: text(), two: text() }, '"open end', { one: '"open', two: 'end' }],
  [{ amount: number(), size: optional(choice('Small', 'Large')) }, '-1,5 LARGE', { amount: -1.5, size: 'Large' }],
  [{ amount: number(), size: optional(choice('Small', 'Large')) }, '12', { amount: 12 }],
  [{}, '  ', {}],
])('reads %j from %s', (args, written, expected) => {
  const parsed = parseArguments(args, written);

  expect(parsed).toEqual({ args: expected });
});

test.each([
  [{ amount: number() }, '1e999', 'notNumber', 'amount'],
  [{ amount: number() }, '0x10', 'notNumber', 'amount'],
  [{ size: choice('s', 'l') }, 'm', 'notChoice', 'size'],
  [{ one: text() }, '', 'missing', 'one'],
  [{ one: text() }, 'a b', 'tooMany', 'b'],
])('says what is wrong: %j with %s', (args, written, wrong, name) => {
  const parsed = parseArguments(args, written);

  expect(parsed).toMatchObject({ wrong, name });
});

test('shows how a command is written', () => {
  const usage = usageOf('pay', { amount: number(), to: choice('ann', 'bob'), note: optional(rest()) });

  expect(usage).toBe('/pay <amount> <ann|bob> [note…]');
});

test.each([
  [{ all: rest(), one: text() }, 'rest is the last argument'],
  [{ one: optional(text()), two: text() }, 'what is optional comes after all that is required'],
])('refuses an order that cannot be told apart: %j', (args, why) => {
  const check = (): void => checkArguments('pay', args);

  expect(check).toThrow(`/pay: ${why}`);
});
