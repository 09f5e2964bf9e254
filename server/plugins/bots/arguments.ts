import { FriendError } from '../../core/errors.ts';
import type { BotTexts } from './texts.ts';

/** One argument of a command. */
export interface Argument<V = unknown> {
  readonly kind: 'text' | 'number' | 'choice' | 'rest';
  readonly isOptional: boolean;
  readonly choices?: readonly string[];
  /** What the argument is; never there. */
  readonly is?: V;
}

/** Kinds of arguments, in the order in which they are written. */
export const argument = {
  /** One word, or several in quotes. */
  text: (): Argument<string> => ({ kind: 'text', isOptional: false }),
  number: (): Argument<number> => ({ kind: 'number', isOptional: false }),
  /** One of these words, in any case. */
  choice: <const C extends string>(...choices: readonly C[]): Argument<C> => ({
    ...{ kind: 'choice', isOptional: false, choices },
  }),
  /** All that follows, as it was written; the last one. */
  rest: (): Argument<string> => ({ kind: 'rest', isOptional: false }),
  /** It may be left out; those after it are optional too. */
  optional: <V>(one: Argument<V>): Argument<V | undefined> => ({
    ...(one as Argument<V | undefined>),
    isOptional: true,
  }),
} as const;

export type Arguments = Readonly<Record<string, Argument>>;

/** What a command's arguments come to. */
export type Given<A extends Arguments> = { readonly [N in keyof A]: A[N] extends Argument<infer V> ? V : never };

/** What was written after a command, or why that does not fit. */
export type Parsed =
  | { readonly args: Readonly<Record<string, unknown>> }
  | { readonly wrong: keyof BotTexts; readonly name: string; readonly choices: string };

/** @throws FriendError `FRIEND_BOT` where an order of arguments cannot be told apart */
export function checkArguments(command: string, args: Arguments): void {
  const all = Object.values(args);
  const rest = all.findIndex(({ kind }) => kind === 'rest');
  const required = all.findLastIndex(({ isOptional }) => !isOptional);
  const optional = all.findIndex(({ isOptional }) => isOptional);
  if (rest !== -1 && rest < all.length - 1)
    throw new FriendError('FRIEND_BOT', `/${command}: rest is the last argument`);
  if (optional !== -1 && optional < required)
    throw new FriendError('FRIEND_BOT', `/${command}: what is optional comes after all that is required`);
}

/** Reads what was written after a command. Quotes keep words together; a backslash takes the next character as it is. */
export function parseArguments(args: Arguments, written: string): Parsed {
  const found: Record<string, unknown> = {};
  let left = written.trim();
  for (const [name, argument] of Object.entries(args)) {
    const wrong = (why: keyof BotTexts): Parsed => ({ wrong: why, name, choices: (argument.choices ?? []).join(', ') });
    if (left === '') {
      if (!argument.isOptional) return wrong('missing');
      continue;
    }
    if (argument.kind === 'rest') {
      found[name] = left;
      left = '';
      continue;
    }
    const { word, after } = firstWord(left);
    left = after;
    const value = readWord(argument, word);
    if (value === undefined) return wrong(argument.kind === 'number' ? 'notNumber' : 'notChoice');
    found[name] = value;
  }
  return left === '' ? { args: found } : { wrong: 'tooMany', name: left, choices: '' };
}

/** How a command is written: `/order <number> [note…]`. */
export function usageOf(command: string, args: Arguments): string {
  const words = Object.entries(args).map(([name, { kind, isOptional, choices }]) => {
    const shown = choices === undefined ? `${name}${kind === 'rest' ? '…' : ''}` : choices.join('|');
    return isOptional ? `[${shown}]` : `<${shown}>`;
  });
  return [`/${command}`, ...words].join(' ');
}

function readWord({ kind, choices = [] }: Argument, word: string): string | number | undefined {
  if (kind === 'number') {
    const number = /^[-+]?\d+([.,]\d+)?$/.test(word) ? Number(word.replace(',', '.')) : Number.NaN;
    return Number.isFinite(number) ? number : undefined;
  }
  if (kind === 'choice') return choices.find((choice) => choice.toLowerCase() === word.toLowerCase());
  return word;
}

/** Pairs of quotes, as keyboards make them. */
const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '„': '“', '«': '»', '‘': '’' };

function firstWord(text: string): { readonly word: string; readonly after: string } {
  const end = closing[text[0] ?? ''];
  let word = '';
  for (let at = end === undefined ? 0 : 1; at < text.length; at += 1) {
    const one = text[at] ?? '';
    if (one === '\\' && at + 1 < text.length) {
      at += 1;
      word += text[at];
    } else if (end === undefined ? /\s/.test(one) : one === end) return { word, after: text.slice(at + 1).trim() };
    else word += one;
  }
  // A quote that nobody closes is a character like any other.
  if (end !== undefined && word.includes(' ')) {
    const [first = '', ...others] = text.split(/\s+/);
    return { word: first, after: others.join(' ') };
  }
  return { word: end === undefined ? word : text, after: '' };
}
