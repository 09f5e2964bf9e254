import type { Extras } from '../../../protocol/extras.ts';
import { limits } from '../../../protocol/limits.ts';
import { botUser } from '../../core/bot-user.ts';
import { FriendError } from '../../core/errors.ts';
import { checkOffer } from '../../core/offer.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Hours } from '../../hours/hours.ts';
import { type Address, addressOf } from './address.ts';

/** When a message is said: all that is named has to hold. With nothing, when somebody connects. */
export interface When {
  /** The page, without query and fragment: its path, or all of it; `*` stands for anything. One of several. */
  readonly url?: string | readonly string[];
  /** So long on that page, after that event, or connected: milliseconds, `30s`, `5m`, `2h`. */
  readonly after?: number | string;
  /** The page has said it by `track(name)`. */
  readonly event?: string;
  /** From this visit on: 1 is the first. A visit begins after half an hour without one. */
  readonly visits?: number;
}

/** Who says it: a bot's own declaration, or a name. */
export interface From {
  /** Lower-case; its user id follows from it, as a bot's does. */
  readonly name: string;
  /** What people see. */
  readonly title: string;
  /** An https address. */
  readonly avatar?: string;
}

/** One message that nobody has asked for. */
export interface ProactiveMessage {
  /** Lower-case; who has been told is known by it, so it stays the same. */
  readonly name: string;
  readonly when: When;
  /** Who may be told: visitors, users whom the site has signed, or both; both where absent. */
  readonly to?: 'visitor' | 'user' | 'everybody';
  /** By language, or in one; the first where the person's is not known or not there. */
  readonly say: string | Readonly<Record<string, string>>;
  readonly extras?: Pick<Extras, 'replies' | 'buttons' | 'cards' | 'form'>;
  readonly from: From;
  /** False: again, a day later at the soonest. True where absent: once per person. */
  readonly once?: boolean;
  /** Only then; else it is not said, and may be another time. */
  readonly hours?: Hours;
}

export interface ProactiveOptions {
  /** For all messages that say nothing else. */
  readonly hours?: Hours;
  /** Messages that one person is told within 24 hours: 2 where absent. */
  readonly perDay?: number;
  /** How long a conversation has to have been still, milliseconds; ten minutes where absent. */
  readonly still?: number;
}

/** A message that can be said. */
export interface Declared extends Omit<ProactiveMessage, 'from' | 'say'> {
  readonly urls: readonly Address[];
  readonly delay: number;
  /** What it begins with. */
  readonly trigger: 'event' | 'page' | 'visit';
  /** By language, the usual one first. */
  readonly words: readonly (readonly [language: string, text: string])[];
  readonly by: UserRow;
}

const most = { messages: 50, delay: 86_400_000, addresses: 20 } as const;

/** Reads what a team has declared. @throws FriendError `FRIEND_PROACTIVE`, `FRIEND_OFFER` */
export function declared(messages: readonly ProactiveMessage[]): Declared[] {
  if (messages.length > most.messages) throw new FriendError('FRIEND_PROACTIVE', `at most ${most.messages} messages`);
  const names = new Set<string>();
  return messages.map((message) => {
    const { name, when, from, say, extras, to = 'everybody' } = message;
    const wrong = (why: string): FriendError => new FriendError('FRIEND_PROACTIVE', `${name}: ${why}`);
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw wrong('that is no lower-case name');
    if (names.has(name)) throw wrong('another has the same name');
    names.add(name);
    const { url = [], after = 0, event, visits = 1 } = when;
    const urls = [url].flat().map(addressOf);
    if (urls.includes(undefined) || urls.length > most.addresses)
      throw wrong('url is a path or an http address without query, up to 20 of them');
    const delay = spanOf(after);
    if (delay === undefined || delay > most.delay) throw wrong('after is a time of up to a day, such as 30s');
    if (event !== undefined && !/^[\w.:-]{1,64}$/.test(event))
      throw wrong('event is the name of one, up to 64 characters');
    if (!Number.isInteger(visits) || visits < 1) throw wrong('visits is a whole number from 1');
    if (!['visitor', 'user', 'everybody'].includes(to)) throw wrong('to is visitor, user or everybody');
    const words = typeof say === 'string' ? [['', say] as const] : Object.entries(say);
    if (words.length === 0 || words.some(([, text]) => text.trim() === '' || text.length > limits.text))
      throw wrong(`say has 1 to ${limits.text} characters`);
    checkOffer({ text: words[0]?.[1], ...(extras && { extras }) });
    return {
      ...message,
      ...{ urls: urls.filter((one) => one !== undefined), delay, words, by: userOf(from, wrong) },
      trigger: event !== undefined ? 'event' : urls.length > 0 ? 'page' : 'visit',
    };
  });
}

function userOf({ name, title, avatar }: From, wrong: (why: string) => FriendError): UserRow {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw wrong('from.name is a lower-case name');
  if (title.trim() === '' || title.length > limits.name) throw wrong(`from.title has 1 to ${limits.name} characters`);
  const row = { id: botUser(name), kind: 'bot', name: title, verified: true, topics: [] } as const;
  return avatar === undefined ? row : { ...row, avatar };
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds; undefined for what is no time. */
function spanOf(span: number | string): number | undefined {
  if (typeof span === 'number') return Number.isInteger(span) && span >= 0 ? span : undefined;
  const [, count, unit = ''] = /^(\d{1,6}) ?(ms|s|m|h)$/.exec(span) ?? [];
  return count === undefined ? undefined : Number(count) * units[unit as keyof typeof units];
}
