import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommitUnknown, StorageFull, type Store } from '../core/store.ts';
import { aMember, anAppend, aUnit, puts, seqs, storedAt } from './contract-rows.ts';
import { sqliteStore } from './sqlite.ts';
import { openDataFile } from './sqlite-open.ts';

let folder: string;
let path: string;
let stores: Store[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'befriend-store-'));
  path = join(folder, 'data', 'befriend.sqlite');
  stores = [];
});

afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true });
});

async function opened(log?: Parameters<typeof sqliteStore>[0]['log']): Promise<{ store: Store; db: DatabaseSync }> {
  let db: DatabaseSync | undefined;
  const store = sqliteStore(log ? { path, log } : { path }, (at) => {
    const file = openDataFile(at);
    db = file.db;
    return file;
  });
  stores.push(store);
  await store.open();
  if (!db) throw new Error('open() did not open the file');
  return { store, db };
}

/** A log that remembers the levels it was called with. */
function levels() {
  const seen: string[] = [];
  const log = { info: () => seen.push('info'), warn: () => seen.push('warn'), error: () => seen.push('error') };
  return { seen, log };
}

test('keeps all of it when the file is closed and opened again', async () => {
  const { store } = await opened();
  await store.commit([aUnit('1', { appends: [anAppend({ rule: true, audience: ['u_ann'], list: 'support' })] })], []);
  await store.commit([puts(aMember('u_ann')), aUnit('2')], [{ log: 'c_1', told: 1 }]);
  const everything = async ({ log, page, done, member }: Store) =>
    Promise.all([log('c_1'), page({ log: 'c_1', limit: 9 }), done('d_ann', '2'), member('c_1', 'u_ann')]);
  const before = await everything(store);

  await store.close();
  await store.open();

  expect(await everything(store)).toEqual(before);
  expect(store.stats()).toEqual({ facts: 0, commits: 0, writable: true });
  expect(await store.commit([aUnit('1'), aUnit('3')], [])).toMatchObject([{ kind: 'repeat' }, { kind: 'stored' }]);
  expect(seqs(await store.page({ log: 'c_1', limit: 9 }))).toEqual([1, 2, 3]);
});

test('writes to the disk at each commit: WAL and synchronous FULL', async () => {
  const { db } = await opened();

  const [mode, level] = [db.prepare('PRAGMA journal_mode').get(), db.prepare('PRAGMA synchronous').get()];

  expect(mode).toEqual({ journal_mode: 'wal' });
  expect(level).toEqual({ synchronous: 2 });
});

test('refuses a file that a newer program wrote, and leaves it as it is', async () => {
  const { store, db } = await opened();
  db.exec('PRAGMA user_version = 999');
  await store.close();

  await expect(store.open()).rejects.toThrow(
    /^This data folder was written by a newer Befriend \(schema 999, this program knows \d+\)\. Start the newer version\.$/,
  );

  const file = new DatabaseSync(path);
  expect(file.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 });
  file.close();
});

/** Takes back what later schemas have added. */
const toFirstSchema = `
  CREATE TABLE indexed (
    log INTEGER NOT NULL, seq INTEGER NOT NULL, v INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, "by" TEXT NOT NULL,
    device TEXT NOT NULL, action TEXT NOT NULL, body TEXT NOT NULL, item INTEGER NOT NULL, audience TEXT, UNIQUE (log, seq)
  );
  INSERT INTO indexed SELECT log, seq, v, type, at, "by", device, action, body, item, audience FROM fact ORDER BY n;
  DROP TABLE fact;
  ALTER TABLE indexed RENAME TO fact;
  DROP TABLE waypoint;
  DROP TABLE counted;
  ALTER TABLE log DROP COLUMN newest;
  DROP TABLE words;
  DROP TABLE gathered;
  DROP TABLE file;
  DROP INDEX member_role;
  DROP INDEX member_banned;
  ALTER TABLE member DROP COLUMN since;
  DROP TABLE schedule;
  DROP TABLE relation;
  DROP INDEX login_user;
  ALTER TABLE users DROP COLUMN avatar;
  ALTER TABLE users DROP COLUMN attributes;
  DROP INDEX user_merged;
  ALTER TABLE users DROP COLUMN merged_into;
  ALTER TABLE login DROP COLUMN until;
  ALTER TABLE conversation DROP COLUMN settings;
  ALTER TABLE member DROP COLUMN prefs;
  PRAGMA user_version = 1;
`;

