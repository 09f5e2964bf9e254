import type { Invitation } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { append, type Effect, put, refuse } from '../core/effect.ts';
import { joined } from '../core/membership.ts';
import { personOf } from '../core/person.ts';
import type { Reads } from '../core/reads.ts';
import { inviteSlot } from '../core/relation-kinds.ts';
import type { ConversationRow, RelationRow, UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import { type Deciding, placeOf } from './group-place.ts';

/** Invitations of one person that are looked through for those that reach him. */
const looked = 500;

/**
 * Brings people into a group: those who have granted that are added, the others invited. Who shuts the inviter out never
 * hears of it, and the inviter never learns that: to him it is an invitation that nobody has answered yet.
 */
export async function bring(deciding: Deciding, row: ConversationRow, users: readonly string[]): Promise<Effects> {
  const { read, relations, user, now } = deciding;
  const invited: Effect[] = [];
  const added: Effect[] = [];
  for (const id of new Set(users)) {
    const other = await read.user(id);
    const place = other === undefined ? undefined : await placeOf(deciding, row.id, other);
    if (other === undefined || place?.isBanned === true) return [refuse('not_found', { detail: id })];
    if (id === user.id || place?.member !== undefined) continue;
    const between = await relations.between(read, user.id, id, now);
    if (between.limits('group')) return [refuse('limited', { detail: id })];
    const invite = await inviteOf(read, row.id, id);
    if (between.absent || !between.may('group'))
      invited.push(...inviting(deciding, row, other, between.absent, invite));
    else {
      invited.push(...over(invite));
      added.push(...joined(row, other, { role: 'member', now, readSeq: await read.readSeq(row.id, id) }));
    }
  }
  return [...invited, ...added];
}

function inviting(
  { user, now }: Deciding,
  row: ConversationRow,
  other: UserRow,
  isShutOut: boolean,
  standing: RelationRow | undefined,
): Effects {
  // An invitation that has reached him stands as it is, and so does one that cannot.
  if (standing !== undefined && (isHeard(standing) || isShutOut)) return [];
  const attributes = { by: user.id, ...(isShutOut ? { unheard: true } : {}) };
  const invite = { owner: row.id, other: other.id, slot: inviteSlot, kind: 'member', attributes, since: now };
  const stored = put({ table: 'relation', row: invite });
  if (isShutOut) return [stored];
  const told = { conversation: row.id, invite: invitationOf(row, user, now) };
  return [stored, append(other.id, 'invite.changed', told, { rule: true })];
}

/** The invitation of a user that waits in a group. */
export async function inviteOf(read: Reads, conversation: string, user: string): Promise<RelationRow | undefined> {
  return (await read.relation(conversation, user)).find(({ slot }) => slot === inviteSlot);
}

/** Whether the invited knows of it. */
export function isHeard({ attributes }: RelationRow): boolean {
  return attributes?.unheard !== true;
}

/** The invitation waits no more, whatever came of it. */
export function over(invite: RelationRow | undefined): Effects {
  if (invite === undefined) return [];
  const removed = put({ table: 'unrelate', row: invite });
  const { owner: conversation, other } = invite;
  return isHeard(invite) ? [removed, append(other, 'invite.changed', { conversation }, { rule: true })] : [removed];
}

/** What waits for `user`, without what comes from those whom he shuts out by now. */
export async function invitationsOf({ read, relations, user, now }: Deciding): Promise<Invitation[]> {
  const rows = await read.relationsTo(user.id, inviteSlot, looked);
  const found: Invitation[] = [];
  for (const row of rows.filter(isHeard)) {
    if (found.length >= limits.page) break;
    const by = await read.user(String(row.attributes?.by));
    const group = await read.conversation(row.owner);
    const member = await read.member(row.owner, user.id);
    // Into a public group he may have come by a message.
    const isIn = member !== undefined && member.untilSeq === undefined;
    if (by === undefined || group === undefined || isIn) continue;
    if ((await relations.between(read, by.id, user.id, now)).absent) continue;
    found.push(invitationOf(group, by, row.since));
  }
  return found;
}

/** An invitation, as he is told of it whom it is for. */
export function invitationOf({ id, name }: ConversationRow, by: UserRow, at: number): Invitation {
  return { conversation: id, by: personOf(by), at, ...(name === undefined ? {} : { name }) };
}
