import type { Given } from './given.ts';
import type { Read } from './json-file.ts';

/** What a command works on. */
export interface Surroundings {
  readonly read: Read;
  /** @throws Error where it cannot be written */
  readonly write: (file: string, text: string) => void;
  /** What is in a folder, by name; nothing where there is none. */
  readonly list: (folder: string) => readonly string[];
  /** What a module exports. @throws what it throws */
  readonly load: (file: string) => Promise<Readonly<Record<string, unknown>>>;
  /** So many bytes that nobody can guess. */
  readonly random: (count: number) => Uint8Array;
  /** Starts the friend, in this process. */
  readonly start: () => void;
  /** Says what was asked for, a text of whole lines. */
  readonly say: (text: string) => void;
  /** Says what is wrong with how it was asked. */
  readonly complain: (text: string) => void;
}

/** How it went: it holds, something does not, or the words were wrong. */
export type Exit = 0 | 1 | 2;

/** Does one thing with what was given. @throws WordsError */
export type Command = (words: readonly string[], given: Given, around: Surroundings) => Exit | Promise<Exit>;
