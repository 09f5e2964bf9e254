import type { Reads } from './reads.ts';
import type { UserRow } from './rows.ts';

const prefix = 'c_support_';

/** Whether a conversation is one of a visitor with support: to colleagues, a case. */
export function isCase(conversation: string): boolean {
  return conversation.startsWith(prefix);
}

/** The user who began a case. */
export function visitorOf(conversation: string): string {
  return isCase(conversation) ? `u_${conversation.slice(prefix.length)}` : conversation;
}

/** Who asks: the visitor, or whom he turned out to be. */
export async function askerOf(read: Pick<Reads, 'user'>, visitor: string): Promise<UserRow | undefined> {
  const user = await read.user(visitor);
  return user?.mergedInto === undefined ? user : ((await read.user(user.mergedInto)) ?? user);
}
