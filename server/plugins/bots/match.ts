import { parseArguments, usageOf } from './arguments.ts';
import type { Answering, Asked, Bot, Command, Reply } from './bot.ts';
import { patternLength } from './pattern.ts';
import type { BotTexts } from './texts.ts';
import { plain, type Tongue, wordsOf } from './words.ts';

/** What a bot does with a word outside of flows: the reply, or what makes it; undefined where it does not understand. */
export type Matched = { readonly reply: Reply | undefined } | undefined;

/** What matching rests on. */
export interface Matching {
  readonly bot: Bot;
  readonly texts: BotTexts;
  readonly tongue: Tongue;
  readonly asked: Asked;
}

/** A command that was written, whatever bot it names: `/order@ava 7`. */
export interface Written {
  readonly name: string;
  /** The bot that it names. */
  readonly to?: string;
  readonly rest: string;
}

/** Reads a command; undefined where the text is none. */
export function writtenCommand(text: string): Written | undefined {
  const [, name, to, rest = ''] =
    /^\/(\p{L}[\p{L}\d-]{0,31})(?:@([a-z][a-z0-9-]{0,31}))?(?:\s+([\s\S]*))?$/iu.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  return { name, rest: rest.trim(), ...(to === undefined ? {} : { to: to.toLowerCase() }) };
}

/** The command of that name, or with that alias; `help` is there always. */
export function commandOf(
  bot: Bot,
  name: string,
): { readonly name: string; readonly command: Command | 'help' } | undefined {
  const wanted = plain(name);
  for (const [key, one] of Object.entries(bot.commands ?? {}))
    if ([key, ...one.aliases].some((other) => plain(other) === wanted)) return { name: key, command: one };
  return wanted === 'help' ? { name: 'help', command: 'help' } : undefined;
}

/** Runs a command that was written; undefined where the bot has none of that name. */
export async function runCommand(matching: Matching, { name, rest }: Written): Promise<Matched> {
  const { bot, texts, tongue, asked } = matching;
  const found = commandOf(bot, name);
  if (found === undefined) return undefined;
  if (found.command === 'help') return { reply: helpOf(matching) };
  const { args, run } = found.command;
  const parsed = parseArguments(args, rest);
  if ('args' in parsed) return { reply: (await run({ ...asked, args: parsed.args })) ?? undefined };
  const about = { name: parsed.name, choices: parsed.choices, usage: usageOf(found.name, args) };
  return { reply: `${wordsOf(texts[parsed.wrong], tongue, about)} ${wordsOf(texts.usage, tongue, about)}` };
}

/** What a keyword or a pattern makes of a text, in the order in which they are declared. */
export async function match(matching: Matching): Promise<Matched> {
  const { bot, asked } = matching;
  const { keywords = [], patterns = [] } = bot;
  const text = plain(asked.text.slice(0, 2_000));
  const words = ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  const keyword = keywords.find((one) => one.words.some((word) => holds(words, text, word)));
  if (keyword !== undefined) return { reply: await made(keyword.reply, asked) };
  const short = asked.text.slice(0, patternLength);
  for (const one of patterns) {
    const found = one.match.exec(short);
    if (found !== null) return { reply: await made(one.reply, { ...asked, found: partsOf(found) }) };
  }
  return undefined;
}

/** The reply, or what it makes of what was asked. */
export async function made(reply: Reply | Answering, asked: Asked): Promise<Reply | undefined> {
  return typeof reply === 'function' ? ((await reply(asked)) ?? undefined) : reply;
}

/** Scripts that put no spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

function holds(words: string, text: string, word: string): boolean {
  const wanted = plain(word);
  if (unspaced.test(wanted)) return text.includes(wanted);
  return words.includes(` ${wanted.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `);
}

function partsOf(found: RegExpExecArray): Record<string, string> {
  const numbered = found.map((part: string | undefined, index): [string, string] => [String(index), part ?? '']);
  const named = Object.entries(found.groups ?? {}).map(([name, part]): [string, string] => [name, part ?? '']);
  return Object.fromEntries([...numbered, ...named]);
}

function helpOf({ bot, texts, tongue }: Matching): string {
  const lines = Object.entries(bot.commands ?? {}).map(
    ([name, { args, help }]) => `${usageOf(name, args)} – ${wordsOf(help, tongue)}`,
  );
  const own = commandOf(bot, 'help')?.command === 'help' ? [`/help – ${texts.helpHelp}`] : [];
  return [texts.help, ...lines, ...own].join('\n');
}
