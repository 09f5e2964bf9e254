import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '../core/store.ts';
import { anAppend, puts } from './contract-rows.ts';
import { sqliteStore } from './sqlite.ts';
import { checkpoints } from './sqlite-checkpoints.ts';

let folder: string;
let path: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'befriend-checkpoints-'));
  path = join(folder, 'befriend.sqlite');
  store = sqliteStore({ path });
  await store.open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Commits that write about a thousand pages, each a few. */
async function talked(): Promise<void> {
  const appends = [anAppend({ body: JSON.stringify({ text: 'x'.repeat(8_000) }) })];
  for (let index = 0; index < 200; index += 1) await store.commit([{ ...puts(), appends }], []);
}

test('moves the write-ahead log into the data file without a commit that does it', async () => {
  const before = statSync(path).size;

  await talked();

  await vi.waitFor(() => expect(statSync(path).size).toBeGreaterThan(before + 500_000), { timeout: 10_000 });
}, 20_000);

test('leaves nothing beside the data file when it is closed', async () => {
  await talked();

  await store.close();

  expect(existsSync(`${path}-wal`)).toBe(false);
  await store.open();
  expect(await store.log('c_1')).toMatchObject({ lastSeq: 200 });
}, 20_000);

test('ends where its thread could not open the data file', async () => {
  const moved = checkpoints(join(folder, 'nowhere', 'befriend.sqlite'));
  moved.committed(1_000);

  const stopped = moved.stop();

  await expect(stopped).resolves.toBeUndefined();
});
