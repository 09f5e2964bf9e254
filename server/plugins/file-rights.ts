import { Extras, type FileInfo } from '../../protocol/extras.ts';
import type { Facts } from '../../protocol/facts.ts';
import type { Reads } from '../core/reads.ts';
import type { FileRow, UserRow } from '../core/rows.ts';
import type { Services } from '../core/services.ts';

/** Whether this user has offered the file, also as the visitor that he was before he signed in. */
export async function isHis(read: Reads, { by }: FileRow, user: UserRow): Promise<boolean> {
  return by === user.id || (await read.user(by))?.mergedInto === user.id;
}

/** A file as a message tells of it. */
export function infoOf({ id, name, type, size, width, height }: FileRow): FileInfo {
  const shape = width === undefined || height === undefined ? {} : { width, height };
  return { id, name, type, size, ...shape };
}

/** Of these files, those whose bytes are all there and that this user may see at `now`. */
export async function seenBy(
  { read, user, now, conversations }: Looking,
  ids: readonly string[],
): Promise<readonly FileRow[]> {
  const access = new Map<string, boolean>();
  const seen: FileRow[] = [];
  for (const id of new Set(ids)) {
    const row = await read.file(id);
    if (row?.readyAt === undefined) continue;
    const { log, seq } = row;
    if (log === undefined || seq === undefined) {
      if (await isHis(read, row, user)) seen.push(row);
      continue;
    }
    const reads = access.get(log) ?? (await conversations.access(read, user, log, now))?.reads === true;
    access.set(log, reads);
    if (reads && (await isIn(read, user, { id, log, seq }))) seen.push(row);
  }
  return seen;
}

/** Who looks at files, and when. */
export interface Looking {
  readonly read: Reads;
  readonly user: UserRow;
  readonly now: number;
  readonly conversations: Services['conversations'];
}

/** Whether the message that has the file is one that this user may see, and still has it. */
async function isIn(
  read: Reads,
  user: UserRow,
  { id, log, seq }: Readonly<Record<'id' | 'log', string>> & { seq: number },
): Promise<boolean> {
  const [fact] = await read.page({ log, after: seq - 1, upTo: seq, limit: 1, reader: user.id });
  if (fact?.type !== 'message.sent') return false;
  const { deleted, extras } = JSON.parse(fact.body) as Facts['message.sent'];
  return deleted !== true && Extras.read(extras)?.files?.some((file) => file.id === id && file.gone !== true) === true;
}
