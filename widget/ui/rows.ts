import type { Person } from '../../protocol/facts.ts';
import type { Conversation, Item, Waiting } from '../core/view.ts';
import { dayOf } from './times.ts';

/** How far a message of one's own has got. */
export type Progress = Waiting['state'] | 'stored' | 'delivered' | 'read';

/** One line of the message list, drawn by itself. `id` stays the same when a waiting message is stored. */
export type Row =
  | { readonly kind: 'day'; readonly id: string; readonly at: number }
  | { readonly kind: 'fresh'; readonly id: string }
  | { readonly kind: 'joined'; readonly id: string; readonly person: Person }
  | MessageRow;

export interface MessageRow {
  readonly kind: 'message';
  readonly id: string;
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
  /** It came while the list was being watched, so it may enter with a movement. */
  readonly live: boolean;
}

export interface RowsInput {
  readonly conversation: Conversation | undefined;
  /** What waits for this conversation, oldest first. */
  readonly waiting: readonly Waiting[];
  readonly me: string | undefined;
  /** The newest seq that had been read when the list was opened; the mark “New” stands behind it. */
  readonly readAtStart: number;
  /** The newest seq there was when the list was opened. */
  readonly lastAtStart: number;
  /** Added to this device's clock to get the friend's. */
  readonly clockOffset: number;
}

const groupGap = 180_000;

/** Puts items and waiting messages into rows: by seq, then what waits, with marks between days and groups by person. */
export function rowsOf(input: RowsInput): Row[] {
  const { conversation, me } = input;
  const readTo = othersGot(conversation, 'read');
  const deliveredTo = othersGot(conversation, 'delivered');
  const rows: Row[] = [];
  const arrived = new Set<string>();
  let marked = false;
  for (const item of conversation?.items ?? []) {
    if (item.kind === 'message' && item.re) arrived.add(item.re);
    const own = item.by === me;
    if (item.kind === 'joined' && own && conversation?.kind !== 'group') continue;
    pushDay(rows, item.at);
    if (!marked && isUnread(item, own, input)) {
      marked = true;
      rows.push({ kind: 'fresh', id: 'fresh' });
    }
    if (item.kind === 'joined') rows.push({ kind: 'joined', id: `${item.seq}`, person: item.person });
    else {
      const progress = own ? progressOf(item.seq, readTo, deliveredTo) : undefined;
      const { by, text, at } = item;
      const live = item.seq > input.lastAtStart;
      pushMessage(rows, { id: item.re ?? `${item.seq}`, by, own, text, at, progress, live });
    }
  }
  for (const { id, text, state: progress, ...one } of input.waiting) {
    if (arrived.has(id)) continue;
    const at = one.at + input.clockOffset;
    pushDay(rows, at);
    pushMessage(rows, { id, by: me, own: true, text, at, progress, live: true });
  }
  return rows;
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

function isUnread(item: Item, own: boolean, { readAtStart, lastAtStart }: RowsInput): boolean {
  return item.kind === 'message' && !own && readAtStart > 0 && item.seq > readAtStart && item.seq <= lastAtStart;
}

function progressOf(seq: number, readTo: number, deliveredTo: number): Progress {
  if (seq <= readTo) return 'read';
  return seq <= deliveredTo ? 'delivered' : 'stored';
}

function othersGot(conversation: Conversation | undefined, mark: 'read' | 'delivered'): number {
  return Math.max(0, ...Object.values(conversation?.got ?? {}).map((got) => got[mark]));
}
