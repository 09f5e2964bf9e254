import { Extras } from '../../../protocol/extras.ts';
import type { Facts } from '../../../protocol/facts.ts';
import { put } from '../../core/effect.ts';
import { joined } from '../../core/membership.ts';
import type { Reads } from '../../core/reads.ts';
import { roleOf } from '../../core/roles.ts';
import type { ConversationKind, UserRow } from '../../core/rows.ts';
import type { CommittedFact, Effects } from '../../core/rule.ts';
import type { Services } from '../../core/services.ts';
import { isCase } from '../../core/support-case.ts';
import type { Said } from './answer-step.ts';
import type { Bot } from './bot.ts';
import { commandOf, writtenCommand } from './match.ts';
import { plain } from './words.ts';

/** The list of conversations with support. */
const supportList = 'support';

/** The right of a role in a group whose members hear everything: a bot with another role hears what is meant for it. */
const hear = 'hear';

/** Somebody has said something that a bot hears. */
export interface Heard {
  readonly bot: Bot;
  readonly kind: ConversationKind;
  readonly conversation: string;
  readonly speaker: UserRow;
  readonly said: Said;
  /** What it was an answer to, for a choice or a form. */
  readonly of: number;
  /** It was meant for this bot; else it only listens. */
  readonly isAddressed: boolean;
  /** What is stored before the bot's word: itself, and its membership. */
  readonly enter: Effects;
  readonly list?: string;
}

/** Who listens to what, found by a look at a map. */
export class Ears {
  readonly #conversations: Services['conversations'];
  readonly #byUser: ReadonlyMap<string, Bot>;
  readonly #support: Bot | undefined;
  readonly #inGroups: readonly Bot[];

  constructor(bots: readonly Bot[], conversations: Services['conversations']) {
    this.#conversations = conversations;
    this.#byUser = new Map(bots.map((bot) => [bot.user, bot]));
    this.#support = bots.find(({ support }) => support === true);
    this.#inGroups = bots.filter(({ groups, rooms = [] }) => groups === true || rooms.length > 0);
  }

  /** Bots that may be where this was said; nobody's own words reach them. */
  at({ log, by }: Pick<CommittedFact, 'log' | 'by'>): readonly Bot[] {
    if (this.#byUser.has(by)) return [];
    if (isCase(log)) return this.#support === undefined ? [] : [this.#support];
    if (!log.startsWith('c_direct_')) return log.startsWith('c_') ? this.#inGroups : [];
    const [one, other] = [log.slice(9, 29), log.slice(30)];
    const bot = this.#byUser.get(`u_${one}`) ?? this.#byUser.get(`u_${other}`);
    return bot === undefined ? [] : [bot];
  }

  of(user: string): Bot | undefined {
    return this.#byUser.get(user);
  }

  /** What `bot` hears of this fact; undefined where that is nothing. */
  async heard(
    read: Reads,
    bot: Bot,
    fact: CommittedFact<'message.sent' | 'message.answered'>,
    now: number,
  ): Promise<Heard | undefined> {
    const isGroup = !/^c_(support|direct)_/.test(fact.log);
    const place = isGroup ? await read.member(fact.log, bot.user) : undefined;
    const isRoom = bot.rooms?.some((room) => fact.log === `c_room_${room}`) === true;
    if (isGroup && place === undefined && !isRoom) return undefined;
    const speaker = await read.user(fact.by);
    if (speaker === undefined || speaker.kind === 'bot') return undefined;
    const row = await read.conversation(fact.log);
    if (row === undefined) return undefined;
    const own = (await read.user(bot.user)) ?? rowOf(bot);
    const stored = await keep(read, bot);
    const of = 'of' in fact.body ? fact.body.of : 0;
    const { said, mentions, reply } = saidIn(fact.body);
    const isOurs = await this.#isBy(read, fact.log, of === 0 ? reply : of, bot);
    if (of !== 0 && !isOurs) return undefined;
    const common = { bot, conversation: fact.log, speaker, of, kind: row.kind };
    if (row.kind === 'support') {
      const member = await read.member(row.id, bot.user);
      const coming = { role: 'bot', now, list: supportList };
      const enter = member === undefined ? [...stored, ...joined(row, own, coming)] : stored;
      return { ...common, said, isAddressed: true, enter, list: supportList };
    }
    const access = await this.#conversations.access(read, own, row.id, now);
    if (access === undefined || access.audience !== undefined || !access.maySend) return undefined;
    if (row.kind === 'direct') return { ...common, said, isAddressed: true, enter: stored };
    if (access.member === undefined && place !== undefined) return undefined;
    const { text, isNamed } = led(bot, said.kind === 'text' ? said.text : '');
    const isAddressed = isOurs || isNamed || mentions.includes(bot.user) || isCommand(bot, text);
    const role = access.member?.role ?? (await this.#conversations.roleOnEntry(read, row, own));
    if (!isAddressed && !roleOf(this.#conversations.roles, role).may.includes(hear)) return undefined;
    const enter = access.member === undefined ? [...stored, ...joined(row, own, { role, now })] : stored;
    return { ...common, said: said.kind === 'text' ? { ...said, text } : said, isAddressed, enter };
  }

  async #isBy(read: Reads, log: string, seq: number, bot: Bot): Promise<boolean> {
    if (seq === 0) return false;
    const [fact] = await read.page({ log, after: seq - 1, upTo: seq, limit: 1 });
    return fact?.by === bot.user;
  }
}

/** What makes a user of a bot, or gives it its new name; empty where it is one. */
export async function keep(read: Reads, bot: Bot): Promise<Effects> {
  const stored = await read.user(bot.user);
  if (stored?.name === bot.title && stored.avatar === bot.avatar) return [];
  return [put({ table: 'user', row: rowOf(bot) })];
}

/** A bot as a user. */
export function rowOf({ user, title, avatar }: Bot): UserRow {
  const row = { id: user, kind: 'bot', name: title, verified: true, topics: [] } as const;
  return avatar === undefined ? row : { ...row, avatar };
}

function saidIn(body: Facts['message.sent'] | Facts['message.answered']): {
  readonly said: Said;
  readonly mentions: readonly string[];
  readonly reply: number;
} {
  if ('of' in body) {
    const { choice, values = {} } = body;
    const said: Said = choice === undefined ? { kind: 'values', values } : { kind: 'choice', choice };
    return { said, mentions: [], reply: 0 };
  }
  const { mentions = [], reply = 0, files = [] } = Extras.read(body.extras ?? {}) ?? {};
  return { said: { kind: 'text', text: body.text.trim(), files }, mentions, reply };
}

/** The text without the bot's name, where that leads it: `@Ava, when …`. */
function led({ name, title }: Bot, text: string): { readonly text: string; readonly isNamed: boolean } {
  for (const one of [title, name]) {
    const start = text.startsWith('@') ? 1 : 0;
    const word = text.slice(start, start + one.length);
    const after = text.slice(start + one.length);
    const isEnd = start === 1 ? /^($|[\s,:])/.test(after) : /^[,:]/.test(after);
    if (plain(word) === plain(one) && isEnd) return { text: after.replace(/^[\s,:]+/, ''), isNamed: true };
  }
  return { text, isNamed: false };
}

/** Whether it is a command of this bot. `/help` is everybody's, so in a group it has to name one: `/help@ava`. */
function isCommand(bot: Bot, text: string): boolean {
  const written = writtenCommand(text);
  if (written === undefined) return false;
  if (written.to !== undefined) return written.to === bot.name;
  const found = commandOf(bot, written.name);
  return found !== undefined && found.command !== 'help';
}
