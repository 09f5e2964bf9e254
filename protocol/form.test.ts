import { expect, test } from 'vitest';
import type { Field } from './extras.ts';
import { filled } from './form.ts';
import type { Values } from './values.ts';

function field(kind: Field['kind'], more: Partial<Field> = {}): Field {
  return { id: 'it', label: 'It', kind, ...more };
}

const colours = [
  { id: 'red', label: 'Red' },
  { id: 'blue', label: 'Blue' },
];

test.each<[Field, Values[string][], Values[string][]]>([
  [field('text', { min: 2, max: 4 }), ['ab', 'abcd'], ['a', 'abcde', 7, true]],
  [field('long'), ['a\nb'], [7]],
  [field('email'), ['kim@example.com'], ['kim', 'kim@', 'k im@example.com', '@example.com']],
  [field('tel'), ['+43 (1) 234-56', '112'], ['call me', '+', '1;2']],
  [field('number', { min: 0, max: 10 }), [0, 10, 2.5], [-1, 11, '5', Number.NaN]],
  [field('date'), ['2028-02-29'], ['2027-02-29', '2027-13-01', '29.2.2028', 'tomorrow']],
  [field('choice', { options: colours }), ['red'], ['Red', 'green']],
  [field('yes'), [true, false], ['yes', 1]],
])('takes what fits a field, and nothing else: %o', (one, good, bad) => {
  const form = { fields: [one] };

  const takenWrongly = bad.filter((value) => 'values' in filled(form, { it: value }));
  const refusedWrongly = good.filter((value) => 'wrong' in filled(form, { it: value }));

  expect([takenWrongly, refusedWrongly]).toEqual([[], []]);
});

test('leaves out what is empty, and names a required field that is', () => {
  const fields = [field('text', { id: 'name', required: true }), field('email', { id: 'mail' })];
  const box = field('yes', { id: 'agreed', required: true });

  const found = [
    filled({ fields }, { name: 'Ann', mail: ' ' }),
    filled({ fields }, { name: '  ', mail: 'kim@example.com' }),
    filled({ fields }, {}),
    filled({ fields: [box] }, { agreed: false }),
    filled({ fields }, { name: 'Ann', phone: '112' }),
  ];

  expect(found).toEqual([
    { values: { name: 'Ann' } },
    { wrong: 'name' },
    { wrong: 'name' },
    { wrong: 'agreed' },
    { wrong: 'phone' },
  ]);
});
