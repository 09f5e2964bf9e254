import type { Fact, Facts, Head, Person } from '../../protocol/facts.ts';
import { isCase } from '../core/support-case.ts';
import { jidAt, type Place } from './address.ts';
import { isA, type Line } from './line.ts';
import type { Envelope } from './write-message.ts';

/** People whose names one account's connection remembers; the one it heard of first goes for one more. */
const peopleKept = 2_000;

/** Conversations of which one account's connection remembers where they are told. */
const chatsKept = 2_000;

/** A conversation as an account has it: one chat with one address. */
export interface Chat {
  readonly log: string;
  /** The newest fact when it was looked at. */
  readonly last: number;
  /** When it was used last, milliseconds since 1970. */
  readonly at: number;
  readonly envelope: Envelope;
  /** The address does not say who speaks. */
  readonly named: boolean;
}

export interface ChatsOptions {
  readonly line: Line;
  /** The friend's address, and the account's bare JID. */
  readonly friend: string;
  readonly account: string;
  /** The account's user, once it is known. */
  readonly me: () => Person | undefined;
}

/** Which conversation is told from which address, and who is called what. */
export class Chats {
  readonly #options: ChatsOptions;
  readonly #chats = new Map<string, Chat>();
  readonly #logs = new Map<string, string>();
  readonly #names = new Map<string, string>();

  constructor(options: ChatsOptions) {
    this.#options = options;
  }

  /** The conversation that a reference names, asked for where it is not known; undefined where there is none. */
  async at(ref: string): Promise<Chat | undefined> {
    const known = this.known(ref);
    if (known !== undefined) return known;
    const { fact } = await this.#options.line.insist('conversation.open', { conversation: ref });
    if (!isA(fact, 'conversation.opened')) return undefined;
    this.people(fact.body.people);
    const chat = this.learn(fact.body.conversation, ref);
    keep(this.#logs, ref, chat.log, chatsKept);
    return chat;
  }

  /** The same, only where it is known. */
  known(ref: string): Chat | undefined {
    return this.#chats.get(this.#logs.get(ref) ?? ref);
  }

  /** Takes what a list or an opening tells of a conversation. */
  learn(head: Head, ref: string = head.id): Chat {
    this.people(head.people);
    const { friend, account } = this.#options;
    const other = ref.startsWith('user:') ? ref.slice(5) : head.people[0]?.id;
    const from = this.#isOwnSupport(head)
      ? friend
      : head.kind === 'direct' && other !== undefined
        ? jidAt(friend, other)
        : jidAt(friend, head.id);
    const named = !from.startsWith('u_');
    const chat = { log: head.id, last: head.last, at: head.at, envelope: { from, to: account }, named };
    keep(this.#chats, head.id, chat, chatsKept);
    return chat;
  }

  /** Looks at it anew when it is asked for again. */
  forget(log: string): void {
    this.#chats.delete(log);
  }

  /** The cases that are known, the one that was used last at the end. */
  cases(): string[] {
    const { friend } = this.#options;
    const chats = [...this.#chats.values()].toSorted((one, other) => one.at - other.at);
    return chats.flatMap(({ log, envelope }) => (isCase(log) && envelope.from !== friend ? [log] : []));
  }

  people(people: readonly Person[]): void {
    for (const { id, name } of people) keep(this.#names, id, name, peopleKept);
  }

  /** Takes when a conversation was used, and the name of whom a fact tells about. */
  heard(fact: Fact): void {
    const chat = this.#chats.get(fact.log ?? '');
    if (chat !== undefined && fact.at > chat.at) this.#chats.set(chat.log, { ...chat, at: fact.at });
    const { person } = fact.body as Partial<Facts['member.joined']>;
    if (typeof person?.name === 'string') this.people([person]);
  }

  /** What somebody is called; asks once where nobody has said it. */
  async nameOf(user: string, chat: Chat): Promise<string | undefined> {
    if (!this.#names.has(user) && user.startsWith('u_')) {
      this.#chats.delete(chat.log);
      await this.at(chat.log);
    }
    return this.#names.get(user);
  }

  #isOwnSupport({ kind }: Head): boolean {
    return kind === 'support' && this.#options.me()?.kind !== 'colleague';
  }
}

/** How a place is named in an action. */
export function refOf(place: Place): string {
  switch (place.is) {
    case 'friend':
      return 'support';
    case 'user':
      return `user:${place.user}`;
    case 'conversation':
      return place.conversation;
    default:
      return place satisfies never;
  }
}

function keep<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= limit) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
