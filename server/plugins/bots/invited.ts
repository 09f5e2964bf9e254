import type { Facts } from '../../../protocol/facts.ts';
import { append, put } from '../../core/effect.ts';
import { joined } from '../../core/membership.ts';
import type { Reads } from '../../core/reads.ts';
import { inviteSlot } from '../../core/relation-kinds.ts';
import type { CommittedFact, Effects } from '../../core/rule.ts';
import type { Services } from '../../core/services.ts';
import type { Bot } from './bot.ts';
import { keep, rowOf } from './place.ts';

/** What the taking of an invitation rests on. */
interface Invited {
  readonly read: Reads;
  readonly now: number;
  readonly bot: Bot;
  readonly conversations: Services['conversations'];
}

/** A bot that comes into groups takes the invitation at once; any other leaves it. */
export async function accepted(
  { read, now, bot, conversations }: Invited,
  { log, body }: Pick<CommittedFact<'invite.changed'>, 'log' | 'body'>,
): Promise<Effects> {
  const { conversation, invite } = body as Facts['invite.changed'];
  const row = invite === undefined || bot.groups !== true ? undefined : await read.conversation(conversation);
  const waits = (await read.relation(conversation, bot.user)).some(({ slot }) => slot === inviteSlot);
  const member = await read.member(conversation, bot.user);
  if (row === undefined || !waits || (member !== undefined && member.untilSeq === undefined)) return [];
  const role = await conversations.roleOnEntry(read, row, rowOf(bot));
  return [
    ...(await keep(read, bot)),
    put({ table: 'unrelate', row: { owner: conversation, other: bot.user, slot: inviteSlot } }),
    append(log, 'invite.changed', { conversation }, { rule: true, by: bot.user }),
    ...joined(row, rowOf(bot), { role, now }).map((one) => (one.do === 'append' ? { ...one, by: bot.user } : one)),
  ];
}