test('lifts a file of the first schema, with all that is in it', async () => {
  const { store, db } = await opened();
  const inTurns = Array.from({ length: 140 }, (_, index) => anAppend({ log: `c_${index % 2}`, body: `${index}` }));
  await store.commit([{ ...puts(), appends: inTurns }], [{ log: 'c_1', told: 1 }]);
  const everything = async () => [
    ...(await store.page({ log: 'c_1', limit: 99 })),
    ...(await store.page({ log: 'c_0', before: 40, limit: 30 })),
  ];
  const before = await everything();
  db.exec(toFirstSchema);
  await store.close();

  await store.open();

  const row = { id: 's', dueAt: 1, user: 'u_ann', type: 'order.remind', body: '{}' };
  expect(before).toHaveLength(100);
  expect(await everything()).toEqual(before);
  expect(await store.commit([aUnit('2', { puts: [{ table: 'schedule', row }] })], [])).toEqual([storedAt(71)]);
  expect(await store.scheduled(9)).toEqual([row]);
});

test('leaves a file as it was when the process ends while it is lifted', async () => {
  const { store, db } = await opened();
  await store.commit([aUnit('1')], []);
  db.exec(toFirstSchema);
  await store.close();
  const crash = (): never => {
    throw new Error('ended');
  };
  const interrupted = sqliteStore({ path, crash });
  stores.push(interrupted);
  await expect(interrupted.open()).rejects.toThrow('ended');

  const file = new DatabaseSync(path);
  const version = file.prepare('PRAGMA user_version').get();
  file.close();
  await store.open();

  expect(version).toEqual({ user_version: 1 });
  expect(await store.scheduled(9)).toEqual([]);
  expect(seqs(await store.page({ log: 'c_1', limit: 9 }))).toEqual([1]);
});

test('refuses a file that another friend uses, until that one is closed', async () => {
  const { store } = await opened();
  const second = sqliteStore({ path });
  stores.push(second);

  await expect(second.open()).rejects.toThrow(`Another Befriend uses ${path}. Stop it first`);

  await store.close();
  await second.open();
  expect(await second.commit([aUnit('1')], [])).toEqual([storedAt(1)]);
});

test('lets another program read along, as a backup does', async () => {
  const { store } = await opened();
  await store.commit([aUnit('1')], []);

  const reader = new DatabaseSync(path, { readOnly: true });
  const row = reader.prepare('SELECT count(*) AS count FROM fact').get();
  reader.close();

  expect(row).toEqual({ count: 1 });
});

test('says StorageFull when the disk is full, writes nothing of the batch, and recovers without a restart', async () => {
  const { seen, log } = levels();
  const { store, db } = await opened(log);
  await store.commit([aUnit('1')], []);
  db.exec('PRAGMA max_page_count = 1');
  const large = aUnit('3', { appends: [anAppend({ body: 'x'.repeat(200_000) })] });

  await expect(store.commit([aUnit('2'), large], [{ log: 'c_1', told: 1 }])).rejects.toThrow(StorageFull);
  await expect(store.commit([large], [])).rejects.toThrow(StorageFull);

  expect(store.stats()).toEqual({ facts: 1, commits: 1, writable: false });
  expect(await store.log('c_1')).toMatchObject({ lastSeq: 1, toldSeq: 0 });
  expect(await store.done('d_ann', '2')).toBeUndefined();
  db.exec('PRAGMA max_page_count = 1000000');
  expect(await store.commit([aUnit('2'), large], [])).toEqual([storedAt(2), storedAt(3)]);
  expect(store.stats()).toEqual({ facts: 3, commits: 2, writable: true });
  expect(seen).toEqual(['error', 'info']);
});

