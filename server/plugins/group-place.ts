import { append, put } from '../core/effect.ts';
import { here } from '../core/here.ts';
import { promoted } from '../core/membership.ts';
import { personOf } from '../core/person.ts';
import type { Reads } from '../core/reads.ts';
import { banned, type Right, type Roles, roleOf } from '../core/roles.ts';
import type { ConversationRow, MemberRow, UserRow } from '../core/rows.ts';
import type { Context, Effects } from '../core/rule.ts';
import type { Services } from '../core/services.ts';

/** What a decision about a group rests on. */
export interface Deciding extends Pick<Context, 'read' | 'user' | 'now' | 'random'> {
  readonly conversations: Pick<Services['conversations'], 'roles' | 'roleOnEntry'>;
  readonly relations: Services['relations'];
}

/** Where a user stands in a group. */
export interface Place {
  readonly row: ConversationRow;
  readonly user: UserRow;
  /** His member row while he is one. */
  readonly member?: MemberRow;
  readonly isBanned: boolean;
  /** What his role allows; nothing where he is no member. */
  may(right: Right): boolean;
  /** Whether his role stands over another one. */
  isOver(role: string): boolean;
}

/** Undefined where there is no such group. */
export async function placeOf(
  { read, conversations: { roles } }: Pick<Deciding, 'read' | 'conversations'>,
  conversation: string,
  user: UserRow,
): Promise<Place | undefined> {
  const row = await read.conversation(conversation);
  if (row?.kind !== 'group') return undefined;
  const found = await read.member(conversation, user.id);
  const member = found?.untilSeq === undefined ? found : undefined;
  const { may = [], over = [] } = member === undefined ? {} : roleOf(roles, member.role);
  return {
    ...{ row, user, isBanned: bannedIn(found) },
    ...(member === undefined ? {} : { member }),
    may: (right) => may.includes(right),
    isOver: (role) => over.includes(role),
  };
}

/** Whether he was sent away for good. */
export function bannedIn(found: MemberRow | undefined): boolean {
  return found?.role === banned;
}

/** The membership of `user` ends here: he hears that, and nothing after it. */
export function ended(row: ConversationRow, user: UserRow, member: MemberRow, ban: boolean): Effects {
  const role = ban ? banned : member.role;
  const body = { person: personOf(user), ...(ban ? { ban } : {}) };
  return [
    put({ table: 'member', row: { ...member, role, untilSeq: here } }),
    append(row.id, 'member.left', body, { rule: true, item: true }),
  ];
}

/**
 * Who becomes owner where `member` is the last one and ceases to be: the one who has had the highest role after his for
 * the longest time. Nothing where another owner stays; undefined where nobody else is in the group.
 */
export async function succession(
  { read, conversations: { roles }, now }: Pick<Deciding, 'read' | 'conversations' | 'now'>,
  { conversation, user, role }: MemberRow,
): Promise<Effects | undefined> {
  if (role !== 'owner') return [];
  const isOther = (row: MemberRow): boolean => row.user !== user;
  if ((await read.membersIn(conversation, 'owner', 2)).some(isOther)) return [];
  const heir = await heirOf(read, roles, conversation, isOther);
  const person = heir === undefined ? undefined : await read.user(heir.user);
  return heir === undefined || person === undefined ? undefined : promoted(heir, person, 'owner', now);
}

async function heirOf(
  read: Reads,
  roles: Roles,
  conversation: string,
  isOther: (row: MemberRow) => boolean,
): Promise<MemberRow | undefined> {
  for (const name of Object.keys(roles)) {
    const heir = name === 'owner' ? undefined : (await read.membersIn(conversation, name, 2)).find(isOther);
    if (heir !== undefined) return heir;
  }
  // Whoever has a role that is declared no more.
  return (await read.members(conversation, 2)).find(isOther);
}
