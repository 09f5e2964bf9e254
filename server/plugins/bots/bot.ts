import type { Custom } from '../../../protocol/extras.ts';
import { limits } from '../../../protocol/limits.ts';
import { botUser } from '../../core/bot-user.ts';
import { FriendError } from '../../core/errors.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Effects, MaybePromise, ReactionContext } from '../../core/rule.ts';
import type { HandOff } from '../../core/services.ts';
import { type Arguments, checkArguments, type Given } from './arguments.ts';
import { assertFlow } from './check-flow.ts';
import type { Flow } from './flow.ts';
import { safePattern } from './pattern.ts';
import type { Option, OptionCard } from './step.ts';
import type { BotTexts } from './texts.ts';
import { plain, type Values, type Words } from './words.ts';

/** What a bot answers with: words alone, or with offers; the beginning of a flow; a hand-off; effects of your own. */
export type Reply =
  | string
  | {
      readonly say: Words;
      readonly values?: Values;
      readonly replies?: readonly Option[];
      readonly buttons?: readonly Option[];
      readonly cards?: readonly OptionCard[];
      readonly custom?: Custom;
    }
  | { readonly start: string; readonly values?: Values }
  | { readonly handOff: HandOff & { readonly say?: Words } }
  | { readonly effects: Effects }
  | readonly Reply[];

/** What somebody has said, and to whom: a reaction to it, which may fetch. */
export interface Asked extends ReactionContext {
  readonly user: UserRow;
  readonly conversation: string;
  /** Without the bot's name where it was led by it. */
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** The user id of the bot. */
  readonly bot: string;
  /** What other plugins of this friend offer. */
  readonly offered: PluginHost['offered'];
  /** Parts of a pattern: `0` is all that it found, then by number and by name. */
  readonly found: Readonly<Record<string, string>>;
}

/** Answers what was said; nothing where it returns nothing. */
export type Answering = (asked: Asked) => MaybePromise<Reply | undefined>;

/** A command, `/name`. */
export interface Command {
  readonly help: Words;
  readonly args: Arguments;
  /** Other names, such as those of other languages. */
  readonly aliases: readonly string[];
  readonly run: (asked: Asked & { readonly args: Readonly<Record<string, unknown>> }) => ReturnType<Answering>;
}

/** Declares a command; `args` come to `run` with the types that they say. */
export function command<A extends Arguments>(given: {
  readonly help: Words;
  readonly args?: A;
  readonly aliases?: readonly string[];
  readonly run: (asked: Asked & { readonly args: Given<A> }) => ReturnType<Answering>;
}): Command {
  const { help, args = {}, aliases = [], run } = given;
  return { help, args, aliases, run: (asked) => run(asked as Asked & { readonly args: Given<A> }) };
}

/** Words of which one has to be there, whole, in any case and with or without accents. */
export interface Keyword {
  readonly words: readonly string[];
  readonly reply: Reply | Answering;
}

/** An expression that the first 300 characters are looked at with. */
export interface Pattern {
  readonly match: RegExp;
  readonly reply: Reply | Answering;
}

/** What becomes of what a bot does not understand. */
export interface Fallback {
  /** Answers in place of the words, such as an assistant's `answer`; the words are said where it returns nothing. */
  readonly answer?: Answering;
  readonly say?: Words;
  /** So many times in a row, then it offers a person: 2 where absent, 0 never. */
  readonly after?: number;
}

