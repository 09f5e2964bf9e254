import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { Device } from '../bin/contract-stage.ts';
import { file, linked, offered, scene, sent, words } from './contract-scene.ts';

function offsetOf({ status, headers }: Response): readonly unknown[] {
  return [status, headers.get('Upload-Offset'), headers.get('Upload-Complete')];
}

test('takes a file, lets a message have it, and gives it to who reads the message', async () => {
  const there = await scene();
  const bob = await there.stage.person('bob');
  const upload = await offered(there.ann, words.length);

  const early = await there.ann.ask('message.send', { conversation: 'room:lobby', text: 'See', files: [file] });
  const put = await fetch(there.origin + upload, { method: 'PUT', body: words });
  const message = await there.ann.ask('message.send', { conversation: 'room:lobby', text: 'See', files: [file] });
  const [url = ''] = await linked(bob);
  const got = await fetch(there.origin + url);

  expect(early.body).toMatchObject({ code: 'early' });
  expect(offsetOf(put)).toEqual([204, String(words.length), '?1']);
  const info = { id: file, name: 'notes.txt', type: 'text/plain', size: words.length };
  expect(message.body).toMatchObject({ text: 'See', extras: { files: [info] } });
  expect(await got.text()).toBe(words);
});

test('goes on where it was cut, also in another order of things', async () => {
  const { ann, origin } = await scene();
  const upload = origin + (await offered(ann, words.length));
  const range = (from: number, to: number, size = words.length) =>
    fetch(upload, {
      method: 'PUT',
      body: words.slice(from, to),
      headers: { 'Content-Range': `bytes ${from}-${to - 1}/${size}` },
    });

  const none = await fetch(upload, { method: 'HEAD' });
  const steps = [await range(0, 10), await range(12, 20), await range(0, 10), await range(10, 20, 99)];
  const again = await ann.ask('file.offer', {
    ...{ file, conversation: 'room:lobby', name: 'notes.txt', type: 'text/plain', size: words.length },
  });
  const last = await range(10, words.length);
  const after = [
    await range(10, 20),
    await fetch(upload, { method: 'PUT', headers: { 'Content-Range': 'bytes */47' } }),
  ];

  expect(offsetOf(none)).toEqual([200, '0', '?0']);
  expect(steps.map(offsetOf)).toEqual([
    [204, '10', '?0'],
    [409, '10', null],
    [409, '10', null],
    [400, null, null],
  ]);
  expect(again.body).toMatchObject({ file, at: 10 });
  expect([last, ...after].map(offsetOf)).toEqual(Array(3).fill([204, '47', '?1']));
});

test('keeps what came before the line was cut', async () => {
  const { ann, origin, stage } = await scene();
  const upload = await offered(ann, 1_000);
  const { port } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`PUT /${upload} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(400)}`);
  await expect.poll(async () => (await stage.blobs.stat(file))?.bytes).toBe(400);

  socket.resetAndDestroy();

  const head = async () => offsetOf(await fetch(origin + upload, { method: 'HEAD' }));
  await expect.poll(head).toEqual([200, '400', '?0']);
  const headers = { 'Content-Range': 'bytes 400-999/1000' };
  const rest = await fetch(origin + upload, { method: 'PUT', headers, body: 'y'.repeat(600) });
  expect(offsetOf(rest)).toEqual([204, '1000', '?1']);
});

test('ends a request that stands still, where a new one comes for the same file or after 20 s', async () => {
  const { ann, origin, stage } = await scene();
  const upload = await offered(ann, 1_000);
  const stalled = (bytes: number, at: number): Promise<string> => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    const range = `Content-Range: bytes ${at}-999/1000\r\nContent-Length: ${1_000 - at}\r\n\r\n${'x'.repeat(bytes)}`;
    socket.write(`PUT /${upload} HTTP/1.1\r\nHost: x\r\n${range}`);
    socket.on('error', () => undefined);
    return new Promise((resolve) => socket.once('data', (data) => resolve(data.toString().split('\r\n')[0] ?? '')));
  };
  const there = async () => (await stage.blobs.stat(file))?.bytes;

  const first = stalled(100, 0);
  await expect.poll(there).toBe(100);
  const second = stalled(50, 100);
  await expect.poll(there).toBe(150);
  stage.clock.advance(20_000);

  expect([await first, await second]).toEqual(['HTTP/1.1 409 Conflict', 'HTTP/1.1 408 Request Timeout']);
});

