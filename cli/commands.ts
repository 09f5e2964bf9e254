import { parseArgs } from 'node:util';
import { checked } from './check.ts';
import { FileError } from './finding.ts';
import { type Form, forms } from './forms.ts';
import { nearest } from './nearest.ts';
import { newProject } from './new-project.ts';
import { lineOf } from './report.ts';
import type { Contexts } from './resolver.ts';
import type { Exit, Surroundings } from './surroundings.ts';
import { readTheme } from './theme-file.ts';

/** Words that mean nothing, or too little. */
class WordsError extends Error {}

const usage = `befriend init [FOLDER]
    writes a small project into an empty folder: logic in befriend.config.ts, its tests, and a page with the chat

befriend start
    runs the chat with the logic of befriend.config.ts: the friend, an XMPP server, the widget and the pages;
    settings are variables, PORT=8081 BEFRIEND_XMPP=builtin npx befriend start

befriend dev
    the same; what is saved is loaded again, and nobody's connection ends

befriend theme check FILE… [--json]
    says what is wrong in files of design tokens (DTCG 2025.10), with line and pointer, and which colours cannot be
    told apart well enough, in light and dark; ends with 1 if anything is

befriend theme build FILE [-o OUT] [--css | --ts]
    makes one flat file of design tokens of a file or a resolver file, or custom properties, or a typed object

    --context NAME=CONTEXT    chooses the context of a resolver file's modifier; one with light and dark gives both
`;

const options = {
  json: { type: 'boolean' },
  css: { type: 'boolean' },
  ts: { type: 'boolean' },
  out: { type: 'string', short: 'o' },
  context: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

type Given = ReturnType<typeof parsedWords>['values'];

type Command = (files: readonly string[], given: Given, around: Surroundings) => Exit;

/** Commands of one word. */
const commands: Readonly<Record<string, Command>> = { init, start, dev: start, help };

const themeCommands: Readonly<Record<string, Command>> = { check, build };

/** Does what the words behind `befriend` say. */
export function run(words: readonly string[], around: Surroundings): Exit {
  try {
    const { values, positionals } = parsedWords(words);
    const [subject, verb, ...files] = positionals;
    if (values.help || subject === undefined) return help([], {}, around);
    const name = one(subject, [...Object.keys(commands), 'theme'], 'befriend');
    if (name !== 'theme') return commands[name]?.(positionals.slice(1), values, around) ?? 2;
    const command = themeCommands[one(verb, Object.keys(themeCommands), 'befriend theme')];
    return command?.(files, values, around) ?? 2;
  } catch (error) {
    if (!(error instanceof WordsError)) throw error;
    around.complain(`${error.message}\n`);
    return 2;
  }
}

function help(_words: readonly string[], _given: Given, { say }: Surroundings): Exit {
  say(usage);
  return 0;
}

function start(words: readonly string[], given: Given, around: Surroundings): Exit {
  if (words.length > 0 || Object.keys(given).length > 0) {
    throw new WordsError('befriend start and dev take their settings from variables: PORT=8081 npx befriend start');
  }
  around.start();
  return 0;
}

function init([folder = '.', second]: readonly string[], given: Given, around: Surroundings): Exit {
  if (second !== undefined || Object.keys(given).length > 0)
    throw new WordsError('befriend init takes one folder: befriend init chat');
  return newProject(folder, around);
}

function check(files: readonly string[], { json = false, context, ...rest }: Given, { read, say }: Surroundings): Exit {
  if (files.length === 0)
    throw new WordsError('befriend theme check needs a file: befriend theme check brand.tokens.json');
  needless('check', rest);
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
  needless('build', rest);
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

function parsedWords(words: readonly string[]) {
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
function one(word: string | undefined, names: readonly string[], before: string): string {
  if (word !== undefined && names.includes(word)) return word;
  const there = `There is ${names.map((name) => `${before} ${name}`).join(', ')}.`;
  if (word === undefined) throw new WordsError(`${before} needs a word more. ${there}`);
  const near = nearest(word, names);
  const meant = near === undefined ? there : `Is ${before} ${near} meant?`;
  throw new WordsError(`${before} ${word} does not exist. ${meant}`);
}

function needless(verb: string, given: Given): void {
  const [name] = Object.keys(given);
  if (name !== undefined) throw new WordsError(`befriend theme ${verb} knows no --${name}.`);
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
