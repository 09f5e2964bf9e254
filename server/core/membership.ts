import { append, put } from './effect.ts';
import { here } from './here.ts';
import { personOf } from './person.ts';
import type { ConversationRow, MemberRow, UserRow } from './rows.ts';
import type { Effects } from './rule.ts';
import { isCase } from './support-case.ts';

/** How somebody comes into a conversation. */
export interface Coming {
  readonly role: string;
  readonly now: number;
  /** How far he had read before, as a passer-by. */
  readonly readSeq?: number;
  /** Who alone is to know; all readers where absent. */
  readonly audience?: readonly string[];
  readonly list?: string;
}

/** `user` is a member from here on, and sees what the conversation's history setting gives him. */
export function joined(row: ConversationRow, user: UserRow, coming: Coming): Effects {
  const { role, now, readSeq = 0, audience, list } = coming;
  const fromSeq = row.settings?.history === 'joined' ? here : 0;
  const member = { conversation: row.id, user: user.id, role, since: now, fromSeq, readSeq, deliveredSeq: 0 };
  const told = { ...(audience === undefined ? {} : { audience }), ...(list === undefined ? {} : { list }) };
  const item = row.kind === 'group' || role === 'colleague';
  return [
    put({ table: 'member', row: member }),
    append(row.id, 'member.joined', { person: personOf(user), role }, { rule: true, item, ...told }),
  ];
}

/** `user` has this role from here on. */
export function promoted(member: MemberRow, user: UserRow, role: string, now: number): Effects {
  return [
    put({ table: 'member', row: { ...member, role, since: now } }),
    append(member.conversation, 'member.changed', { person: personOf(user), role }, { rule: true, item: true }),
  ];
}

/** Whether a member still takes part: who answered for the site does so no more once he is no colleague. */
export function takesPart(
  { conversation, role }: Pick<MemberRow, 'conversation' | 'role'>,
  { kind }: Pick<UserRow, 'kind'>,
): boolean {
  return role !== 'colleague' || kind === 'colleague' || !isCase(conversation);
}
