import { type Effect, put } from '../core/effect.ts';
import type { Reads } from '../core/reads.ts';
import type { UserRow } from '../core/rows.ts';

/** By user: the conversation for support that he brought along last, when a visitor turned out to be him. */
const brought = { plugin: 'conversations', scope: 'support' } as const;

/** From now on, `support` is this conversation for this user. */
export function supportBrought(user: string, conversation: string): Effect {
  return put({ table: 'state', row: { ...brought, key: user, value: conversation } });
}

/** Where a user's words for support go in place of a conversation of his own; nothing where he has brought none. */
export async function broughtBy(read: Reads, { id: user, kind }: UserRow): Promise<{ readonly id?: string }> {
  // Nobody turns out to be a visitor: most who write to support cost no look at the store.
  const id = kind === 'visitor' ? undefined : await read.state(brought.plugin, brought.scope, user);
  return id === undefined ? {} : { id };
}
