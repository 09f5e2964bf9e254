import { expect, test } from 'vitest';
import { extrasOf } from './extras.ts';

test('reads what a message has beside its words, part by part', () => {
  const extras = { reply: 3, files: ['f_1'], replies: [{ id: 'yes', label: 'Yes', more: 1 }], cards: 'none' };

  const read = extrasOf({ extras });

  expect(read).toEqual({ reply: 3, replies: [{ id: 'yes', label: 'Yes' }] });
});

test.each([undefined, null, 'text', 4, [], { reply: -1 }])('reads nothing in %j', (extras) => {
  expect(extrasOf({ extras })).toEqual({});
});
