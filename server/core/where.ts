import { FriendError } from './errors.ts';
import type { Reads } from './reads.ts';
import type { ConversationRow, UserKind, UserRow } from './rows.ts';

const kinds = ['direct', 'group', 'support'] as const;
const authors = ['visitor', 'user', 'colleague', 'bot', 'person'] as const;
const keys = ['in', 'by', 'role', 'mentions'];

type Author = (typeof authors)[number];

/** Which conversation, and who: all that is named has to fit. */
export interface Where {
  /** A kind of conversation, or the id of one. */
  readonly in?: (typeof kinds)[number] | `c_${string}`;
  /** Whose it is; `person` is everybody but bots. What the friend says by itself is nobody's. */
  readonly by?: Author | readonly Author[];
  /** The author's role there. */
  readonly role?: string;
  /** The user whom a message names. */
  readonly mentions?: string;
}

/** Where something was said, and by whom. */
export interface Placed {
  readonly conversation: ConversationRow;
  readonly author: UserRow;
}

/** @throws FriendError `FRIEND_FILTER` that lists what there is */
export function checkWhere(where: Where): void {
  for (const key of Object.keys(where)) {
    if (!keys.includes(key)) throw new FriendError('FRIEND_FILTER', `there is no ${key}; there is ${keys.join(', ')}`);
  }
  const { in: place, by = [], role = '', mentions = '' } = where;
  if (place !== undefined && !kinds.includes(place as 'direct') && !/^c_./.test(place)) {
    throw new FriendError('FRIEND_FILTER', `in: ${place} is none of ${kinds.join(', ')}, and no id of a conversation`);
  }
  for (const author of [by].flat()) {
    if (!authors.includes(author as Author)) {
      throw new FriendError('FRIEND_FILTER', `by: ${String(author)} is none of ${authors.join(', ')}`);
    }
  }
  if (typeof role !== 'string' || typeof mentions !== 'string') {
    throw new FriendError('FRIEND_FILTER', 'role is the name of a role, mentions the id of a user');
  }
}

/** Whether `by` names this kind of user. */
export function isBy({ by }: Where, kind: UserKind): boolean {
  if (by === undefined) return true;
  const wanted: readonly Author[] = [by].flat();
  return wanted.includes(kind) || (kind !== 'bot' && wanted.includes('person'));
}

/** Whether `in` names this conversation. */
export function isIn({ in: place }: Where, { id, kind }: ConversationRow): boolean {
  return place === undefined || place === kind || place === id;
}

/** Whether `mentions` is among those whom a body names. */
export function isMentioned({ mentions }: Where, named: unknown): boolean {
  return mentions === undefined || (Array.isArray(named) && named.includes(mentions));
}

/** The conversation and the author of a fact, where they fit. */
export async function placedIn(where: Where, log: string, by: string, read: Reads): Promise<Placed | undefined> {
  if (!log.startsWith('c_') || !by.startsWith('u_')) return undefined;
  const conversation = await read.conversation(log);
  if (conversation === undefined || !isIn(where, conversation)) return undefined;
  const author = await read.user(by);
  if (author === undefined || !isBy(where, author.kind)) return undefined;
  if (where.role === undefined) return { conversation, author };
  const member = await read.member(log, by);
  return member?.role === where.role && member.untilSeq === undefined ? { conversation, author } : undefined;
}