test('takes no byte more than was offered', async () => {
  const { ann, origin, stage } = await scene();
  const upload = origin + (await offered(ann, 10));

  const long = await fetch(upload, { method: 'PUT', body: 'x'.repeat(100_000) });

  expect(offsetOf(long)).toEqual([413, '10', null]);
  expect(await stage.blobs.stat(file)).toEqual({ bytes: 10, isWhole: false });
});

test('takes from one user only so much at once, and from all', async () => {
  const { ann, origin, stage } = await scene({ fileBounds: { atOnce: 1, atOnceOfAll: 2 } });
  const bob = await stage.person('bob');
  const socketTo = async (device: Device, id: string): Promise<string> => {
    const upload = await offered(device, 1_000, { file: id });
    const socket = connect(Number(new URL(origin).port), '127.0.0.1').on('error', () => undefined);
    socket.write(`PUT /${upload} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx`);
    await expect.poll(async () => (await stage.blobs.stat(id))?.bytes).toBe(1);
    return upload;
  };
  await socketTo(ann, `f_${'1'.repeat(20)}`);
  const put = async (device: Device, id: string) =>
    fetch(origin + (await offered(device, 3, { file: id })), { method: 'PUT', body: 'abc' });

  const own = await put(ann, `f_${'2'.repeat(20)}`);
  await socketTo(bob, `f_${'3'.repeat(20)}`);
  const eve = await stage.person('eve');
  const all = await put(eve, `f_${'4'.repeat(20)}`);

  expect([own, all].map(({ status, headers }) => [status, headers.get('Retry-After')])).toEqual([
    [429, '2'],
    [503, '5'],
  ]);
});

test('opens nothing for an address that is altered, that is for something else, or that ran out', async () => {
  const there = await scene();
  const other = await offered(there.ann, 3, { file: `f_${'b'.repeat(20)}` });
  await sent(there, words);
  const [url = ''] = await linked(there.ann);
  const variants = Array.from({ length: 100 }, (_, index) => {
    const at = filePathLength + (index % (url.length - filePathLength));
    const digit = url[at] === '0' ? '1' : '0';
    return `${url.slice(0, at)}${digit}${url.slice(at + 1)}`;
  });
  const forged = [
    ...variants,
    ...[
      url.replace('?get=', '?put='),
      other.replace('?put=', '?get='),
      url.replace(/\?.*/, ''),
      `${url}0`,
      `${url}%20`,
    ],
    ...[
      url.replace(/get=/, 'get=0'),
      url.replace(file, `f_${'b'.repeat(20)}`),
      url.replace(/\..*/, '.'),
      url.toUpperCase(),
    ],
  ];

  const statuses = new Set<number>();
  for (const path of forged) {
    statuses.add((await fetch(there.origin + path)).status);
    statuses.add((await fetch(there.origin + path, { method: 'PUT', body: 'abc' })).status);
  }
  const before = (await fetch(there.origin + url)).status;
  there.stage.clock.advance(3_600_000);
  const late = [await fetch(there.origin + url), await fetch(there.origin + other, { method: 'PUT', body: 'abc' })];

  expect([...statuses].sort()).toEqual([403, 404]);
  expect([before, ...late.map(({ status }) => status)]).toEqual([200, 403, 403]);
  expect(await there.stage.blobs.list(9)).toEqual([file]);
});

/** Up to here an address says that it is one of a file. */
const filePathLength = 'files/f_'.length;

test.each(['files/../befriend.db', 'files/..%2f..%2fbefriend.db', 'files/f_..', `files/${file}%2f..%2f..`, 'files/'])(
  'finds nothing at %s',
  async (path) => {
    const { origin } = await scene();

    const answers = [await fetch(origin + path), await fetch(origin + path, { method: 'PUT', body: 'x' })];

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  },
);

test('lets pages of every origin ask, without a cookie', async () => {
  const there = await scene();
  const upload = await offered(there.ann, 3);

  const preflight = await fetch(there.origin + upload, { method: 'OPTIONS' });
  const put = await fetch(there.origin + upload, { method: 'PUT', body: 'abc' });
  const forged = await fetch(`${there.origin + upload}0`, { method: 'PUT', body: 'abc' });

  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('Content-Range, Content-Type, Range');
  for (const { headers } of [preflight, put, forged]) {
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('Access-Control-Allow-Credentials')).toBeNull();
    expect(headers.get('Access-Control-Expose-Headers')).toBe('Upload-Offset, Upload-Complete, Retry-After');
  }
});
