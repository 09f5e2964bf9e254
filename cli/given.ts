import { parseArgs } from 'node:util';
import { nearest } from './nearest.ts';

/** Words that mean nothing, or too little. */
export class WordsError extends Error {}

const options = {
  json: { type: 'boolean' },
  css: { type: 'boolean' },
  ts: { type: 'boolean' },
  bot: { type: 'string' },
  out: { type: 'string', short: 'o' },
  mermaid: { type: 'boolean' },
  language: { type: 'string' },
  context: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What was given with dashes. */
export type Given = ReturnType<typeof parsedWords>['values'];

/** The words of a command, those with dashes apart. @throws WordsError */
export function parsedWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    const [, unknown] = /'--([^']+)'/.exec((error as Error).message) ?? [];
    const near = unknown === undefined ? undefined : nearest(unknown, Object.keys(options));
    if (near !== undefined && near !== unknown)
      throw new WordsError(`--${unknown} does not exist. Is --${near} meant?`);
    throw new WordsError((error as Error).message);
  }
}

/** A word that has to be one of `names`. @throws WordsError that says which is meant, and what there is */
export function one(word: string | undefined, names: readonly string[], before: string): string {
  if (word !== undefined && names.includes(word)) return word;
  const there = `There is ${names.map((name) => `${before} ${name}`).join(', ')}.`;
  if (word === undefined) throw new WordsError(`${before} needs a word more. ${there}`);
  const near = nearest(word, names);
  const meant = near === undefined ? there : `Is ${before} ${near} meant?`;
  throw new WordsError(`${before} ${word} does not exist. ${meant}`);
}

/** @throws WordsError where something is given that the command has no use for */
export function needless(command: string, given: Given): void {
  const [name] = Object.keys(given);
  if (name !== undefined) throw new WordsError(`befriend ${command} knows no --${name}.`);
}
