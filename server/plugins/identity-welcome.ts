import { version } from '../../protocol/limits.ts';
import { answer, type Effect } from '../core/effect.ts';
import { takesPart } from '../core/membership.ts';
import { personOf } from '../core/person.ts';
import type { Reads } from '../core/reads.ts';
import type { LoginRow, UserRow } from '../core/rows.ts';
import type { Effects, OpenContext } from '../core/rule.ts';

/** Conversations that a connection hears from its first moment; those beyond are heard when they are opened. */
const heardAtOnce = 1_000;

/** The sender's connection hears the conversations of this user. */
export async function heardBy(read: Reads, user: UserRow): Promise<Effects> {
  const memberships = await read.memberships(user.id, heardAtOnce);
  return memberships.flatMap((row): Effect[] =>
    takesPart(row, user) ? [{ do: 'hear', topic: row.conversation }] : [],
  );
}

/** The sender's connection is open, and this user's for as long as the device is. */
export async function welcome(
  context: OpenContext,
  user: UserRow,
  { device, until }: Pick<LoginRow, 'device' | 'until'>,
): Promise<Effects> {
  return [
    { do: 'bind', user, device, ...(until === undefined ? {} : { until }) },
    ...(await heardBy(context.read, user)),
    answer('connection.opened', { version, user: personOf(user), now: context.now }),
  ];
}
