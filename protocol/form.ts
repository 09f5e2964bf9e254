import type { Field, Form } from './extras.ts';
import type { Values } from './values.ts';

/** What was filled in, without what was left empty, or the id of the field that is not right. */
export type Filled = { readonly values: Values } | { readonly wrong: string };

/**
 * Checks what was filled into a form: every key is a field, every required field is filled, and what is filled in is of
 * the field's kind. `min` and `max` bound a number, and of a text its length in UTF-16 units.
 */
export function filled({ fields }: Form, given: Values): Filled {
  const unknown = Object.keys(given).find((id) => fields.every((field) => field.id !== id));
  if (unknown !== undefined) return { wrong: unknown };
  const entries: [string, Values[string]][] = [];
  for (const field of fields) {
    const value = Object.hasOwn(given, field.id) ? given[field.id] : undefined;
    const isEmpty = value === undefined || (typeof value === 'string' && value.trim() === '');
    const isMissing = isEmpty || (field.kind === 'yes' && value === false);
    if ((isMissing && field.required) || (!isEmpty && !fits(field, value))) return { wrong: field.id };
    if (!isEmpty) entries.push([field.id, value]);
  }
  return { values: Object.fromEntries(entries) };
}

function fits({ kind, options = [], min = -Infinity, max = Infinity }: Field, value: Values[string]): boolean {
  if (kind === 'yes') return typeof value === 'boolean';
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
  if (typeof value !== 'string') return false;
  if (kind === 'choice') return options.some(({ id }) => id === value);
  if (value.length < min || value.length > max) return false;
  if (kind === 'email') return /^[^\s@]+@[^\s@]+$/.test(value.trim());
  if (kind === 'tel') return /^\+?[\s()./-]*\d[\d\s()./-]*$/.test(value);
  if (kind === 'date') return isDate(value);
  return true;
}

/** A day of the calendar, `YYYY-MM-DD` (RFC 3339 §5.6). */
function isDate(value: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(value);
}
