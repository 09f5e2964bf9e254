import type { Extras } from '../../core/extras.ts';
import { withName } from '../../i18n/texts.ts';
import type { MessageTexts } from './message-texts.ts';

export type Form = NonNullable<Extras['form']>;
export type Field = Form['fields'][number];

/** What was filled in, by the ids of the fields. */
export type Values = Readonly<Record<string, string | number | boolean>>;

/**
 * What is wrong with what stands in one field, in words; nothing where it can be sent. `typed` is the text of the field,
 * for a box to tick `on` or nothing.
 */
export function wrongIn(
  { kind, required, min, max }: Field,
  typed: string,
  { wrong }: MessageTexts,
): string | undefined {
  const text = typed.trim();
  if (text === '') return required ? (kind === 'choice' || kind === 'yes' ? wrong[kind] : wrong.missing) : undefined;
  if (kind === 'email' && !/^[^\s@]+@[^\s@]+$/.test(text)) return wrong.email;
  if (kind === 'tel' && !/^[+(]?\d[\d\s()/.-]{2,}$/.test(text)) return wrong.tel;
  if (kind !== 'number') return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) return wrong.number;
  if (min !== undefined && number < min) return withName(wrong.min, `${min}`);
  return max !== undefined && number > max ? withName(wrong.max, `${max}`) : undefined;
}

/** What is sent of what was typed, by the ids of the fields; what was left empty is left out. */
export function valuesOf(fields: readonly Field[], typed: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    fields.flatMap(({ id, kind }): [string, string | number | boolean][] => {
      const text = (typed[id] ?? '').trim();
      if (kind === 'yes') return [[id, text !== '']];
      if (text === '') return [];
      return [[id, kind === 'number' ? Number(text) : text]];
    }),
  );
}

/** What stands for one value when it is read again. */
export function shownValue({ options }: Field, value: unknown, texts: MessageTexts): string {
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  return options?.find(({ id }) => id === value)?.label ?? `${value ?? '–'}`;
}
