import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typed } from './typed-command.ts';

test.each([
  ['/note She  pays\nmore', { is: 'command', name: 'note', rest: 'She  pays\nmore' }],
  ['/TAKE 2', { is: 'command', name: 'take', rest: '2' }],
  ['/', { is: 'command', name: '', rest: '' }],
  ['/usr/bin is a path', { is: 'command', name: 'usr/bin', rest: 'is a path' }],
  ['//usr/bin', { is: 'words', text: '/usr/bin' }],
  ['  /usr/bin', { is: 'words', text: '/usr/bin' }],
  ['/me waves', { is: 'words', text: '/me waves' }],
  ['and/or', { is: 'words', text: 'and/or' }],
])('reads %j', (text, expected) => {
  expect(typed(text)).toEqual(expected);
});

test('takes nothing for words that begins with one stroke, but for /me', () => {
  const stroke = fc.string().filter((text) => !text.startsWith('/') && !/^me\s/.test(text));

  const check = fc.property(stroke, (text) => typed(`/${text}`).is === 'command');

  expect(() => fc.assert(check)).not.toThrow();
});
