import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordedLog } from '../transports/event-recorder.ts';
import { handClock } from '../transports/hand-clock.ts';
import { apiKeysIn } from './api-keys.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'befriend-keys-'));
  path = join(folder, 'keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('gives and revokes keys as the file says, without a restart', () => {
  const clock = handClock();
  writeFileSync(path, `shop ${'a'.repeat(64)} send\nnews ${'b'.repeat(64)} read # of the newsletter\n`);
  const keys = apiKeysIn(path, { clock, log: recordedLog() });
  const names = () => keys().map(({ name }) => name);
  const before = names();

  writeFileSync(path, `news ${'b'.repeat(64)} read\n`);
  clock.advance(1_000);

  expect([before, names()]).toEqual([['shop', 'news'], ['news']]);
});

test('lets nobody in by a file that cannot be read any more, says so once, and takes it back when it is mended', () => {
  const [clock, log] = [handClock(), recordedLog()];
  writeFileSync(path, `shop ${'a'.repeat(64)} send\n`);
  const keys = apiKeysIn(path, { clock, log });

  writeFileSync(path, 'shop\n');
  clock.advance(1_000);
  const broken = keys();
  clock.advance(1_000);
  const still = keys();
  writeFileSync(path, `shop ${'c'.repeat(64)} send\n`);
  clock.advance(1_000);

  expect([broken, still, keys().length, log.lines.length]).toEqual([[], [], 1, 1]);
  expect(log.lines[0]).toContain('line 1: a hash is the SHA-256');
});

test('says what is wrong with a file that cannot be used at the start', () => {
  writeFileSync(path, `shop ${'a'.repeat(64)} fly\n`);
  const log = recordedLog();

  expect(() => apiKeysIn(path, { clock: handClock(), log })).toThrow(
    /^BEFRIEND_API_KEYS is ".*line 1: "fly" is no scope.*docs\/api\.md/,
  );
  expect(() => apiKeysIn(join(folder, 'none'), { clock: handClock(), log })).toThrow(/^BEFRIEND_API_KEYS is ".*ENOENT/);
});
