import { append, type Effect, put } from '../core/effect.ts';
import { here } from '../core/here.ts';
import { personOf } from '../core/person.ts';
import type { Reads } from '../core/reads.ts';
import type { MemberRow, UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Access } from '../core/services.ts';
import { isCase } from '../core/support-case.ts';
import { accessTo, type Looking } from './conversation-access.ts';
import { supportBrought } from './conversation-support.ts';

/** Conversations that a visitor brings along, the most recently used: a decision has to be quick. */
export const broughtAlong = 100;

/**
 * What a visitor was a member of becomes `to`'s: with the visitor's place, role and marks, and told to who is there. The
 * visitor is a member no more; what he said stays his. Whoever has left a conversation before does not come back by it.
 */
export async function handOver(looking: Looking, to: UserRow): Promise<Effects> {
  const { read, user: from } = looking;
  const memberships = await read.memberships(from.id, broughtAlong);
  const handed = await Promise.all(
    memberships.map(async (member) => {
      const access = await accessTo(looking, member.conversation);
      return access === undefined ? [] : oneHandedOver(read, access, from, to, member);
    }),
  );
  const support = memberships.find(({ conversation }) => isCase(conversation));
  return [...handed.flat(), ...(support === undefined ? [] : [supportBrought(to.id, support.conversation)])];
}

async function oneHandedOver(
  read: Reads,
  access: Access,
  from: UserRow,
  to: UserRow,
  member: MemberRow,
): Promise<Effect[]> {
  const { id, row, list, audience } = access;
  const before = await read.member(id, to.id);
  const [newest] = await read.page({ log: id, before: Number.MAX_SAFE_INTEGER, limit: 1 });
  // Whoever has said the last word has read all before it.
  const seen = newest?.by === from.id ? newest.seq : member.readSeq;
  const told = {
    ...{ rule: true, by: to.id, answers: false as const },
    ...(list === undefined ? {} : { list }),
    // Who shuts the visitor out hears nothing of whom he turns out to be.
    ...(audience === undefined ? {} : { audience: [to.id] }),
  };
  const leaves: Effect[] = [
    put({ table: 'member', row: { ...member, untilSeq: here } }),
    append(id, 'member.left', { person: personOf(from) }, told),
  ];
  if (before?.untilSeq !== undefined) return leaves;
  const role = before === undefined || before.role === 'member' ? member.role : before.role;
  const own: MemberRow = {
    ...(before ?? { ...member, user: to.id }),
    role,
    fromSeq: Math.min(before?.fromSeq ?? member.fromSeq, member.fromSeq),
    readSeq: Math.max(before?.readSeq ?? 0, seen),
    deliveredSeq: Math.max(before?.deliveredSeq ?? 0, member.deliveredSeq),
  };
  const joined = append(id, 'member.joined', { person: personOf(to), role }, { ...told, item: row.kind !== 'direct' });
  const changed = before?.role === role ? [] : [append(id, 'member.changed', { person: personOf(to), role }, told)];
  return [...leaves, put({ table: 'member', row: own }), ...(before === undefined ? [joined] : changed)];
}
