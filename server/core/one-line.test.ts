import { expect, test } from 'vitest';
import { oneLine } from './one-line.ts';

test('makes one line of whatever breaks lines or turns the direction, and leaves all else as it is', () => {
  const lines = ['a\nb', 'a\r\n\tb', 'a\u2028b', 'a\u0085b', 'a\u000bb', 'a\u202eb', ' a  b ', 'a\u0000\u001bb'];

  const folded = lines.map(oneLine);

  expect(new Set(folded)).toEqual(new Set(['a b']));
  expect(oneLine('Grüße 👩‍🚀 مرحبا')).toBe('Grüße 👩‍🚀 مرحبا');
});