test('counts what rows of logs do not count yet, after the process was killed', async () => {
  const program = `
    import { writeSync } from 'node:fs';
    import { sqliteStore } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
    const store = sqliteStore({ path: ${JSON.stringify(path)} });
    await store.open();
    const append = (log, at) => ({ log, type: 'message.sent', at, by: 'u_ann', body: '{}', item: true, rule: false });
    const unit = (id, at, more) => ({ id, digest: '', reads: [], appends: [append('c_1', at), append('c_2', at)], puts: [], ...more });
    await store.commit([unit('1', 1)], [{ log: 'c_1', told: 1, reacted: 1 }]);
    for (let at = 2; at < 50; at++) await store.commit([unit('more', at)], []);
    await store.commit([unit('reacted', 50, { reacted: { log: 'c_2', seq: 49 } })], []);
    writeSync(1, 'done');
    process.kill(process.pid, 'SIGKILL');`;
  await expect(promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])).rejects.toMatchObject({
    stdout: 'done',
    signal: 'SIGKILL',
  });

  const { store, db } = await opened();

  const rows = db.prepare('SELECT id, last_seq FROM log ORDER BY id').all();
  const counters = { lastSeq: 50, at: 50, ruleSeq: 0, audienced: false };
  const told = { id: 'c_1', ...counters, toldSeq: 1, reactedSeq: 1 };
  const reacted = { id: 'c_2', ...counters, toldSeq: 0, reactedSeq: 49 };
  // Else there would be nothing to be counted.
  expect(rows).toEqual([
    { id: 'c_1', last_seq: 1 },
    { id: 'c_2', last_seq: 50 },
  ]);
  expect([await store.log('c_1'), await store.log('c_2')]).toEqual([told, reacted]);
  expect(await store.due(9)).toEqual(expect.arrayContaining([told, reacted]));
  expect(seqs(await store.page({ log: 'c_1', before: 51, limit: 3 }))).toEqual([48, 49, 50]);
  expect(await store.commit([aUnit('next')], [])).toEqual([storedAt(51)]);
  await store.close();
  await store.open();
  expect(await store.log('c_1')).toMatchObject({ lastSeq: 51, toldSeq: 1 });
});

test('forgets what a batch that failed has counted, and nothing of those before', async () => {
  const { store } = await opened();
  await store.commit([aUnit('1', { appends: [anAppend({ rule: true })] })], []);
  await store.commit([aUnit('2')], []);
  const noText = anAppend({ body: {} as string });

  await expect(store.commit([aUnit('3'), aUnit('4', { appends: [noText] })], [])).rejects.toThrow(TypeError);

  expect(await store.log('c_1')).toMatchObject({ lastSeq: 2, ruleSeq: 1 });
  expect(seqs(await store.page({ log: 'c_1', limit: 9 }))).toEqual([1, 2]);
  expect(await store.commit([aUnit('5')], [])).toEqual([storedAt(3)]);
});

test('counts anew after a batch that failed, also where that did not work at first', async () => {
  const { store, db } = await opened();
  await store.commit([aUnit('1')], []);
  await store.commit([aUnit('2')], []);
  db.exec('ALTER TABLE counted RENAME COLUMN fact TO hidden');
  await expect(store.commit([aUnit('3', { appends: [anAppend({ body: {} as string })] })], [])).rejects.toThrow(
    TypeError,
  );

  await expect(store.log('c_1')).rejects.toThrow('no such column');
  db.exec('ALTER TABLE counted RENAME COLUMN hidden TO fact');

  expect(await store.log('c_1')).toMatchObject({ lastSeq: 2 });
  expect(await store.commit([aUnit('4')], [])).toEqual([storedAt(3)]);
});

test('writes the rows of a thousand logs at the latest, and counts no more than that when it is opened', async () => {
  const { store, db } = await opened();
  const inEach = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => anAppend({ log: `c_${from + index}` }));
  await store.commit([{ ...puts(), appends: inEach(0, 1_100) }], []);
  await store.commit([{ ...puts(), appends: inEach(0, 900) }], []);
  const counted = () => db.prepare('SELECT fact FROM counted').get();
  const before = counted();

  await store.commit([{ ...puts(), appends: inEach(900, 150) }], []);

  expect(before).toEqual({ fact: 0 });
  expect(counted()).toEqual({ fact: 2_150 });
  expect(db.prepare('SELECT count(*) AS count FROM log WHERE last_seq = 2').get()).toEqual({ count: 1_050 });
});

