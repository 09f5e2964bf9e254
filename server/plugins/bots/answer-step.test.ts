import { expect, test } from 'vitest';
import { answerStep, type Said } from './answer-step.ts';
import { step } from './step.ts';

const tongue = { language: 'de', fallback: 'en' };

function typed(text: string): Said {
  return { kind: 'text', text, files: [] };
}

test.each([
  ['number', '7', 7],
  ['number', ' -1,5 ', -1.5],
  ['email', 'ann@example.com', 'ann@example.com'],
  ['date', '2026-12-31', '2026-12-31'],
  ['tel', '+49 30 123', '+49 30 123'],
  ['text', ' Ann ', 'Ann'],
] as const)('takes a %s: %s', (as, text, expected) => {
  const taken = answerStep('it', step.text({ ask: '', as, next: 'on' }), typed(text), {}, tongue);

  expect(taken).toEqual({ values: { it: expected }, next: 'on' });
});

test.each([
  ['number', 'seven', 'wrongNumber'],
  ['number', '11', 'wrongNumber'],
  ['email', 'ann', 'wrongEmail'],
  ['date', '2026-02-30', 'wrongDate'],
  ['text', '', 'wrongText'],
  ['text', 'x'.repeat(11), 'wrongText'],
] as const)('asks again for a %s: %s', (as, text, wrong) => {
  const taken = answerStep('it', step.text({ ask: '', as, max: 10, next: 'on' }), typed(text), {}, tongue);

  expect(taken).toMatchObject({ wrong });
});

test('says what a check of the team says', () => {
  const even = step.text({
    ask: '',
    as: 'number',
    check: (answer) => Number(answer) % 2 === 0 || 'Even, please.',
    next: 'on',
  });

  const taken = [typed('3'), typed('4')].map((said) => answerStep('it', even, said, {}, tongue));

  expect(taken).toEqual([{ say: 'Even, please.' }, { values: { it: 4 }, next: 'on' }]);
});

test('takes a label in any language of the step, an id, or a number', () => {
  const colour = step.choice({
    ask: '',
    options: [
      { id: 'r', label: { en: 'Red', de: 'Grün-Rot' } },
      { id: 'page', label: 'More', href: 'https://example.com' },
      { id: 'b', label: 'Blue', next: 'sea' },
    ],
    next: 'on',
  });

  const taken = ['grun-ROT!', 'b', '2.', '3', 'More'].map((text) => answerStep('it', colour, typed(text), {}, tongue));

  const [red, blue, none] = [
    { values: { it: 'r', 'it.label': 'Grün-Rot' }, next: 'on' },
    { values: { it: 'b', 'it.label': 'Blue' }, next: 'sea' },
    { wrong: 'wrongChoice' },
  ];
  expect(taken).toEqual([red, blue, blue, none, none]);
});

test('takes a form as it was filled in, and in words a line each', () => {
  const form = step.form({
    ask: '',
    fields: [
      { id: 'name', label: 'Name', kind: 'text', required: true },
      { id: 'count', label: 'How many', kind: 'number' },
      { id: 'news', label: 'News', kind: 'yes' },
    ],
    next: 'on',
  });
  const answers: Said[] = [
    { kind: 'values', values: { name: 'Ann', count: 2 } },
    typed('Ann\n2\nja'),
    typed('news: nein\nName: Ann'),
    typed(''),
  ];

  const taken = answers.map((said) => answerStep('it', form, said, {}, tongue));

  expect(taken).toEqual([
    { values: { name: 'Ann', count: 2 }, next: 'on' },
    { values: { name: 'Ann', count: 2, news: true }, next: 'on' },
    { values: { name: 'Ann', news: false }, next: 'on' },
    { wrong: 'wrongForm', about: { field: 'Name' } },
  ]);
});

test('takes a file of the kind it asks for', () => {
  const picture = step.file({ ask: '', types: ['image/'], save: 'photo', next: 'on' });
  const file = (type: string): Said => ({ kind: 'text', text: '', files: [{ id: 'f_1', name: 'a', type, size: 1 }] });

  const taken = [file('image/png'), file('text/plain')].map((said) => answerStep('it', picture, said, {}, tongue));

  expect(taken).toEqual([{ values: { photo: 'f_1', 'photo.name': 'a' }, next: 'on' }, { wrong: 'wrongFile' }]);
});
