import { checked } from './check.ts';
import { FileError } from './finding.ts';
import { type Form, forms } from './forms.ts';
import { type Given, needless, WordsError } from './given.ts';
import { lineOf } from './report.ts';
import type { Contexts } from './resolver.ts';
import type { Command, Exit, Surroundings } from './surroundings.ts';
import { readTheme } from './theme-file.ts';

/** What `befriend theme` does. */
export const themeCommands: Readonly<Record<string, Command>> = { check, build };

function check(files: readonly string[], { json = false, context, ...rest }: Given, { read, say }: Surroundings): Exit {
  if (files.length === 0)
    throw new WordsError('befriend theme check needs a file: befriend theme check brand.tokens.json');
  needless('theme check', rest);
  const contexts = contextsOf(context);
  const all = files.map((file) => checked(read, file, contexts));
  const holds = all.every(({ findings }) => findings.length === 0);
  if (json) say(`${JSON.stringify({ holds, files: all }, undefined, 2)}\n`);
  else
    for (const { file, findings, measured } of all) {
      const so = `${file}: holds; ${measured} pairs of colours can be told apart in light and dark.`;
      const [only] = findings;
      const count = findings.length === 1 && only ? 'one thing does' : `${findings.length} things do`;
      say(`${[...findings.map(lineOf), findings.length === 0 ? so : `${file}: ${count} not hold.`].join('\n')}\n`);
    }
  return holds ? 0 : 1;
}

function build(files: readonly string[], { out, css, ts, context, ...rest }: Given, around: Surroundings): Exit {
  const [file, second] = files;
  if (file === undefined || second !== undefined)
    throw new WordsError('befriend theme build needs one file: befriend theme build brand.resolver.json -o brand.json');
  if (css && ts) throw new WordsError('It is either --css or --ts.');
  needless('theme build', rest);
  const form: Form = css ? 'css' : ts ? 'ts' : 'tokens';
  try {
    const { theme, findings } = readTheme(around.read, file, { contexts: contextsOf(context), older: true });
    if (findings.length > 0) {
      around.complain(`${findings.map(lineOf).join('\n')}\n${file}: nothing was built.\n`);
      return 1;
    }
    const text = forms[form](theme);
    if (out === undefined) around.say(text);
    else return written(around, out, text);
    return 0;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    around.complain(`${lineOf(error.finding)}\n`);
    return 1;
  }
}

function written({ write, complain }: Surroundings, out: string, text: string): Exit {
  try {
    write(out, text);
    return 0;
  } catch (error) {
    complain(`${out}: it cannot be written: ${(error as Error).message}\n`);
    return 1;
  }
}

function contextsOf(given: readonly string[] = []): Contexts {
  const pairs = given.map((text) => {
    const [, name, context] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || context === undefined)
      throw new WordsError('A context is chosen as --context size=small');
    return [name, context] as const;
  });
  return Object.fromEntries(pairs);
}
