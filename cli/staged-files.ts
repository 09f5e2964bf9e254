import { run, type Surroundings } from './commands.ts';
import type { Read } from './json-file.ts';

/** Files that are only there for a test, each a text or what becomes JSON. */
export function stagedFiles(files: Readonly<Record<string, unknown>>): Read {
  return (file) => {
    const held = files[file];
    if (held === undefined) throw Object.assign(new Error(file), { code: 'ENOENT' });
    return typeof held === 'string' ? held : JSON.stringify(held, undefined, 2);
  };
}

/** What came of a command: how it ended, what it said and complained of, and what it wrote. */
export function ran(words: string, files: Readonly<Record<string, unknown>> = {}) {
  const said: string[] = [];
  const complaints: string[] = [];
  const written: Record<string, string> = {};
  const around: Surroundings = {
    read: stagedFiles(files),
    write: (file, text) => {
      written[file] = text;
    },
    say: (text) => said.push(text),
    complain: (text) => complaints.push(text),
  };
  const exit = run(words.split(' ').filter(Boolean), around);
  return { exit, said: said.join(''), complaints: complaints.join(''), written };
}
