import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Client, FriendUnderTest } from './contract-process.ts';

let data: string;
let friend: FriendUnderTest | undefined;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'befriend-files-'));
});

afterEach(async () => {
  await friend?.end('SIGKILL');
  rmSync(data, { recursive: true });
});

const file = `f_${'7'.repeat(20)}`;
const size = 4_000_000;
const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) & 255);
const offer = { file, conversation: 'room:lobby', name: 'film.bin', type: 'video/mp4', size };

/** Offers the file; resolves with where its bytes go, and how many are there. */
async function offered(client: Client): Promise<{ upload: string; at: number }> {
  const answer = await client.ask('file.offer', offer);
  if (answer.type !== 'file.granted') throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** Sends some of the bytes and kills the friend while they come; resolves once it is dead. */
async function killedMidway({ port, child }: FriendUnderTest, upload: string, at: number, piece: number) {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  const head = `Host: x\r\nContent-Range: bytes ${at}-${size - 1}/${size}\r\nContent-Length: ${size - at}\r\n\r\n`;
  socket.write(`PUT /${upload} HTTP/1.1\r\n${head}`);
  socket.write(bytes.subarray(at, at + piece));
  await expect.poll(async () => there(port, upload)).toBeGreaterThan(at);
  child.kill('SIGKILL');
  await friend?.end();
  socket.destroy();
}

async function there(port: number, upload: string): Promise<number> {
  const { headers } = await fetch(`http://127.0.0.1:${port}/${upload}`, { method: 'HEAD' });
  return Number(headers.get('Upload-Offset'));
}

test('goes on with a file after SIGKILL, gives it as it was, and has nothing of it left once it is deleted', async () => {
  let at = 0;
  for (const piece of [1_000_000, 500_000, 1_500_000]) {
    friend = await FriendUnderTest.start(data);
    const granted = await offered(await friend.client('ann'));
    expect(granted.at).toBeGreaterThanOrEqual(at);
    at = granted.at;
    await killedMidway(friend, granted.upload, at, piece);
  }
  friend = await FriendUnderTest.start(data);
  const client = await friend.client('ann');
  const last = await offered(client);
  expect(last.at).toBeGreaterThan(at);

  const put = await fetch(`http://127.0.0.1:${friend.port}/${last.upload}`, {
    method: 'PUT',
    headers: { 'Content-Range': `bytes ${last.at}-${size - 1}/${size}` },
    body: bytes.subarray(last.at),
  });
  const message = await client.ask('message.send', { conversation: 'room:lobby', text: '', files: [file] });
  const shown = await client.ask('file.show', { files: [file] });
  const url = shown.type === 'file.linked' ? shown.body.links[0]?.url : '';
  const got = await fetch(`http://127.0.0.1:${friend.port}/${url}`);

  expect([put.status, put.headers.get('Upload-Complete'), message.type]).toEqual([204, '?1', 'message.sent']);
  expect(Buffer.compare(Buffer.from(await got.arrayBuffer()), Buffer.from(bytes))).toBe(0);
  await client.ask('message.delete', { conversation: 'c_room_lobby', seq: message.seq });
  const left = () =>
    readdirSync(join(data, 'files'), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('f_'));
  await expect.poll(left).toEqual([]);
  const metrics = await (await fetch(`http://127.0.0.1:${friend.port}/metrics`)).text();
  expect(metrics).toContain(`\nbefriend_file_bytes_out_total ${size}\n`);
}, 60_000);

test('says what is wrong with a folder of files that is none', async () => {
  writeFileSync(join(data, 'files'), 'in the way');

  const started = FriendUnderTest.start(data);

  await expect(started).rejects.toThrow(/The folder of files cannot be used: .*BEFRIEND_FILES/);
});
