import type { Field, FileInfo, Form } from '../../../protocol/extras.ts';
import { filled } from '../../../protocol/form.ts';
import { limits } from '../../../protocol/limits.ts';
import { type AskingStep, type ChoiceStep, type FileStep, type FormStep, optionsOf, type TextStep } from './step.ts';
import type { BotTexts } from './texts.ts';
import { plain, type Tongue, type Value, type Values, type Words, wordsOf } from './words.ts';

/** What somebody has said to a bot. */
export type Said =
  | { readonly kind: 'text'; readonly text: string; readonly files: readonly FileInfo[] }
  | { readonly kind: 'choice'; readonly choice: string }
  | { readonly kind: 'values'; readonly values: Values };

/** What an answer comes to: what is kept and the next step, or what to say of it. */
export type Taken =
  | { readonly values: Values; readonly next: string }
  | { readonly wrong: keyof BotTexts; readonly about?: Values }
  | { readonly say: Words };

/** Looks at an answer to the question of `step`, whose name is `name`. */
export function answerStep(name: string, step: AskingStep, said: Said, values: Values, tongue: Tongue): Taken {
  switch (step.kind) {
    case 'text':
      return textTaken(step.save ?? name, step, said, values);
    case 'choice':
      return choiceTaken(step.save ?? name, step, said, tongue);
    case 'form':
      return formTaken(step, said, tongue);
    case 'file':
      return fileTaken(step.save ?? name, step, said);
  }
}

/** A question with its form, in the listener's language. */
export function formOf({ fields, send }: FormStep, tongue: Tongue): Form {
  return {
    fields: fields.map(({ label, hint, options, ...field }) => ({
      ...field,
      label: wordsOf(label, tongue),
      ...(hint === undefined ? {} : { hint: wordsOf(hint, tongue) }),
      ...(options === undefined
        ? {}
        : { options: options.map(({ id, label: of }) => ({ id, label: wordsOf(of, tongue) })) }),
    })),
    ...(send === undefined ? {} : { send: wordsOf(send, tongue) }),
  };
}

/** UTF-16 units of a text where a step says nothing else. */
const usual = { min: 1, max: 2_000 } as const;

const notFitting = {
  text: 'wrongText',
  number: 'wrongNumber',
  email: 'wrongEmail',
  tel: 'wrongTel',
  date: 'wrongDate',
} as const;

function textTaken(save: string, step: TextStep, said: Said, values: Values): Taken {
  const { as = 'text', check } = step;
  const bounds = as === 'number' ? {} : usual;
  const { min, max } = {
    ...bounds,
    ...(step.min === undefined ? {} : { min: step.min }),
    ...(step.max === undefined ? {} : { max: step.max }),
  };
  const about = { min: min ?? '', max: Math.min(max ?? limits.text, limits.text) };
  const given = said.kind === 'text' ? readAs(as, said.text) : undefined;
  const field: Field = {
    id: save,
    label: save,
    kind: as,
    required: true,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
  const found = given === undefined ? undefined : filled({ fields: [field] }, { [save]: given });
  if (given === undefined || found === undefined || 'wrong' in found) return { wrong: notFitting[as], about };
  const checked = check?.(given, values) ?? true;
  return checked === true ? { values: found.values, next: step.next } : { say: checked };
}

function choiceTaken(save: string, step: ChoiceStep, said: Said, tongue: Tongue): Taken {
  const asked = optionsOf(step).filter(({ href }) => href === undefined);
  const typed = said.kind === 'text' ? plain(said.text).replace(/[.)!]+$/, '') : '';
  const chosen = asked.find(({ id, label }, index) => {
    if (said.kind === 'choice') return id === said.choice;
    return (
      typed !== '' && (typed === plain(wordsOf(label, tongue)) || typed === plain(id) || typed === String(index + 1))
    );
  });
  const next = chosen?.next ?? step.next;
  if (chosen === undefined || next === undefined) return { wrong: 'wrongChoice' };
  return { values: { [save]: chosen.id, [`${save}.label`]: wordsOf(chosen.label, tongue) }, next };
}

function formTaken(step: FormStep, said: Said, tongue: Tongue): Taken {
  const form = formOf(step, tongue);
  if (said.kind === 'choice') return { wrong: 'wrongForm', about: { field: form.fields[0]?.label ?? '' } };
  const found = filled(form, said.kind === 'values' ? said.values : linesOf(form, said.text));
  if ('values' in found) return { values: found.values, next: step.next };
  return {
    wrong: 'wrongForm',
    about: { field: form.fields.find(({ id }) => id === found.wrong)?.label ?? found.wrong },
  };
}

function fileTaken(save: string, { types, next }: FileStep, said: Said): Taken {
  const files = said.kind === 'text' ? said.files : [];
  const file = files.find(({ type }) => types === undefined || types.some((start) => type.startsWith(start)));
  return file === undefined
    ? { wrong: 'wrongFile' }
    : { values: { [save]: file.id, [`${save}.name`]: file.name }, next };
}

/** A form that was answered in words, by who sees none: a line each, in order or led by the field's label. */
function linesOf({ fields }: Form, text: string): Values {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const found: [string, Value][] = [];
  for (const [index, field] of fields.entries()) {
    const led = lines.find((line) => plain(line).startsWith(`${plain(field.label)}:`));
    const written =
      led?.slice(led.indexOf(':') + 1).trim() ?? (lines.length <= fields.length ? lines[index] : undefined);
    const value = written === undefined ? undefined : fieldValue(field, written);
    if (value !== undefined) found.push([field.id, value]);
  }
  return Object.fromEntries(found);
}

function fieldValue({ kind, options = [] }: Field, written: string): Value | undefined {
  if (kind === 'choice') return options.find(({ id, label }) => [plain(id), plain(label)].includes(plain(written)))?.id;
  if (kind === 'yes') return /^(y|yes|j|ja|o|oui|s|si|x|1)$/.test(plain(written));
  return readAs(kind === 'number' ? 'number' : 'text', written);
}

function readAs(as: NonNullable<TextStep['as']>, text: string): Value | undefined {
  const words = text.trim();
  if (as !== 'number') return words;
  return /^[-+]?\d+([.,]\d+)?$/.test(words) ? Number(words.replace(',', '.')) : undefined;
}
