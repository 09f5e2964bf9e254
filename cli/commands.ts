import { flowCommands } from './flow-commands.ts';
import { type Given, one, parsedWords, WordsError } from './given.ts';
import { keyCommands } from './key-commands.ts';
import { newProject } from './new-project.ts';
import type { Command, Exit, Surroundings } from './surroundings.ts';
import { themeCommands } from './theme-commands.ts';

const usage = `befriend init [FOLDER]
    writes a small project into an empty folder: logic in befriend.config.ts, its tests, and a page with the chat

befriend start
    runs the chat with the logic of befriend.config.ts: the friend, an XMPP server, the widget and the pages;
    settings are variables, PORT=8081 BEFRIEND_XMPP=builtin npx befriend start

befriend dev
    the same; what is saved is loaded again, and nobody's connection ends

befriend key api NAME SCOPE,SCOPE [--bot NAME] [-o FILE]
    makes a key of the HTTP API, and the line of the file that BEFRIEND_API_KEYS names

befriend key webhook
    makes the secret by which webhooks are signed

befriend flow check FILE…
    says what is wrong in the flows that files export: dead ends, steps that nothing leads to; ends with 1 if anything is

befriend flow draw FILE [NAME] [-o OUT] [--mermaid] [--language de]
    draws a flow as a picture (SVG), or as text for documents

befriend theme check FILE… [--json]
    says what is wrong in files of design tokens (DTCG 2025.10), with line and pointer, and which colours cannot be
    told apart well enough, in light and dark; ends with 1 if anything is

befriend theme build FILE [-o OUT] [--css | --ts]
    makes one flat file of design tokens of a file or a resolver file, or custom properties, or a typed object

    --context NAME=CONTEXT    chooses the context of a resolver file's modifier; one with light and dark gives both
`;

/** Commands of one word. */
const commands: Readonly<Record<string, Command>> = { init, start, dev: start, help };

/** Commands of two words, by the first. */
const groups: Readonly<Record<string, Readonly<Record<string, Command>>>> = {
  flow: flowCommands,
  key: keyCommands,
  theme: themeCommands,
};

/** Does what the words behind `befriend` say. */
export async function run(words: readonly string[], around: Surroundings): Promise<Exit> {
  try {
    const { values, positionals } = parsedWords(words);
    const [subject, verb, ...files] = positionals;
    if (values.help || subject === undefined) return await help([], {}, around);
    const name = one(subject, [...Object.keys(commands), ...Object.keys(groups)], 'befriend');
    const group = groups[name];
    const command = group === undefined ? commands[name] : group[one(verb, Object.keys(group), `befriend ${name}`)];
    return (await command?.(group === undefined ? positionals.slice(1) : files, values, around)) ?? 2;
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
