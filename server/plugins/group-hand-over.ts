import { append, put } from '../core/effect.ts';
import { here } from '../core/here.ts';
import type { Reads } from '../core/reads.ts';
import { inviteSlot } from '../core/relation-kinds.ts';
import type { UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Services } from '../core/services.ts';
import { invitationOf, inviteOf, isHeard } from './group-invite.ts';
import { bannedIn, ended } from './group-place.ts';

/** Groups of each kind that a visitor brings along: a decision has to be quick. */
const broughtAlong = 100;

/** What a group's decision about a visitor becomes where he turns out to be `to`. */
interface Turning {
  readonly read: Reads;
  readonly relations: Services['relations'];
  readonly from: UserRow;
  readonly to: UserRow;
  readonly now: number;
}

/**
 * Who was banned as a visitor stays banned, but where he is a member under his own name; what the visitor was invited to
 * waits for `to`, where he is none and was not invited himself.
 */
export async function handOver(turning: Turning): Promise<Effects> {
  const { read, from } = turning;
  const bans = await read.bans(from.id, broughtAlong);
  const invites = await read.relationsTo(from.id, inviteSlot, broughtAlong);
  const banned = await Promise.all(bans.map(({ conversation }) => ban(turning, conversation)));
  const invited = await Promise.all(invites.map(({ owner }) => invitation(turning, owner)));
  return [...banned, ...invited].flat();
}

async function ban({ read, to }: Turning, conversation: string): Promise<Effects> {
  const row = await read.conversation(conversation);
  const found = await read.member(conversation, to.id);
  const isIn = found !== undefined && found.untilSeq === undefined;
  if (row?.kind !== 'group' || isIn || bannedIn(found)) return [];
  const member = found ?? { conversation, user: to.id, role: 'member', fromSeq: here, readSeq: 0, deliveredSeq: 0 };
  return ended(row, to, member, true).map((effect) =>
    effect.do === 'append' ? { ...effect, item: false, by: to.id, answers: false } : effect,
  );
}

async function invitation({ read, relations, from, to, now }: Turning, conversation: string): Promise<Effects> {
  const invite = await inviteOf(read, conversation, from.id);
  if (invite === undefined) return [];
  const gone = put({ table: 'unrelate', row: invite });
  const places = await Promise.all([from, to].map(({ id }) => read.member(conversation, id)));
  // Who was in it and left does not come back by what he was sent as a visitor.
  const isIn = places[1] !== undefined || (places[0] !== undefined && places[0].untilSeq === undefined);
  const group = await read.conversation(conversation);
  const by = await read.user(String(invite.attributes?.by));
  if (group === undefined || by === undefined || isIn || places.some(bannedIn)) return [gone];
  if (by.id === to.id || (await inviteOf(read, conversation, to.id)) !== undefined) return [gone];
  const bounds = await Promise.all([from, to].map(({ id }) => relations.between(read, by.id, id, now)));
  const isShutOut = !isHeard(invite) || bounds.some(({ absent }) => absent);
  const row = {
    ...invite,
    other: to.id,
    attributes: { ...invite.attributes, ...(isShutOut ? { unheard: true } : {}) },
  };
  const told = append(
    to.id,
    'invite.changed',
    { conversation, invite: invitationOf(group, by, invite.since) },
    { rule: true, by: to.id, answers: false },
  );
  return [gone, put({ table: 'relation', row }), ...(isShutOut ? [] : [told])];
}
