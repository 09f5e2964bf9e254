import { append, put } from '../core/effect.ts';
import { type Coming, joined, takesPart } from '../core/membership.ts';
import type { Reads } from '../core/reads.ts';
import { banned, type Right, type Roles, roleOf } from '../core/roles.ts';
import type { ConversationRow, MemberRow, UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Access, Between, Services } from '../core/services.ts';
import { sidesOf } from './conversation-sides.ts';
import { broughtBy } from './conversation-support.ts';

/** The list of conversations that colleagues answer, and the topic that they hear. */
export const supportList = 'support';

/** A conversation that a reference names, whether or not it exists yet. */
interface Named {
  readonly row: ConversationRow;
  /** For a direct conversation: the other one. */
  readonly other?: UserRow;
}

/** What a look at a conversation rests on. */
export interface Looking {
  readonly read: Reads;
  readonly user: UserRow;
  readonly now: number;
  readonly relations: Services['relations'];
  readonly roles: Roles;
  /** The role of who begins a room with his message; the usual one where absent. */
  readonly firstSpeaker: string | undefined;
}

/**
 * Finds what `ref` names for this user. Undefined where there is no such conversation and where he may not know of it:
 * nobody can tell the two apart.
 */
export async function accessTo(looking: Looking, ref: string): Promise<Access | undefined> {
  const { read, user } = looking;
  const named = await resolve(read, user, ref);
  if (named === undefined) return undefined;
  const stored = await read.conversation(named.row.id);
  const row = stored ?? named.row;
  const found = stored === undefined ? undefined : await read.member(row.id, user.id);
  if (found?.role === banned) return undefined;
  const member = found?.untilSeq === undefined && found !== undefined && takesPart(found, user) ? found : undefined;
  const answers = row.kind === 'support' && user.kind === 'colleague';
  if (stored !== undefined && member === undefined && !row.public && !answers) return undefined;
  // Who reads without being a member has a mark of his own, and takes it along when he joins.
  const readSeq = stored === undefined || member !== undefined ? 0 : await read.readSeq(row.id, user.id);
  const terms = await termsOf(looking, row);
  const may = rightsIn(looking, row, member);
  const role = member === undefined ? await roleOnEntry(looking, row, user) : member.role;
  return {
    id: row.id,
    row,
    exists: stored !== undefined,
    ...terms,
    maySend: terms.maySend && may('send'),
    may,
    reads: member !== undefined || row.settings?.history !== 'joined',
    ...(member === undefined ? {} : { member }),
    ...listOf(row.kind),
    enter: () => (member === undefined ? enter(looking, named, stored !== undefined, { role, readSeq, ...terms }) : []),
  };
}

type Terms = Pick<Access, 'maySend' | 'limited' | 'audience' | 'shows'>;

const open: Terms = { maySend: true, limited: false, shows: () => Promise.resolve(true) };

/** What the relation of two people makes of their direct conversation. Who is shut out sends as if to an empty room. */
async function termsOf({ read, user, now, relations }: Looking, row: ConversationRow): Promise<Terms> {
  if (row.kind !== 'direct') return open;
  const [mine, theirs] = await sidesOf(read, row.id, user.id);
  const pairs = mine.flatMap((one) => theirs.map((other) => ({ one, other })));
  const between: Between[] = [];
  // Not beside each other: nearly always there is one pair, and both are in memory.
  for (const { one, other } of pairs) between.push(await relations.between(read, one, other, now));
  const absent = between.some((held) => held.absent);
  return {
    maySend: absent || between.every((held) => held.may('message')),
    limited: between.some((held) => held.limits('message')),
    // A message does not ask: only what is seen of oneself looks the other way round.
    async shows(grant) {
      const seen = await Promise.all(pairs.map(({ one, other }) => relations.between(read, other, one, now)));
      return seen.every((held) => held.may(grant));
    },
    ...(absent ? { audience: [user.id] } : {}),
  };
}

/** Outside groups everybody may write, and colleagues keep support clean. Who only passes by a group may begin to write. */
function rightsIn({ roles, user }: Looking, row: ConversationRow, member: MemberRow | undefined): Access['may'] {
  if (row.kind !== 'group') {
    const cleans = row.kind === 'support' && user.kind === 'colleague';
    return (right) => right === 'send' || (right === 'delete' && cleans);
  }
  const { may } = roleOf(roles, member?.role ?? 'member');
  return (right: Right) => may.includes(right) && (member !== undefined || right === 'send');
}

