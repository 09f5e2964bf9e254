import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Hits, Store } from '../core/store.ts';
import { termsOf } from '../core/words.ts';
import { type RecordedLog, recordedLog } from '../transports/event-recorder.ts';
import { type HandClock, handClock } from '../transports/hand-clock.ts';
import { anAppend } from './contract-rows.ts';
import { sqliteStore } from './sqlite.ts';

let store: Store;
let clock: HandClock;
let log: RecordedLog;

beforeEach(async () => {
  clock = handClock();
  log = recordedLog();
  store = sqliteStore({ path: ':memory:', clock, log });
  await store.open();
});

afterEach(() => store.close());

async function saying(texts: readonly string[], log = 'c_1'): Promise<void> {
  const appends = texts.map((text) => anAppend({ log, body: JSON.stringify({ text }) }));
  await store.commit([{ id: 'fill', digest: '', reads: [], appends, puts: [] }], []);
}

function find(text: string, logs: readonly string[] = ['c_1'], before?: string): Promise<Hits | 'later'> {
  const query = { terms: termsOf(text), logs, reader: 'u_ann', limit: 2 };
  return store.find(before === undefined ? query : { ...query, before });
}

function seqsOf(found: Hits | 'later'): readonly number[] | 'later' {
  return found === 'later' ? found : found.hits.map(({ fact }) => fact.seq);
}

const noise = Array.from({ length: 2_000 }, (_, index) => `noise ${index}`);

test('answers from the newest messages at once, and for older ones asks to wait until they are gathered', async () => {
  await saying(['an old biscuit', ...noise]);

  const newest = await find('noise');
  const early = await find('biscuit');
  clock.advance(1_000);
  const later = await find('biscuit');

  expect(seqsOf(newest)).toEqual([2_001, 2_000]);
  expect([seqsOf(early), seqsOf(later)]).toEqual(['later', [1]]);
  expect(clock.due()).toEqual([]);
});

test('gathers no words before somebody has searched, and then those of what is said soon after it', async () => {
  await saying(['a biscuit']);
  const before = clock.due();
  await find('biscuit');
  await saying(noise);

  const due = clock.due();
  clock.advance(2_000);

  expect([before, due.length]).toEqual([[], 1]);
  expect([seqsOf(await find('biscuit')), seqsOf(await find('noise 1999'))]).toEqual([[1], [2_001]]);
});

test('goes on gathering where it was when the file was closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-words-'));
  const path = join(folder, 'befriend.sqlite');
  store = sqliteStore({ path, clock });
  await store.open();
  await saying(['an old biscuit', ...noise]);
  const steps = [];

  for (let step = 0; step < 3; step++) {
    steps.push(seqsOf(await find('biscuit')));
    await store.close();
    await store.open();
  }

  rmSync(folder, { recursive: true });
  expect(steps).toEqual(['later', 'later', [1]]);
});

test('looks at a bounded number of messages where the logs are many, and goes on after them', async () => {
  await saying(['a rare thing'], 'c_9');
  await saying(noise.map(() => 'a thing'));
  const logs = Array.from({ length: 30 }, (_, index) => `c_${index + 2}`);
  for (const id of logs) await saying(['nothing'], id);
  await find('thing', logs);
  clock.advance(10_000);

  const first = await find('thing', logs);
  const second = first === 'later' ? first : await find('thing', logs, first.next);

  expect(first).toEqual({ hits: [], next: expect.any(String) });
  expect(second).toMatchObject({ hits: [{ fact: { log: 'c_9', seq: 1 } }] });
});

test('gathers anew what was gathered of other tokens, and forgets those', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-words-'));
  const path = join(folder, 'befriend.sqlite');
  store = sqliteStore({ path, clock });
  await store.open();
  await saying(['an old biscuit', 'a young biscuit']);
  await find('biscuit');
  await store.close();
  const db = new DatabaseSync(path);
  db.exec(`UPDATE gathered SET version = '0 1.0';
    INSERT INTO words (words, rowid, log, text) VALUES ('delete', 1, '1', 'an old biscuit');
    INSERT INTO words (rowid, log, text) VALUES (1, '1', 'bis cuit')`);
  db.close();

  await store.open();
  const due = clock.due();
  const young = { log: 'c_1', seq: 2, body: '{"text":"a young cake"}' };
  await store.commit([{ id: 'young', digest: '', reads: [], appends: [], puts: [{ table: 'fact', row: young }] }], []);
  clock.advance(1_000);
  const found = [await find('biscuit'), await find('cuit')];
  const row = { log: 'c_1', seq: 1, body: '{"text":"a cake"}' };
  await store.commit([{ id: 'edit', digest: '', reads: [], appends: [], puts: [{ table: 'fact', row }] }], []);
  const edited = [await find('biscuit'), await find('cake')];

  rmSync(folder, { recursive: true });
  expect(due).toHaveLength(1);
  expect([...found, ...edited].map(seqsOf)).toEqual([[1], [], [], [2, 1]]);
});

test('goes on past a message whose body has no text, says so, and lets it be changed', async () => {
  await saying(['an old biscuit', ...noise.slice(0, 600)]);
  const odd = anAppend({ log: 'c_1', body: '{"words":"none"}' });
  await store.commit([{ id: 'odd', digest: '', reads: [], appends: [odd], puts: [] }], []);

  const found = await find('biscuit');
  clock.advance(1_000);
  const later = await find('biscuit');
  const row = { log: 'c_1', seq: 602, body: '{"text":"a cake"}' };
  await store.commit([{ id: 'edit', digest: '', reads: [], appends: [], puts: [{ table: 'fact', row }] }], []);

  expect([found, later, await find('cake')].map(seqsOf)).toEqual([[1], [1], [602]]);
  expect(log.lines).toHaveLength(1);
});

test('finds nothing in a store where nothing was said, and waits for no words where none can be meant', async () => {
  const empty = await find('biscuit');
  await saying(noise);

  const nothing = [await find('biscuit', []), await find('?')];

  expect([empty, ...nothing]).toEqual(Array(3).fill({ hits: [] }));
});
