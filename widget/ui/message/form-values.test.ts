import { expect, test } from 'vitest';
import { enMessage } from '../../i18n/en-message.ts';
import { type Field, shownValue, valuesOf, wrongIn } from './form-values.ts';

function field(kind: Field['kind'], more: Partial<Field> = {}): Field {
  return { id: 'a', label: 'A', kind, required: true, ...more };
}

test.each<[Field, string, string | undefined]>([
  [field('text'), '  ', enMessage.wrong.missing],
  [field('text', { required: false }), '', undefined],
  [field('choice'), '', enMessage.wrong.choice],
  [field('yes'), '', enMessage.wrong.yes],
  [field('yes'), 'on', undefined],
  [field('email'), 'ann', enMessage.wrong.email],
  [field('email'), 'ann@shop.example', undefined],
  [field('tel'), 'soon', enMessage.wrong.tel],
  [field('tel'), '+49 (30) 123-45', undefined],
  [field('number'), 'ten', enMessage.wrong.number],
  [field('number', { min: 2, max: 4 }), '1', 'At least 2, please.'],
  [field('number', { min: 2, max: 4 }), '5', 'At most 4, please.'],
  [field('number', { min: 2, max: 4 }), '4', undefined],
])('says what is wrong in %j with %j: %s', (one, typed, words) => {
  expect(wrongIn(one, typed, enMessage)).toBe(words);
});

test('sends numbers and ticks as what they are, and nothing for what was left empty', () => {
  const fields = [field('text'), field('number', { id: 'n' }), field('yes', { id: 'y' }), field('long', { id: 'l' })];

  const values = valuesOf(fields, { a: ' Ann ', n: '4', l: ' ' });

  expect(values).toEqual({ a: 'Ann', n: 4, y: false });
});

test('shows what was answered in the words of the form', () => {
  const options = [{ id: 'xl', label: 'Extra large' }];

  const shown = [shownValue(field('choice', { options }), 'xl', enMessage), shownValue(field('yes'), true, enMessage)];

  expect(shown).toEqual(['Extra large', enMessage.yes]);
});