test('counts on in a log that stood in no batch while twenty thousand others did', async () => {
  const { store } = await opened();
  const others = Array.from({ length: 20_000 }, (_, index) => anAppend({ log: `c_other_${index}` }));
  await store.commit([aUnit('1', { appends: [anAppend({ rule: true })] })], []);
  await store.commit([{ ...puts(), appends: others }], []);

  const outcomes = await store.commit([aUnit('2', { reads: [{ log: 'c_1', ruleSeq: 1 }] })], []);

  expect(outcomes).toEqual([storedAt(2)]);
  expect(await store.log('c_other_19999')).toMatchObject({ lastSeq: 1 });
});

test('says CommitUnknown when COMMIT fails, and takes no further batch until it is opened again', async () => {
  const { store, db } = await opened();
  // A broken reference that is looked at by COMMIT only.
  db.exec(`PRAGMA foreign_keys = ON; CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (id REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER break AFTER INSERT ON fact BEGIN INSERT INTO child VALUES (1); END`);

  await expect(store.commit([aUnit('1')], [])).rejects.toThrow(CommitUnknown);
  db.exec('DROP TRIGGER break');
  await expect(store.commit([aUnit('2')], [])).rejects.toThrow(CommitUnknown);

  expect(store.stats().writable).toBe(false);
  await store.close();
  await store.open();
  expect(await store.commit([aUnit('1')], [])).toEqual([storedAt(1)]);
});

test('takes the lock of another program on the data file as something that passes', async () => {
  const { store, db } = await opened();
  db.exec('PRAGMA busy_timeout = 1');
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');

  await expect(store.commit([aUnit('1')], [])).rejects.toThrow(StorageFull);

  other.exec('ROLLBACK');
  other.close();
  expect(await store.commit([aUnit('1')], [])).toEqual([storedAt(1)]);
});

test('forgets the end of a connection ten minutes later', async () => {
  const { store, db } = await opened();
  const end = (jid: string, goneAt: number) =>
    ({ table: 'connection', row: { jid, user: 'u_ann', device: 'd_ann', seenAt: 1, goneAt } }) as const;
  await store.commit([puts(end('a@x/1', 1_000), end('a@x/2', 2_000))], []);

  await store.commit([puts(end('a@x/3', 601_001))], []);

  const rows = db.prepare('SELECT jid FROM connection ORDER BY jid').all();
  expect(rows.map(({ jid }) => jid)).toEqual(['a@x/2', 'a@x/3']);
});

test('has on disk whatever was answered before the process was killed, and no gaps', async () => {
  const program = `
    import { writeSync } from 'node:fs';
    import { sqliteStore } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
    const store = sqliteStore({ path: ${JSON.stringify(path)} });
    await store.open();
    const append = { log: 'c_1', type: 'message.sent', at: 1, by: 'u_ann', body: '{}', item: true, rule: false };
    for (let n = 0; ; n += 2) {
      const unit = (id) => ({ device: 'd', id: String(id), digest: '', reads: [], appends: [append], puts: [], answer: 0 });
      await store.commit([unit(n + 1), unit(n + 2)], []);
      writeSync(1, n + 2 + '\\n');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));

  let answered = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    answered = Number(line);
    if (answered === 200) child.kill('SIGKILL');
  }
  await ended;

  const { store, db } = await opened();
  const kept = await store.page({ log: 'c_1', limit: 1_000_000 });
  expect(answered).toBeGreaterThanOrEqual(200);
  expect(kept.length).toBeGreaterThanOrEqual(answered);
  expect(kept.map(({ seq, action }) => `${seq} ${action}`)).toEqual(
    kept.map((_, index) => `${index + 1} ${index + 1}`),
  );
  expect(await store.log('c_1')).toMatchObject({ lastSeq: kept.length });
  expect(db.prepare('SELECT count(*) AS count FROM done').get()).toEqual({ count: kept.length });
}, 20_000);