/** The other one of a direct conversation; undefined for who is none of the two. */
export function otherIn(id: string, user: string): string | undefined {
  const ids =
    /^c_direct_([0-9a-z]{20})_([0-9a-z]{20})$/
      .exec(id)
      ?.slice(1)
      .map((part) => `u_${part}`) ?? [];
  return ids.includes(user) ? ids.find((one) => one !== user) : undefined;
}

async function resolve(read: Reads, user: UserRow, ref: string): Promise<Named | undefined> {
  if (ref === 'support') return { row: { ...supportOf(user), ...(await broughtBy(read, user)) } };
  if (ref.startsWith('room:')) return { row: roomOf(ref.slice(5)) };
  if (ref.startsWith('user:')) {
    const other = ref === `user:${user.id}` ? undefined : await standsFor(read, user, ref.slice(5));
    return other === undefined ? undefined : { row: directOf(user, other), other };
  }
  const row = await read.conversation(ref);
  return row === undefined ? unbegun(read, user, ref) : { row };
}

/** Whom one writes to: a visitor who turned out to be somebody, where nothing was said to him before, is that one. */
async function standsFor(read: Reads, user: UserRow, id: string): Promise<UserRow | undefined> {
  const other = await read.user(id);
  if (other?.mergedInto === undefined) return other;
  if ((await read.conversation(directOf(user, other).id)) !== undefined) return other;
  return other.mergedInto === user.id ? undefined : read.user(other.mergedInto);
}

/** A conversation that this user was shown before its first message, named by its id. */
async function unbegun(read: Reads, user: UserRow, id: string): Promise<Named | undefined> {
  if (id === supportOf(user).id) return { row: supportOf(user) };
  const room = roomPattern.exec(id)?.[1];
  if (room !== undefined) return { row: roomOf(room) };
  const named = otherIn(id, user.id);
  const other = named === undefined ? undefined : await read.user(named);
  const row = other === undefined ? undefined : directOf(user, other);
  return row?.id === id && other !== undefined ? { row, other } : undefined;
}

const roomPattern = /^c_room_([0-9a-z][0-9a-z-]{0,62})$/;

function listOf(kind: ConversationRow['kind']): { list?: string } {
  return kind === 'support' ? { list: supportList } : {};
}

function supportOf(user: UserRow): ConversationRow {
  return { id: `c_support_${user.id.slice(2)}`, kind: 'support', public: false };
}

function roomOf(name: string): ConversationRow {
  const words = name.replaceAll('-', ' ');
  return { id: `c_room_${name}`, kind: 'group', name: words[0]?.toUpperCase() + words.slice(1), public: true };
}

function directOf(one: UserRow, other: UserRow): ConversationRow {
  const [first, second] = [one.id.slice(2), other.id.slice(2)].sort();
  return { id: `c_direct_${first}_${second}`, kind: 'direct', public: false };
}

function enter(
  { user, now }: Looking,
  { row, other }: Named,
  exists: boolean,
  { role, readSeq, audience }: Pick<Coming, 'role' | 'readSeq' | 'audience'>,
): Effects {
  const { id, kind, name } = row;
  const told = { ...listOf(kind), ...(audience === undefined ? {} : { audience }) };
  const created = { kind, ...(name === undefined ? {} : { name }) };
  const begin: Effects = exists
    ? []
    : [put({ table: 'conversation', row }), append(id, 'conversation.created', created, { rule: true, ...told })];
  const others = exists || other === undefined ? [] : joined(row, other, { role: placeOf(row, other), now, ...told });
  return [
    ...begin,
    ...joined(row, user, { role, now, ...told, ...(readSeq === undefined ? {} : { readSeq }) }),
    ...others,
  ];
}

/** The role in which somebody comes in. A group that people have made belongs to who finds nobody in it. */
export async function roleOnEntry(
  { read, firstSpeaker }: Pick<Looking, 'read' | 'firstSpeaker'>,
  row: ConversationRow,
  user: UserRow,
): Promise<string> {
  const usual = placeOf(row, user);
  if (row.kind !== 'group' || (await read.memberCount(row.id, 1)) > 0) return usual;
  return roomPattern.test(row.id) ? (firstSpeaker ?? usual) : 'owner';
}

/** Colleagues are known as such, but in the groups that people have made. */
function placeOf({ id, kind }: ConversationRow, { kind: of }: UserRow): string {
  const isOfTheSite = kind !== 'group' || roomPattern.test(id);
  return of === 'colleague' && isOfTheSite ? 'colleague' : 'member';
}
