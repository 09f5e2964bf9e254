import type { Facts, Membership } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { append, put, refuse } from '../core/effect.ts';
import { here } from '../core/here.ts';
import { promoted } from '../core/membership.ts';
import { personOf } from '../core/person.ts';
import type { Reads } from '../core/reads.ts';
import { banned } from '../core/roles.ts';
import type { MemberRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import { inviteOf, over } from './group-invite.ts';
import { type Deciding, ended, type Place, placeOf, succession } from './group-place.ts';

/** Somebody in a group and another one whom he deals with. */
interface Pair {
  readonly mine: Place;
  readonly theirs: Place;
}

interface OfMember {
  readonly conversation: string;
  readonly user: string;
}

async function pairOf(deciding: Deciding, { conversation, user: id }: OfMember): Promise<Pair | undefined> {
  const mine = await placeOf(deciding, conversation, deciding.user);
  const other = mine?.member === undefined ? undefined : await deciding.read.user(id);
  const theirs = other === undefined ? undefined : await placeOf(deciding, conversation, other);
  return mine === undefined || theirs === undefined ? undefined : { mine, theirs };
}

/** Sends a member away, or takes an invitation back. `ban`: for good, also one who is no member. */
export async function remove(deciding: Deciding, wish: OfMember & { readonly ban?: boolean }): Promise<Effects> {
  const { ban = false } = wish;
  const pair = wish.user === deciding.user.id ? undefined : await pairOf(deciding, wish);
  if (pair === undefined || !pair.mine.may(ban ? 'ban' : 'remove')) return [refuse('not_found')];
  const { row, user, member, isBanned } = pair.theirs;
  if (member !== undefined && !pair.mine.isOver(member.role)) return [refuse('not_found')];
  const invite = await inviteOf(deciding.read, row.id, user.id);
  if (member !== undefined) {
    return [...over(invite), ...((await succession(deciding, member)) ?? []), ...ended(row, user, member, ban)];
  }
  if (isBanned && ban) return [];
  if (ban) return [...over(invite), ...ended(row, user, nobody(wish), true)];
  return invite === undefined ? [refuse('not_found')] : over(invite);
}

/** The row of somebody who has never been a member. */
function nobody({ conversation, user }: OfMember): MemberRow {
  return { conversation, user, role: banned, fromSeq: here, readSeq: 0, deliveredSeq: 0 };
}

/** Lets somebody who was banned come in again; he is no member by that. */
export async function unban(deciding: Deciding, wish: OfMember): Promise<Effects> {
  const pair = await pairOf(deciding, wish);
  if (pair === undefined || !pair.mine.may('ban') || !pair.theirs.isBanned) return [refuse('not_found')];
  const { row, user } = pair.theirs;
  const left = { ...nobody(wish), role: 'member', untilSeq: here };
  const told = { person: personOf(user), ban: false };
  return [put({ table: 'member', row: left }), append(row.id, 'member.left', told, { rule: true, item: true })];
}

/** Gives a member another role. An owner who lowers himself hands the group on first where he is the last. */
export async function setRole(deciding: Deciding, wish: OfMember & { readonly role: string }): Promise<Effects> {
  const { conversations, now } = deciding;
  const { roles } = conversations;
  const pair = await pairOf(deciding, wish);
  const member = pair?.theirs.member;
  if (pair === undefined || member === undefined || !pair.mine.may('roles')) return [refuse('not_found')];
  const given = Object.keys(roles).filter((role) => pair.mine.isOver(role));
  if (!Object.hasOwn(roles, wish.role)) return [refuse('kind_unknown', { detail: given.join(', ') })];
  const isOwn = wish.user === deciding.user.id;
  if (!given.includes(wish.role) || (!isOwn && !given.includes(member.role))) return [refuse('not_found')];
  if (member.role === wish.role) return [];
  const heir = await succession(deciding, member);
  if (heir === undefined) return [refuse('not_found')];
  return [...heir, ...promoted(member, pair.theirs.user, wish.role, now)];
}

/** A page of the current members, or of who was banned, by user id. */
export async function listMembers(
  read: Reads,
  conversation: string,
  after: string | undefined,
  isOfBanned: boolean,
): Promise<Facts['member.listed']> {
  const rows = isOfBanned
    ? await read.bannedFrom(conversation, limits.page + 1, after)
    : await read.members(conversation, limits.page + 1, after);
  const page = rows.slice(0, limits.page);
  const found = await Promise.all(page.map((row) => membershipOf(read, row)));
  const last = rows.length > limits.page ? page.at(-1)?.user : undefined;
  return {
    conversation,
    members: found.filter((one) => one !== undefined),
    ...(last === undefined ? {} : { next: last }),
    ...(isOfBanned ? { banned: true } : {}),
  };
}

async function membershipOf(read: Reads, { user, role }: MemberRow): Promise<Membership | undefined> {
  const row = await read.user(user);
  return row === undefined ? undefined : { person: personOf(row), role };
}
