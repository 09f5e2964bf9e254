import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import type { StoredFact } from '../core/rows.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { type Client, clientAt, FriendUnderTest } from './contract-process.ts';
import { codeOf } from './contract-stage.ts';

let folder: string;
let data: string;
let friend: FriendUnderTest | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'befriend-process-'));
  data = join(folder, 'data');
  mkdirSync(data);
});

afterEach(async () => {
  await friend?.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function stored(): Promise<readonly StoredFact[]> {
  const store = sqliteStore({ path: join(data, 'befriend.db') });
  await store.open();
  const facts = await store.page({ log: 'c_room_lobby', limit: 10_000 });
  await store.close();
  return facts.filter(({ type }) => type === 'message.sent');
}

test('answers at SIGTERM what it has taken, and is gone within five seconds', async () => {
  friend = await FriendUnderTest.start(data);
  const client = await friend.client('ann');
  await client.take(client.message('first'));
  const answers: AnyFact[] = [];
  const heard = (async () => {
    for (;;) answers.push(...(await client.frame()));
  })().catch(() => undefined);
  const messages = Array.from({ length: 80 }, (_, index) => client.message(`text ${index}`));

  for (const message of messages.slice(0, 40)) client.send(message);
  await expect.poll(() => answers.length).toBeGreaterThan(0);
  for (const message of messages.slice(40)) client.send(message);
  const startedAt = Date.now();
  const { code } = await friend.end('SIGTERM');
  const took = Date.now() - startedAt;
  await heard;

  const sent = answers.filter(({ type }) => type === 'message.sent').map(({ re }) => re);
  const kept = (await stored()).map(({ action }) => action);
  expect(code).toBe(0);
  expect(took).toBeLessThan(5_000);
  expect(sent.length).toBeGreaterThanOrEqual(40);
  expect(kept.slice(1)).toEqual(sent);
  const others = answers.filter(({ type }) => type !== 'message.sent');
  expect(new Set(others.map(codeOf)).size).toBeLessThanOrEqual(1);
  expect(others.every((fact) => codeOf(fact) === 'busy')).toBe(true);
}, 30_000);

test('says storage while the disk is full, reads on, and recovers without a restart', async () => {
  const mount = `mount -t tmpfs -o size=3m none '${data}' && exec "$@"`;
  const around = ['unshare', '--map-root-user', '--mount', 'sh', '-c', mount, 'sh'];
  friend = await FriendUnderTest.start(data, {}, around);
  const within = `/proc/${friend.child.pid}/root${data}`;
  const client = await friend.client('ann');
  const taken = [await client.take(client.message('before'))];

  fillUp(within);
  const refused = await untilRefused(client, taken);
  const page = await client.ask('log.read', { log: 'c_room_lobby', after: 0 });
  const health = await friend.health();
  unlinkSync(join(within, 'filler'));
  taken.push(await client.take(refused));
  const healthy = await friend.health();
  const all = await client.ask('conversation.open', { conversation: 'room:lobby' });

  const seqs = taken.map(({ seq }) => seq);
  expect(page.type).toBe('log.paged');
  expect(JSON.stringify(health)).toContain('"writable":false');
  expect(JSON.stringify(healthy)).toContain('"writable":true');
  expect(taken.map(codeOf)).toEqual(taken.map(() => 'message.sent'));
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  expect(all).toMatchObject({ body: { conversation: { last: seqs.at(-1) } } });
  expect(friend.child.exitCode).toBeNull();
}, 30_000);

/** Takes all that is left, to the last byte. */
function fillUp(place: string): void {
  for (let size = 65_536; size >= 1_024; ) {
    try {
      writeFileSync(join(place, 'filler'), Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOSPC') throw error;
      size /= 2;
    }
  }
}

/** Speaks until it is refused; returns the action that was. */
async function untilRefused(client: Client, taken: AnyFact[]): Promise<ReturnType<Client['message']>> {
  for (let tries = 0; tries < 90; tries += 1) {
    const action = client.message('x'.repeat(8_000));
    const answer = await client.take(action);
    if (codeOf(answer) === 'storage') return action;
    taken.push(answer);
  }
  throw new Error('The disk was never full.');
}

test.each([
  ['nothing of it is on disk', 'fsync:1:4', 0],
  ['it is on disk', 'fsync:1:5', 1],
])(
  'answers nobody after a failed fsync where %s, and the next process tells the truth',
  async (_, fault, onDisk) => {
    friend = await FriendUnderTest.start(data, { BEFRIEND_FAULT: fault });
    const client = await friend.client('ann');
    const message = client.message('Hello');

    const answer = client.take(message).then(codeOf, () => 'no answer');
    const { code } = await friend.end();
    const first = await answer;
    const left = (await stored()).length;
    friend = await FriendUnderTest.start(data);
    const again = await friend.client('ann');
    const told = await again.take(message);
    const repeated = await again.take(message);
    await friend.end('SIGTERM');

    expect([code, first, left]).toEqual([74, 'no answer', onDisk]);
    expect(codeOf(told)).toBe('message.sent');
    expect(repeated.seq).toBe(told.seq);
    expect((await stored()).map(({ action }) => action)).toEqual([message.id]);
  },
  30_000,
);

test('is started again after a failed fsync, on the same port, and the message is stored once', async () => {
  const starter = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env: {
      PATH: process.env.PATH ?? '',
      BEFRIEND_XMPP: 'builtin',
      PORT: '0',
      BEFRIEND_DATA: data,
      BEFRIEND_FAULT: 'fsync:1:11',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(starter, 'exit');
  const port = await new Promise<number>((resolve) => {
    starter.stdout.on('data', (chunk: Buffer) => {
      const [, found] = /ready: http:\/\/127\.0\.0\.1:(\d+)/.exec(chunk.toString()) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
  });
  let log = '';
  starter.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });

  const client = await clientAt(port, 'ann');
  const sent = Array.from({ length: 10 }, (_, index) => client.message(`text ${index}`));
  const seqs: (number | undefined)[] = [];
  for (const message of sent) {
    const fact = await client.take(message).catch(() => undefined);
    if (fact === undefined) break;
    seqs.push(fact.seq);
  }
  await expect.poll(() => log, { timeout: 10_000 }).toContain('"code":74');
  const unanswered = sent[seqs.length] ?? client.message('none was unanswered');
  const ask = () =>
    clientAt(port, 'ann')
      .then((again) => again.take(unanswered))
      .catch(() => undefined);
  await expect.poll(ask, { timeout: 10_000 }).toMatchObject({ type: 'message.sent', seq: (seqs.at(-1) ?? 0) + 1 });
  starter.kill('SIGTERM');
  await ended;

  expect(seqs.length).toBeLessThan(10);
  expect((await stored()).map(({ action }) => action)).toEqual(sent.slice(0, seqs.length + 1).map(({ id }) => id));
}, 60_000);

test('asks to be started again where the disk is full at its start', async () => {
  const mount = `mount -t tmpfs -o size=8k none '${data}' && exec "$@"`;
  const around = ['unshare', '--map-root-user', '--mount', 'sh', '-c', mount, 'sh', process.execPath];
  const settings = { port: 0, data, friend: 'friend.localhost', origins: [], invite: false };
  const env = { PATH: process.env.PATH ?? '', BEFRIEND_SETTINGS: JSON.stringify(settings) };

  const child = spawn(around[0] ?? '', [...around.slice(1), join(import.meta.dirname, 'friend.ts')], { env });
  const [code] = await once(child, 'exit');

  expect(code).toBe(74);
}, 30_000);
