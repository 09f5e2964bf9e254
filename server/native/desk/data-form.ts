import type { StanzaTree } from '../../core/ports.ts';
import { childOf, element, elementsOf, textOf } from '../tree.ts';

const xmlns = 'jabber:x:data';

/** Fields that are read of a form, and UTF-16 units of each. */
const bounds = { fields: 50, value: 10_000 } as const;

/** A question of a form (XEP-0004 §3.3). */
export interface Field {
  readonly var: string;
  readonly label: string;
  readonly type: 'list-single' | 'text-single' | 'text-multi' | 'boolean';
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly value?: string;
}

export interface Form {
  readonly title: string;
  readonly instructions?: string;
  readonly fields: readonly Field[];
}

/** A form to be filled in; each of its fields is required. */
export function formOf({ title, instructions, fields }: Form): StanzaTree {
  const text = (name: string, value: string): StanzaTree => element(name, { xmlns }, value);
  return element(
    'x',
    { xmlns, type: 'form' },
    text('title', title),
    ...(instructions === undefined ? [] : [text('instructions', instructions)]),
    ...fields.map(({ var: name, label, type, options = [], value }) =>
      element(
        'field',
        { xmlns, var: name, label, type },
        element('required', { xmlns }),
        ...(value === undefined ? [] : [text('value', value)]),
        ...options.map((option) => element('option', { xmlns, label: option.label }, text('value', option.value))),
      ),
    ),
  );
}

/**
 * What was filled in (XEP-0004 §3.2), by the names of the fields; several values of one are its lines. Undefined where there
 * is no form that was submitted.
 */
export function submitted(command: StanzaTree): Readonly<Record<string, string>> | undefined {
  const form = childOf(command, 'x', xmlns);
  if (form === undefined || form.attrs.type !== 'submit') return undefined;
  const fields = elementsOf(form).filter(({ name, attrs }) => name === 'field' && attrs.var !== undefined);
  return Object.fromEntries(
    fields.slice(0, bounds.fields).map((field) => {
      const values = elementsOf(field).filter(({ name }) => name === 'value');
      return [field.attrs.var ?? '', values.map(textOf).join('\n').slice(0, bounds.value).toWellFormed()];
    }),
  );
}
