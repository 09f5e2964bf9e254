import type { Facts } from '../../protocol/facts.ts';
import type { Effect } from '../core/effect.ts';
import type { Reads } from '../core/reads.ts';
import type { StoredFact } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import type { Access } from '../core/services.ts';

/** A message as it is stored. */
export interface Message extends Pick<StoredFact, 'by' | 'audience'> {
  readonly place: Pick<StoredFact, 'log' | 'seq'>;
  readonly body: Facts['message.sent'];
}

/** The message at `seq` that `reader` may see; undefined where there is none. */
export async function messageAt(
  read: Reads,
  { id, exists, reads }: Access,
  seq: number,
  reader: string,
): Promise<Message | undefined> {
  if (!exists || !reads || seq === 0) return undefined;
  const [fact] = await read.page({ log: id, after: seq - 1, upTo: seq, limit: 1, reader });
  if (fact?.type !== 'message.sent') return undefined;
  const { audience } = fact;
  // What he said as a visitor, before he signed in, is his.
  const author = fact.by === reader ? undefined : await read.user(fact.by);
  const by = author?.mergedInto === reader ? reader : fact.by;
  return { by, place: { log: id, seq }, body: JSON.parse(fact.body), ...(audience === undefined ? {} : { audience }) };
}

/**
 * Tells the change to all who may see the message, and rewrites what is stored. Who is shut out since he wrote it
 * alters it for himself alone: the others keep what they have.
 */
export function changed(
  { audience }: Access,
  message: Message,
  change: Extract<Effect, { do: 'append' }>,
  rewritten: Effects,
): Effects {
  const seenBy = message.audience ?? audience;
  const told = seenBy === undefined ? change : { ...change, audience: seenBy };
  const isForHimself = message.audience === undefined && audience !== undefined;
  return isForHimself ? [told] : [...rewritten, told];
}
