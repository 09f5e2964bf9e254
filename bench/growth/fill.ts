import { uuidv7 } from '../../protocol/ids.ts';
import { random } from '../../server/bin/platform.ts';
import type { Append, Cursor, Put, Store, Unit } from '../../server/core/store.ts';

/** A conversation of two, and who they are. */
export interface Place {
  readonly id: string;
  readonly people: readonly [one: string, other: string];
}

/** About one line of a chat, 80 characters. */
export const text = 'The grey one is back in stock on Tuesday; shall I put one aside for you until? ok';

/** Units of one transaction: few fsyncs, and still little memory. */
const batch = 10_000;

/** When what is filled in was said, milliseconds since 1970; a second for each message. */
const began = 1_700_000_000_000;

/** How much a site holds before anybody talks. */
export interface SiteSize {
  readonly conversations: number;
  /** Messages of all conversations together; half of them stand in the first ten. */
  readonly messages: number;
}

/** Conversations that are long where a site has more than these. */
export const longOnes = 10;

/**
 * Puts places with their messages into a store by its own commit: the rows are those that as many actions would have
 * left, remembered ids included. Reactions are done and all is told.
 */
export async function fill(store: Store, places: readonly Place[], messages: number): Promise<void> {
  const [long, short] = [places.slice(0, longOnes), places.slice(longOnes)];
  await committed(store, places.length, (index) => begun(placeAt(places, index)));
  await committed(store, messages, (index) => {
    const turn = index >> 1;
    return index % 2 === 0 || short.length === 0 ? said(long, turn, index) : said(short, turn, index);
  });
  const cursors: Cursor[] = [];
  for (const { id: log } of places) {
    const { lastSeq = 0 } = (await store.log(log)) ?? {};
    cursors.push({ log, told: lastSeq, reacted: lastSeq });
  }
  await store.commit([], cursors);
}

/** The place whose turn it is. @throws RangeError where there is none */
export function placeAt<P extends Place>(places: readonly P[], turn: number): P {
  const place = places[turn % places.length];
  if (place === undefined) throw new RangeError('There is no place.');
  return place;
}

async function committed(store: Store, count: number, unitAt: (index: number) => Unit): Promise<void> {
  for (let from = 0; from < count; from += batch) {
    const units = Array.from({ length: Math.min(batch, count - from) }, (_, offset) => unitAt(from + offset));
    const outcomes = await store.commit(units, []);
    if (outcomes.some(({ kind }) => kind !== 'stored')) throw new Error('The store did not take what was filled in.');
  }
}

function begun({ id, people }: Place): Unit {
  const row = { id, kind: 'group', public: false } as const;
  const members = people.map((user): Put => {
    const marks = { fromSeq: 0, readSeq: 0, deliveredSeq: 0 };
    return { table: 'member', row: { conversation: id, user, role: 'member', ...marks } };
  });
  const created = appended(id, 'conversation.created', { kind: row.kind }, people[0], began);
  return {
    ...{ id: newId(began), digest: '', reads: [] },
    appends: [{ ...created, item: false, rule: true }],
    puts: [{ table: 'conversation', row }, ...members],
  };
}

/** One after the other speaks. */
function said(places: readonly Place[], turn: number, index: number): Unit {
  const { id, people } = placeAt(places, turn);
  const at = began + index * 1_000;
  const by = people[Math.floor(turn / places.length) % 2 === 0 ? 0 : 1];
  // As long as a digest of the friend's.
  const digest = index.toString(16).padStart(16, '0');
  const appends = [appended(id, 'message.sent', { text }, by, at)];
  return { device: `d_${by.slice(2)}`, id: newId(at), digest, reads: [], appends, puts: [], answer: 0 };
}

function appended(log: string, type: string, body: unknown, by: string, at: number): Append {
  return { log, type, at, by, body: JSON.stringify(body), item: true, rule: false };
}

function newId(at: number): string {
  return uuidv7(at, random.bytes(10));
}
