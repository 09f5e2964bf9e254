import { readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';
import { run } from './commands.ts';
import type { Read } from './json-file.ts';
import type { Surroundings } from './surroundings.ts';

/** Files that are only there for a test, each a text or what becomes JSON; those of the product are there. */
export function stagedFiles(files: Readonly<Record<string, unknown>>): Read {
  return (file) => {
    if (isAbsolute(file)) return readFileSync(file, 'utf8');
    const held = files[file];
    if (held === undefined) throw Object.assign(new Error(file), { code: 'ENOENT' });
    return typeof held === 'string' ? held : JSON.stringify(held, undefined, 2);
  };
}

/** What came of a command: how it ended, what it said and complained of, what it wrote, and how often it started the friend. */
export async function ran(
  words: string,
  files: Readonly<Record<string, unknown>> = {},
  modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
) {
  const said: string[] = [];
  const complaints: string[] = [];
  const written: Record<string, string> = {};
  let starts = 0;
  const around: Surroundings = {
    read: stagedFiles(files),
    write: (file, text) => {
      written[file] = text;
    },
    list: (folder) => Object.keys(files).flatMap((path) => (dirname(path) === folder ? [basename(path)] : [])),
    load: async (file) => {
      const module = modules[file];
      if (module === undefined) throw new Error(`Cannot find module '${file}'`);
      return module;
    },
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    start: () => {
      starts += 1;
    },
    say: (text) => said.push(text),
    complain: (text) => complaints.push(text),
  };
  const exit = await run(words.split(' ').filter(Boolean), around);
  return { exit, said: said.join(''), complaints: complaints.join(''), written, starts };
}
