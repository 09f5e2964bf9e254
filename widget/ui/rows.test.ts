import { expect, test } from 'vitest';
import type { Conversation, Item, Waiting } from '../core/view.ts';
import { entriesOf, freshOf, type Row, type RowsInput, rowsOf } from './rows.ts';

const noon = new Date(2026, 10, 22, 12, 0).getTime();
const minute = 60_000;

function message(seq: number, by: string, at: number, re?: string): Item {
  return { kind: 'message', seq, at, by, text: `text ${seq}`, ...(re === undefined ? {} : { re }) };
}

function conversationWith(items: readonly Item[], more: Partial<Conversation> = {}): Conversation {
  const last = items.at(-1)?.seq ?? 0;
  return {
    id: 'c_1',
    kind: 'support',
    last,
    read: last,
    unread: 0,
    at: noon,
    member: true,
    people: [],
    items,
    from: 1,
    to: last,
    more: false,
    ready: true,
    fetching: false,
    typing: [],
    got: {},
    ...more,
  };
}

interface Given extends Partial<RowsInput> {
  readonly waiting?: readonly Waiting[];
  /** How far one had read, and how far the conversation had got, when the list was opened. */
  readonly read?: number;
  readonly last?: number;
}

function rowsFor(items: readonly Item[], { waiting = [], read = 99, last = 99, ...input }: Given = {}): Row[] {
  const { conversation = conversationWith(items) } = input;
  const entries = entriesOf({ conversation, waiting, me: 'me' });
  const fresh = freshOf({ items, read, last }, 'me');
  const span = { from: 0, to: Number.POSITIVE_INFINITY };
  return rowsOf({ conversation, entries, me: 'me', span, fresh, lastAtStart: last, clockOffset: 0, ...input });
}

function waits(id: string, state: Waiting['state'] = 'sending'): Waiting {
  return { id, ref: 'support', text: 'waits', at: noon, state };
}

/** Rows in short: `day`, `fresh`, `event`, or a message as `[` opens, id, `]` closes its group. */
function inShort(rows: readonly Row[]): string {
  return rows
    .map((row) => (row.kind === 'message' ? `${row.first ? '[' : ''}${row.id}${row.last ? ']' : ''}` : row.kind))
    .join(' ');
}

test('groups by person within three minutes', () => {
  const items = [
    message(1, 'ann', noon),
    message(2, 'ann', noon + 2 * minute),
    message(3, 'ann', noon + 5 * minute),
    message(4, 'me', noon + 5 * minute),
  ];

  const rows = rowsFor(items);

  expect(inShort(rows)).toBe('day [1 2] [3] [4]');
});

test('marks each day once', () => {
  const items = [message(1, 'ann', noon - 1440 * minute), message(2, 'ann', noon), message(3, 'me', noon + minute)];

  const rows = rowsFor(items);

  expect(inShort(rows)).toBe('day [1] day [2] [3]');
});

test('draws what waits after the items, and not twice when it has arrived', () => {
  const items = [message(1, 'me', noon, 'a1')];

  const rows = rowsFor(items, { waiting: [waits('a1'), waits('a2')] });

  expect(inShort(rows)).toBe('day [a1 a2]');
});

test('keeps the id of a message when it is stored', () => {
  const before = rowsFor([], { waiting: [waits('a1')] });

  const after = rowsFor([message(1, 'me', noon, 'a1')]);

  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

test('lets a message that failed stand alone, so that its way out stands beside it', () => {
  const rows = rowsFor([], { waiting: [waits('a1', 'failed'), waits('a2')] });

  expect(inShort(rows)).toBe('day [a1] [a2]');
});

test('puts what waits on the clock of the friend', () => {
  const rows = rowsFor([], { waiting: [waits('a1')], clockOffset: 5 * minute });

  expect(rows.at(-1)).toMatchObject({ at: noon + 5 * minute });
});

test('says of own messages how far they have got with another person', () => {
  const items = [message(1, 'me', noon), message(2, 'me', noon), message(3, 'me', noon)];
  const conversation = conversationWith(items, { got: { ann: { read: 1, delivered: 2 } } });

  const rows = rowsFor(items, { conversation });

  expect(rows.map((row) => (row.kind === 'message' ? row.progress : row.kind))).toEqual([
    'day',
    'read',
    'delivered',
    'stored',
  ]);
});

test('marks once where the unread ones of others begin', () => {
  const items = [1, 2, 3, 4, 5].map((seq) => message(seq, seq === 3 ? 'me' : 'ann', noon));

  const rows = rowsFor(items, { read: 2, last: 4 });

  expect(inShort(rows)).toBe('day [1 2] [3] fresh [4 5]');
});

test('marks nothing as new for somebody who has never read here', () => {
  const rows = rowsFor([message(1, 'ann', noon)], { read: 0, last: 1 });

  expect(inShort(rows)).toBe('day [1]');
});

test('says who joined, but not to oneself, except in a group', () => {
  const person = { id: 'me', name: 'Me', kind: 'visitor', verified: false } as const;
  const items: Item[] = [
    { kind: 'joined', seq: 1, at: noon, by: 'me', person },
    { kind: 'joined', seq: 2, at: noon, by: 'ann', person: { ...person, id: 'ann' } },
  ];

  expect(inShort(rowsFor(items))).toBe('day event');
  expect(inShort(rowsFor(items, { conversation: conversationWith(items, { kind: 'group' }) }))).toBe('day event event');
});

test('draws the rows of a stretch as they are among all the others', () => {
  const person = { id: 'ann', name: 'Ann', kind: 'visitor', verified: false } as const;
  const days = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2];
  const items = days.map((day, index): Item => {
    const [seq, at] = [index + 1, noon + (1440 * day + index) * minute];
    if (index % 4 === 1) return { kind: 'joined', seq, at, by: index === 5 ? 'ann' : 'me', person };
    return message(seq, index % 5 === 4 ? 'me' : 'ann', at);
  });
  const input = { waiting: [waits('a1'), waits('a2')], read: 3, last: 8 };
  const count = items.length + input.waiting.length;
  const whole = rowsFor(items, input);
  const ids = (rows: readonly Row[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

  for (let cut = 0; cut <= count; cut += 1) {
    const above = rowsFor(items, { ...input, span: { from: 0, to: cut } });
    const below = rowsFor(items, { ...input, span: { from: cut, to: count } });
    expect(ids([...above, ...below])).toBe(ids(whole));
  }
});

test('says in a crowd how many have read a message: no fewer than a newer one, and no number while nobody has', () => {
  const items = [message(1, 'me', noon), message(2, 'me', noon), message(3, 'me', noon)];
  const counts = { 1: { delivered: 9, read: 5 }, 2: { delivered: 9, read: 7 }, 3: { delivered: 8, read: 0 } };

  const rows = rowsFor(items, { conversation: conversationWith(items, { counts }) });

  expect(rows.flatMap((row) => (row.kind === 'message' ? [[row.progress, row.readers]] : []))).toEqual([
    ['read', 7],
    ['read', 7],
    ['delivered', 0],
  ]);
});
