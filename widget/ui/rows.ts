import type { Conversation, Item, Waiting } from '../core/view.ts';
import type { Span } from './span.ts';
import { dayOf } from './times.ts';

/** How far a message of one's own has got. */
export type Progress = Waiting['state'] | 'stored' | 'delivered' | 'read';

/**
 * One line of the message list, drawn by itself. `id` stays the same when a waiting message is stored. A day and
 * “New” are marks above the next entry; each of the others is an entry.
 */
export type Row =
  | { readonly kind: 'day'; readonly id: string; readonly at: number }
  | { readonly kind: 'fresh'; readonly id: string }
  | { readonly kind: 'event'; readonly id: string; readonly item: EventItem }
  | MessageRow;

/** What happened beside what was said. */
export type EventItem = Exclude<Item, { kind: 'message' }>;

/** What the list is made of: an item, or a message that waits. */
export type Entry = Item | Waiting;

export interface MessageRow {
  readonly kind: 'message';
  readonly id: string;
  /** The user who wrote it; absent for one's own messages that wait. */
  readonly by: string | undefined;
  readonly own: boolean;
  readonly text: string;
  /** Its place in the log; 0 while it waits. */
  readonly seq: number;
  /** What it has beside its words; nothing once it is taken away. */
  readonly extras: unknown;
  readonly at: number;
  /** Opens and closes a group of one person within three minutes. */
  readonly first: boolean;
  readonly last: boolean;
  /** Only for one's own. */
  readonly progress: Progress | undefined;
  readonly edited: boolean;
  readonly deleted: boolean;
  /** How many others have read it, in a crowd; 0 where nobody counts. */
  readonly readers: number;
  /** It came while the list was being watched, so it may enter with a movement. */
  readonly live: boolean;
}

export interface EntriesInput {
  readonly conversation: Conversation | undefined;
  /** What waits for this conversation, oldest first. */
  readonly waiting: readonly Waiting[];
  readonly me: string | undefined;
}

export interface RowsInput extends Omit<EntriesInput, 'waiting'> {
  readonly entries: readonly Entry[];
  /** Which of them are wanted. */
  readonly span: Span;
  /** The one behind the mark “New”. */
  readonly fresh: Entry | undefined;
  /** The newest seq there was when the list was opened. */
  readonly lastAtStart: number;
  /** Added to this device's clock to get the friend's. */
  readonly clockOffset: number;
}

const groupGap = 180_000;

/** All that is drawn by itself, oldest first: items, then what waits and has not arrived. */
export function entriesOf({ conversation, waiting, me }: EntriesInput): Entry[] {
  const items = conversation?.items ?? [];
  const isDrawn = ({ kind, by }: Item): boolean => kind !== 'joined' || by !== me || conversation?.kind === 'group';
  const has = (id: string): boolean => items.some((item) => item.kind === 'message' && item.re === id);
  return [...items.filter(isDrawn), ...waiting.filter(({ id }) => !has(id))];
}

/** What an entry is called, also after it was stored: the id of the action that sent it, or its seq. */
export function keyOf(entry: Entry): string | number {
  if ('state' in entry) return entry.id;
  return (entry.kind === 'message' && entry.re) || entry.seq;
}

/** The first message that was unread when the list was opened: `read` and `last` are of then. */
export function freshOf(
  { items, read, last }: Pick<Conversation, 'items' | 'read' | 'last'>,
  me: string | undefined,
): Item | undefined {
  const unread = items.slice(items.findLastIndex(({ seq }) => seq <= read) + 1);
  return unread.find(({ kind, by, seq }) => read > 0 && seq <= last && kind === 'message' && by !== me);
}

/**
 * Puts entries into rows, with marks between days and groups by person. The rows of a span are the same as they are
 * among all the others.
 */
export function rowsOf({ conversation, entries, me, span, fresh, lastAtStart, clockOffset }: RowsInput): Row[] {
  const rows: Row[] = [];
  const start = Math.max(0, span.from - 1);
  let [first, end] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  // Its neighbours decide on the marks and groups at both ends.
  entries.slice(start, span.to + 1).forEach((entry, offset) => {
    const index = start + offset;
    if (index === span.from) first = rows.length;
    if (index === span.to) end = rows.length;
    const waits = 'state' in entry;
    const id = `${keyOf(entry)}`;
    const own = waits || entry.by === me;
    const at = entry.at + (waits ? clockOffset : 0);
    pushDay(rows, at);
    if (entry === fresh) rows.push({ kind: 'fresh', id: 'fresh' });
    if (!waits && entry.kind !== 'message') rows.push({ kind: 'event', id, item: entry });
    else {
      const { text, extras } = entry;
      const { progress, readers } = waits
        ? { progress: entry.state, readers: 0 }
        : own
          ? reachOf(entry.seq, conversation)
          : unreached;
      const live = waits || entry.seq > lastAtStart;
      const [edited, deleted] = waits ? [false, false] : [entry.edited !== undefined, entry.deleted === true];
      const [by, seq] = waits ? [me, 0] : [entry.by, entry.seq];
      pushMessage(rows, { id, by, own, text, seq, extras, at, progress, edited, deleted, readers, live });
    }
  });
  return rows.slice(first, end);
}

function pushMessage(rows: Row[], message: Omit<MessageRow, 'kind' | 'first' | 'last'>): void {
  const before = rows.at(-1);
  const goesOn =
    before?.kind === 'message' &&
    before.own === message.own &&
    before.by === message.by &&
    before.progress !== 'failed' &&
    message.at - before.at < groupGap;
  if (goesOn) rows[rows.length - 1] = { ...before, last: false };
  rows.push({ kind: 'message', ...message, first: !goesOn, last: true });
}

function pushDay(rows: Row[], at: number): void {
  const before = rows.findLast((row) => row.kind === 'message' || row.kind === 'day');
  const day = dayOf(at);
  if (!before || dayOf(before.at) < day) rows.push({ kind: 'day', id: `day ${day}`, at });
}

const unreached = { progress: undefined, readers: 0 };

/** How far a message of one's own has got: with whom, or in a crowd with how many. */
function reachOf(seq: number, conversation: Conversation | undefined): Pick<MessageRow, 'progress' | 'readers'> {
  const got = Object.values(conversation?.got ?? {});
  // Who has read a message has read those before it.
  const counts = Object.entries(conversation?.counts ?? {}).flatMap(([of, count]) => (seq <= +of ? count : []));
  const readers = Math.max(0, ...counts.map(({ read }) => read));
  if (readers > 0 || got.some(({ read }) => seq <= read)) return { progress: 'read', readers };
  const arrived = counts.some(({ delivered }) => delivered > 0) || got.some(({ delivered }) => seq <= delivered);
  return { progress: arrived ? 'delivered' : 'stored', readers };
}
