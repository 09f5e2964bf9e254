import type { Facts, Head } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { limits, utf8Length } from '../../protocol/limits.ts';
import type { Reads } from '../core/reads.ts';
import type { MemberRow, UserRow } from '../core/rows.ts';
import type { Access } from '../core/services.ts';
import { supportList } from './conversation-access.ts';
import { headOf } from './conversation-head.ts';

/** Bytes of the heads of one page: a list is one event, and a frame has to hold it. */
const bytesOfHeads = limits.frameBytes - 4_096;

/** Memberships among which a list is continued. */
const membershipsLooked = 1_000;

/** A place in a list: what was last used before this pair comes after it. */
interface Place {
  readonly at: number;
  readonly id: string;
}

/**
 * A page of the conversations that this user answers or is a member of, most recently used first. What a member has
 * pinned stands on the first pages.
 */
export async function listPage(
  read: Reads,
  user: UserRow,
  access: (id: string) => Promise<Access | undefined>,
  limit: number,
  before: string | undefined,
): Promise<Facts['conversation.listed']> {
  const cursor = before === undefined ? undefined : placeOf(before);
  const places =
    user.kind === 'colleague'
      ? await answered(read, user, limit + 1, cursor)
      : await joined(read, user, limit + 1, cursor);
  const heads: Head[] = [];
  let bytes = 0;
  let last: Place | undefined;
  for (const place of places.slice(0, limit)) {
    const head = await headAt(read, user, await access(place.id));
    bytes += head === undefined ? 0 : utf8Length(toJson(head)) + 1;
    if (bytes > bytesOfHeads && last !== undefined) break;
    if (head !== undefined) heads.push(head);
    last = place;
  }
  const isWhole = last === undefined || last.id === places.at(-1)?.id;
  return isWhole ? { conversations: heads } : { conversations: heads, next: `${last?.at} ${last?.id}` };
}

async function headAt(read: Reads, user: UserRow, access: Access | undefined): Promise<Head | undefined> {
  if (access === undefined) return undefined;
  const head = await headOf(read, user, access);
  // Somebody whom this user shuts out writes to nobody: there is nothing to list.
  return head.kind === 'direct' && head.line === undefined ? undefined : head;
}

/** What colleagues answer, and the conversations of this one's own between them by last use. */
async function answered(read: Reads, user: UserRow, limit: number, cursor: Place | undefined): Promise<Place[]> {
  const support = await read.listed(supportList, limit, cursor);
  const memberships = await read.memberships(user.id, membershipsLooked);
  const own: Place[] = [];
  for (const { conversation } of memberships) {
    if (own.length >= limit) break;
    const row = await read.log(conversation);
    if (row === undefined || row.list !== undefined) continue;
    if (cursor === undefined || isBefore(row, cursor)) own.push(row);
  }
  return [...support, ...own].sort((one, other) => (isBefore(one, other) ? 1 : -1)).slice(0, limit);
}

function isBefore(one: Place, other: Place): boolean {
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}

/** What is pinned first. Memberships have no place by time in the store; they continue after the one listed last. */
async function joined(read: Reads, user: UserRow, limit: number, cursor: Place | undefined): Promise<Place[]> {
  const memberships = await read.memberships(user.id, membershipsLooked);
  const isPinned = ({ prefs }: MemberRow): boolean => prefs?.pinned === true;
  const rows = [...memberships.filter(isPinned), ...memberships.filter((row) => !isPinned(row))];
  const ids = rows.map((row) => row.conversation);
  const from = cursor === undefined ? 0 : ids.indexOf(cursor.id) + 1;
  if (cursor !== undefined && from === 0) return [];
  return ids.slice(from, from + limit).map((id) => ({ id, at: 0 }));
}

function placeOf(text: string): Place {
  const [at = '', id = ''] = text.split(' ');
  return { at: Number(at) || 0, id };
}
