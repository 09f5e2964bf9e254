import { expect, test } from 'vitest';
import { commandOf, commands, keysOf, type Pressed } from './keys.ts';

function press(key: string, more: Partial<Pressed> = {}): Pressed {
  return { key, altKey: false, ctrlKey: false, metaKey: false, isComposing: false, ...more };
}

test.each([
  ['j', 'next'],
  ['ArrowUp', 'previous'],
  ['T', 'take'],
  ['/', 'search'],
  ['?', 'keys'],
  ['Escape', 'back'],
])('takes %s for %s', (key, command) => {
  expect(commandOf(press(key), true)).toBe(command);
});

test('leaves keys with a modifier, while something is composed, or that somebody has taken', () => {
  const taken = [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { isComposing: true },
    { defaultPrevented: true },
  ];

  const found = taken.map((more) => commandOf(press('r', more), true));

  expect(found).toEqual(taken.map(() => undefined));
});

test('does nothing by single keys where they are off, but lets Escape lead back', () => {
  const found = ['j', 'e', '?', '/', 'Escape'].map((key) => commandOf(press(key), false));

  expect(found).toEqual([undefined, undefined, undefined, undefined, 'back']);
});

test('has a key of its own for each command', () => {
  const all = commands.flatMap((command) => keysOf(command));

  expect(new Set(all).size).toBe(all.length);
});
