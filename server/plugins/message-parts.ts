import type { Actions } from '../../protocol/actions.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { Extras } from '../../protocol/extras.ts';
import type { Reads } from '../core/reads.ts';
import type { UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Access, Services } from '../core/services.ts';
import { messageAt } from './message-change.ts';

/** What one message has beside its words, and what is stored with it. */
export type Parts = { readonly extras: Extras; readonly effects: Effects } | ErrorCode;

/** What a look at the parts of a message rests on. */
export interface Composing {
  readonly read: Reads;
  readonly user: UserRow;
  readonly now: number;
  readonly access: Access;
  readonly conversations: Services['conversations'];
  /** Absent where no plugin offers it. */
  readonly files: Services['files'] | undefined;
}

/**
 * Checks what a message names beside its words; an error code where one of it is not there for this user. The words of the
 * message that it answers are not copied: who takes them away takes them away everywhere.
 */
export async function partsOf(composing: Composing, body: Actions['message.send']): Promise<Parts> {
  const { read, user, access, files } = composing;
  const { reply, mentions, files: ids } = body;
  if (reply !== undefined && (await messageAt(read, access, reply, user.id)) === undefined) return 'not_found';
  const named = [...new Set(mentions)];
  const known = await Promise.all(named.map((id) => mayRead(composing, id)));
  if (known.includes(false)) return 'not_found';
  const attached = ids && (await files?.attached(read, user, access.id, ids));
  if (attached === 'early') return 'early';
  if (ids !== undefined && attached === undefined) return 'not_found';
  const extras = {
    ...(reply === undefined ? {} : { reply }),
    ...(named.length === 0 ? {} : { mentions: named }),
    ...(attached === undefined ? {} : { files: [...attached.infos] }),
  };
  return { extras, effects: attached?.effects ?? [] };
}

/** Whether somebody reads what is said here, or will when it has begun. */
async function mayRead({ read, now, access, conversations }: Composing, id: string): Promise<boolean> {
  const row = await read.user(id);
  const theirs = row && (await conversations.access(read, row, access.id, now));
  return theirs?.reads === true;
}