export interface BotOptions {
  /** Lower-case; its user id follows from it, so it stays the same. */
  readonly name: string;
  /** What people see. */
  readonly title: string;
  /** An https address. */
  readonly avatar?: string;
  /** Answers first who asks for support. One bot of a site. */
  readonly support?: boolean;
  /** Comes into groups when it is invited. */
  readonly groups?: boolean;
  /** Rooms of the page, by name, that it comes into with the first word there. */
  readonly rooms?: readonly string[];
  /** What it speaks where the listener's language is not known or not there, BCP 47; `en` where absent. */
  readonly language?: string;
  /** What it says by itself, by language: in place of the shipped texts, or beside them. */
  readonly texts?: Readonly<Record<string, Partial<BotTexts>>>;
  /** Characters each second that it seems to type, 3 s at most for what it says at once; at once where absent. */
  readonly typing?: number;
  /** By name, in the order in which `/help` shows them. */
  readonly commands?: Readonly<Record<string, Command>>;
  readonly keywords?: readonly Keyword[];
  readonly patterns?: readonly Pattern[];
  /** What was chosen of an offer outside a flow, by the id of the choice. */
  readonly choices?: Readonly<Record<string, Reply | Answering>>;
  readonly flows?: readonly Flow[];
  /** In place of the first fallback that somebody ever gets from it. */
  readonly welcome?: Reply | Answering;
  readonly fallback?: Fallback;
  /** What people are to know of whoever is handed off, where nothing else says it. */
  readonly handOff?: HandOff;
}

/** A bot: a user that is a program. */
export interface Bot extends BotOptions {
  /** Its user id: `user:…` of it begins a direct conversation. */
  readonly user: string;
}

const most = { commands: 100, keywords: 500, patterns: 200, flows: 100, rooms: 100 } as const;

/**
 * Declares a bot.
 * @throws FriendError `FRIEND_BOT`, `FRIEND_FLOW`
 */
export function bot(options: BotOptions): Bot {
  const { name, title, avatar, commands = {}, keywords = [], patterns = [], flows = [], rooms = [] } = options;
  const wrong = (why: string): FriendError => new FriendError('FRIEND_BOT', `${name}: ${why}`);
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw wrong('that is no lower-case name');
  if (title.trim() === '' || title.length > limits.name) throw wrong(`a title has 1 to ${limits.name} characters`);
  if (avatar !== undefined && !/^(https:\/\/|avatar\/)/.test(avatar)) throw wrong('an avatar is an https address');
  if (options.typing !== undefined && !(options.typing > 0))
    throw wrong('typing is a number of characters each second');
  for (const [what, list] of Object.entries({ commands: Object.keys(commands), keywords, patterns, flows, rooms })) {
    const bound = most[what as keyof typeof most];
    if (list.length > bound) throw wrong(`at most ${bound} ${what}`);
  }
  const names = Object.entries(commands).flatMap(([key, { aliases }]) => [key, ...aliases].map(plain));
  for (const [key, { args, aliases }] of Object.entries(commands)) {
    const odd = [key, ...aliases].find((one) => !/^[\p{L}][\p{L}\d-]{0,31}$/u.test(one));
    if (odd !== undefined) throw wrong(`/${odd} is no name for a command`);
    checkArguments(key, args);
  }
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) throw wrong(`two commands are called /${twice}`);
  if (keywords.some(({ words }) => words.length === 0 || words.some((word) => plain(word) === '')))
    throw wrong('a keyword without words');
  const same = flows.find((one, index) => flows.findIndex((other) => other.name === one.name) !== index);
  if (same !== undefined) throw wrong(`two flows are called ${same.name}`);
  for (const one of flows) assertFlow(one);
  for (const reply of [...keywords, ...patterns].map((one) => one.reply)) checkStart(options, reply);
  for (const reply of [options.welcome, ...Object.values(options.choices ?? {})]) checkStart(options, reply);
  const safe = patterns.map(({ match, reply }) => ({ match: safePattern(match), reply }));
  return { ...options, patterns: safe, user: botUser(name) };
}

/** A flow that does not exist is found at the start, where the reply is data. */
function checkStart({ name, flows = [] }: BotOptions, reply: Reply | Answering | undefined): void {
  if (typeof reply !== 'object') return;
  if (Array.isArray(reply)) for (const one of reply as readonly Reply[]) checkStart({ name, title: '', flows }, one);
  else if ('start' in reply && !flows.some((flow) => flow.name === reply.start))
    throw new FriendError('FRIEND_BOT', `${name}: the flow ${reply.start} is not among its flows`);
}
