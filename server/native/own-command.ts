import type { ErrorCode } from '../../protocol/errors.ts';
import type { AdHocCommand, Asking, Step } from './command-step.ts';
import type { Field } from './desk/data-form.ts';

/** A command that everybody with an ordinary client has: a step, or a form with one field and one more step. */
export interface OwnCommand extends AdHocCommand {
  /** What a client shows for it. */
  readonly name: string;
}

/** Something to choose. */
export type Option = NonNullable<Field['options']>[number];

const reasons: Partial<Record<ErrorCode, string>> = {
  not_found: 'There is nothing like that for you.',
  invite_invalid: 'There is nothing like that for you.',
  kind_unknown: 'This site has no such relation.',
  limited: 'Your own limit on this person forbids it.',
  schema: 'That cannot be read, or it is too long.',
  rate: 'That was too much at once. Try again in a moment.',
  too_many: 'There are too many of these already.',
};

export function done(words: string): Step {
  return { is: 'done', words };
}

/** A refusal in words. */
export function refused(code: ErrorCode): Step {
  const words = reasons[code] ?? `That could not be done just now (${code}). Try again in a moment.`;
  return { is: 'done', words, failed: true };
}

/** Asks for one line, or several. */
export function asksFor(title: string, field: Pick<Field, 'var' | 'label' | 'type'>): Step {
  return { is: 'form', form: { title, fields: [field] } };
}

/** Asks for one of these; says so where there is none. */
export function asksWhich(title: string, name: string, options: readonly Option[], none: string): Step {
  if (options.length === 0) return done(none);
  return { is: 'form', form: { title, fields: [{ var: name, label: title, type: 'list-single', options }] } };
}

/** What is answered to a question, or why there is no answer. */
export async function asked<T>(
  { line }: Asking,
  type: string,
  body: unknown,
  answer: string,
): Promise<{ readonly body: T } | { readonly refused: Step }> {
  const { fact } = await line.insist(type, body);
  if (fact.type === answer) return { body: fact.body as T };
  return { refused: refused((fact.body as { code?: ErrorCode }).code ?? 'failed') };
}

/** Does it, once for each stanza that wishes it, and says what came of it. */
export async function wished({ line, once }: Asking, type: string, body: unknown, words: string): Promise<Step> {
  const { fact } = await line.insist(type, body, await once(type));
  return fact.type === 'error' ? refused((fact.body as { code: ErrorCode }).code) : done(words);
}
