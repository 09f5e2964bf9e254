import type { Facts } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { type Tell, tell } from '../core/effect.ts';
import type { Reads } from '../core/reads.ts';
import type { MemberRow, StoredFact } from '../core/rows.ts';

/** How often a conversation is counted, milliseconds. */
export const countPause = 2_000;

/** The newest facts among which messages are counted. */
const looked = 20;

/** Messages of one author that are counted, the newest ones. */
const counted = 10;

type Count = Facts['marker.counted']['counts'][number];

/**
 * Tells each author of the newest messages how many of the others have got them and have read them; nobody else hears
 * of it. Nothing where the conversation is so small that each one is told by name, or too large to be counted.
 */
export async function countsForAuthors(read: Reads, conversation: string): Promise<readonly Tell[]> {
  const members = await crowdOf(read, conversation);
  if (members === undefined) return [];
  const newest = await read.page({ log: conversation, before: Number.MAX_SAFE_INTEGER, limit: looked });
  const messages = newest.filter(({ type }) => type === 'message.sent');
  return [...Map.groupBy(messages, ({ by }) => by)].map(([author, facts]) =>
    tell({ users: [author] }, 'marker.counted', { conversation, counts: countsOf(facts, author, members) }),
  );
}

/** The same for the sender alone: of his own messages among those that he is about to be shown. */
export async function countsForReader(
  read: Reads,
  conversation: string,
  reader: string,
  facts: readonly StoredFact[],
): Promise<readonly Tell[]> {
  const own = facts.filter(({ type, by }) => type === 'message.sent' && by === reader);
  const members = own.length === 0 ? undefined : await crowdOf(read, conversation);
  if (members === undefined) return [];
  return [tell('sender', 'marker.counted', { conversation, counts: countsOf(own, reader, members) })];
}

async function crowdOf(read: Reads, conversation: string): Promise<readonly MemberRow[] | undefined> {
  const members = await read.members(conversation, limits.counted + 1);
  return members.length > limits.marks && members.length <= limits.counted ? members : undefined;
}

/** A member who came later has not read what was said before him, wherever his mark stands. */
function countsOf(facts: readonly StoredFact[], author: string, members: readonly MemberRow[]): Count[] {
  const others = members.filter(({ user }) => user !== author);
  return facts.slice(-counted).map(({ seq }) => {
    const readers = others.filter(({ fromSeq }) => fromSeq < seq);
    const read = readers.filter(({ readSeq }) => readSeq >= seq).length;
    const delivered = readers.filter(({ readSeq, deliveredSeq }) => Math.max(readSeq, deliveredSeq) >= seq).length;
    return { seq, read, delivered };
  });
}
