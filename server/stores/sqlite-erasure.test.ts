import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Append, Put, Store } from '../core/store.ts';
import { termsOf } from '../core/words.ts';
import { type HandClock, handClock } from '../transports/hand-clock.ts';
import { anAppend, aUnit, puts } from './contract-rows.ts';
import { sqliteStore } from './sqlite.ts';
import { erasedWithin } from './sqlite-erasure.ts';

let folder: string;
let store: Store;
let clock: HandClock;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'befriend-erasure-'));
  clock = handClock();
  store = sqliteStore({ path: join(folder, 'befriend.sqlite'), clock });
  await store.open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function said(text: string): Append {
  return anAppend({ body: JSON.stringify({ text }) });
}

/** A message, what it was edited to, and a few hundred others around them. */
async function filled(secret: string): Promise<void> {
  const appends = Array.from({ length: 300 }, (_, index) => said(`noise ${index} ${'x'.repeat(index)}`));
  appends[100] = said(secret);
  const edit = { of: 101, text: `${secret} ${'long '.repeat(2_000)}` };
  appends[200] = anAppend({ type: 'message.edited', body: JSON.stringify(edit) });
  await store.commit([aUnit('1', { appends })], []);
}

const deletion: readonly Put[] = [
  { table: 'fact', row: { log: 'c_1', seq: 101, body: '{"text":"","deleted":true}' } },
  { table: 'changes', row: { log: 'c_1', type: 'message.edited', of: 101, body: '{"of":101,"text":""}' } },
];

/** The files of the store that hold `words`. */
function holding(words: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(words));
}

test('leaves nothing of a deleted message on the disk after half a minute, nor of what it was edited to', async () => {
  await filled('a tin of biscuits');
  expect(holding('a tin of biscuits')).not.toEqual([]);
  expect(holding('noise 299')).not.toEqual([]);

  await store.commit([puts(...deletion)], []);
  clock.advance(erasedWithin);

  expect(holding('a tin of biscuits')).toEqual([]);
  expect(holding('noise 299')).not.toEqual([]);
});

test('leaves nothing in the words that are searched of what was deleted or said otherwise', async () => {
  await filled('a tin of zwieback');
  const find = (text: string) => store.find({ terms: termsOf(text), logs: ['c_1'], reader: 'u_ann', limit: 9 });
  expect(await find('zwieback')).toMatchObject({ hits: [{ fact: { seq: 101 } }] });
  await store.commit([aUnit('2', { appends: [said('A tin of Pfeffernüsse')] })], []);
  expect(await find('pfeffer')).toMatchObject({ hits: [{ fact: { seq: 301 } }] });
  clock.advance(erasedWithin);
  expect([holding('zwieback'), holding('pfeffernusse')]).not.toEqual([[], []]);

  const said301: Put = { table: 'fact', row: { log: 'c_1', seq: 301, body: '{"text":"A tin of nothing"}' } };
  await store.commit([puts(...deletion, said301)], []);
  clock.advance(erasedWithin);

  for (const words of ['zwieback', 'wieback', 'pfeffernusse', 'Pfeffern', 'feffer']) expect(holding(words)).toEqual([]);
  expect(await find('nothing')).toMatchObject({ hits: [{ fact: { seq: 301 } }] });
});

test('waits while another program reads along, and erases when it is done', async () => {
  await filled('a tin of biscuits');
  const reader = new DatabaseSync(join(folder, 'befriend.sqlite'), { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM fact').get();
  await store.commit([puts(...deletion)], []);

  clock.advance(erasedWithin);
  const during = holding('a tin of biscuits');
  reader.close();
  clock.advance(erasedWithin);

  expect(during).not.toEqual([]);
  expect(holding('a tin of biscuits')).toEqual([]);
});

test('erases what was overwritten before a crash when the file is opened again', async () => {
  await filled('a tin of biscuits');
  await store.commit([puts(...deletion)], []);
  const files = ['befriend.sqlite', 'befriend.sqlite-wal'].map((name) => readFileSync(join(folder, name)));
  expect(files.some((bytes) => bytes.includes('a tin of biscuits'))).toBe(true);
  await store.close();

  store = await reopened(files);

  expect(holding('a tin of biscuits')).toEqual([]);
  expect(holding('noise 299')).not.toEqual([]);
});

test('sets no time for what overwrites nothing', async () => {
  await filled('a tin of biscuits');

  expect(clock.due()).toEqual([]);
});

/** Opens what a process left that was killed: its data file and its write-ahead log. */
async function reopened([file, log]: readonly Buffer[]): Promise<Store> {
  const path = join(folder, 'befriend.sqlite');
  if (file === undefined || log === undefined) throw new Error('Nothing was left.');
  writeFileSync(path, file);
  writeFileSync(`${path}-wal`, log);
  const opened = sqliteStore({ path, clock });
  await opened.open();
  return opened;
}
