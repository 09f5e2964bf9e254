import type { Person } from '../../protocol/facts.ts';
import type { Conversation, Item, Waiting } from '../core/view.ts';
import type { Span } from './span.ts';
import { dayOf } from './times.ts';

/** How far a message of one's own has got. */
export type Progress = Waiting['state'] | 'stored' | 'delivered' | 'read';

/**
 * One line of the message list, drawn by itself. `id` stays the same when a waiting message is stored. What has an
 * `entry` is one; the others are marks above the next one.
 */
export type Row =
  | { readonly kind: 'day'; readonly id: string; readonly at: number }
  | { readonly kind: 'fresh'; readonly id: string }
  | { readonly kind: 'joined'; readonly id: string; readonly entry: Entry; readonly person: Person }
  | MessageRow;

/** The name of an entry of the list: an item's seq, or the id of a message that waits. */
export type Entry = number | string;

export interface MessageRow {
  readonly kind: 'message';
  readonly id: string;
  readonly entry: Entry;
  /** The user who wrote it; absent for one's own messages that wait. */
  readonly by: string | undefined;
  readonly own: boolean;
  readonly text: string;
  readonly at: number;
  /** Opens and closes a group of one person within three minutes. */
  readonly first: boolean;
  readonly last: boolean;
  /** Only for one's own. */
  readonly progress: Progress | undefined;
  /** How many others have read it, in a crowd; 0 where nobody counts. */
  readonly readers: number;
  /** It came while the list was being watched, so it may enter with a movement. */
  readonly live: boolean;
}

export interface RowsInput {
  readonly conversation: Conversation | undefined;
  /** What waits for this conversation and has not arrived, oldest first: it stands behind the items. */
  readonly waiting: readonly Waiting[];
  readonly me: string | undefined;
  /** Which entries, items and what waits, are wanted. */
  readonly span: Span;
  /** The newest seq that had been read when the list was opened; the mark “New” stands behind it. */
  readonly readAtStart: number;
  /** The newest seq there was when the list was opened. */
  readonly lastAtStart: number;
  /** What is newer came while the newest was being watched. */
  readonly watchedAfter: number;
  /** Added to this device's clock to get the friend's. */
  readonly clockOffset: number;
}

type FreshInput = Pick<RowsInput, 'conversation' | 'me' | 'readAtStart' | 'lastAtStart'>;

const groupGap = 180_000;

/**
 * Puts items and waiting messages into rows: by seq, then what waits, with marks between days and groups by person. The
 * rows of a span are the same as they are among all the others.
 */
export function rowsOf(input: RowsInput): Row[] {
  const { span, waiting } = input;
  const items = input.conversation?.items ?? [];
  const fresh = freshOf(input);
  const rows: Row[] = [];
  let start = Number.POSITIVE_INFINITY;
  let end = start;
  const count = items.length + waiting.length;
  // One further entry decides whether the last one closes its group.
  for (let index = neighbourOf(span.from, input); index < count && rows.length <= end; index += 1) {
    if (index === span.from) start = rows.length;
    if (index === span.to) end = rows.length;
    const item = items[index];
    const waits = waiting[index - items.length];
    if (waits) pushWaiting(rows, waits, input);
    if (item && isDrawn(item, input)) pushItem(rows, item, item === fresh, input);
  }
  return rows.slice(start, end);
}

/** Where the mark “New” stands: the first item that was unread when the list was opened. */
export function freshOf({ conversation, me, readAtStart, lastAtStart }: FreshInput): Item | undefined {
  if (readAtStart === 0) return undefined;
  return conversation?.items.find(
    ({ kind, by, seq }) => kind === 'message' && by !== me && seq > readAtStart && seq <= lastAtStart,
  );
}

/** What waits without what has arrived meanwhile. */
export function unarrived(waiting: readonly Waiting[], items: readonly Item[]): readonly Waiting[] {
  return waiting.filter(({ id }) => !items.some((item) => item.kind === 'message' && item.re === id));
}

/** The entry before the span that decides on the marks and the group of its first one. */
function neighbourOf(from: number, input: RowsInput): number {
  let index = from - 1;
  for (; index > 0; index -= 1) {
    const item = input.conversation?.items[index];
    if (!item || isDrawn(item, input)) break;
  }
  return Math.max(0, index);
}

function isDrawn({ kind, by }: Item, { conversation, me }: RowsInput): boolean {
  return kind !== 'joined' || by !== me || conversation?.kind === 'group';
}

function pushItem(rows: Row[], item: Item, isFresh: boolean, { conversation, me, watchedAfter }: RowsInput): void {
  const { seq: entry, at, by } = item;
  pushDay(rows, at);
  if (isFresh) rows.push({ kind: 'fresh', id: 'fresh' });
  if (item.kind === 'joined') {
    rows.push({ kind: 'joined', id: `${entry}`, entry, person: item.person });
    return;
  }
  const own = by === me;
  const { progress, readers } = own ? reachOf(entry, conversation) : unreached;
  const live = entry > watchedAfter;
  pushMessage(rows, { id: item.re ?? `${entry}`, entry, by, own, text: item.text, at, progress, readers, live });
}

function pushWaiting(rows: Row[], waits: Waiting, { me, clockOffset }: RowsInput): void {
  const { id, text, state: progress } = waits;
  const at = waits.at + clockOffset;
  pushDay(rows, at);
  pushMessage(rows, { id, entry: id, by: me, own: true, text, at, progress, readers: 0, live: true });
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
