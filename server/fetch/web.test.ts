import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Ending } from '../core/ending.ts';
import { webFetch } from './web.ts';

type Route = (request: IncomingMessage, response: ServerResponse) => void;

const routes: Record<string, Route> = {
  '/hello': (_, response) => response.setHeader('X-Kind', 'greeting').end('{"says":"héllo"}'),
  '/missing': (_, response) => response.writeHead(404).end('no'),
  '/echo': (request, response) => {
    const { method, headers } = request;
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => response.end(JSON.stringify({ method, secret: headers.authorization, body })));
  },
  '/moved': (_, response) => response.writeHead(307, { location: '/echo' }).end(),
  '/see': (_, response) => response.writeHead(303, { location: '/echo' }).end(),
  '/away': (request, response) =>
    response.writeHead(307, { location: `http://localhost:${request.socket.localPort}/echo` }).end(),
  '/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
  '/file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/large': (_, response) => void response.end('x'.repeat(1_048_577)),
  '/slow': () => undefined,
};

let server: Server;
let base: string;

beforeEach(async () => {
  server = createServer((request, response) => routes[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ask(path: string, asking: object = {}, signal = new Ending()) {
  return webFetch()(`${base}${path}`, { ...asking, signal });
}

test('reads what the web answers, also where it says no', async () => {
  const [hello, missing] = [await ask('/hello'), await ask('/missing')];

  expect(hello).toMatchObject({ status: 200, ok: true, text: '{"says":"héllo"}' });
  expect(hello.headers['x-kind']).toBe('greeting');
  expect(hello.json()).toEqual({ says: 'héllo' });
  expect(missing).toMatchObject({ status: 404, ok: false, text: 'no' });
});

test('follows to where it is sent on, as it asked or by GET', async () => {
  const asking = { method: 'POST', body: 'words', headers: { authorization: 'key' } };

  const [moved, see] = [await ask('/moved', asking), await ask('/see', asking)];

  expect(moved.json()).toEqual({ method: 'POST', secret: 'key', body: 'words' });
  expect(see.json()).toEqual({ method: 'GET', secret: 'key', body: '' });
});

test('hands out what leads elsewhere where it is not to be followed', async () => {
  const moved = await ask('/moved', { method: 'POST', body: 'words', redirect: 'never' });

  expect([moved.status, moved.headers.location]).toEqual([307, '/echo']);
});

test('takes no key along to another origin', async () => {
  const away = await ask('/away', { headers: { Authorization: 'key' } });

  expect(away.json()).toEqual({ method: 'GET', body: '' });
});

test('says why it does not follow, ask or read on', async () => {
  const signal = new Ending();
  const asked = [ask('/round'), ask('/file'), ask('/large'), webFetch()('file:///etc/passwd', { signal })];

  const outcomes = await Promise.allSettled(asked);

  expect(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as Error).message)).toEqual([
    `${base} sends on more than 3 times.`,
    'Only addresses of http and https are asked.',
    'The answer is longer than 1048576 bytes.',
    'Only addresses of http and https are asked.',
  ]);
});

test('ends when the signal says so', async () => {
  const signal = new Ending();
  const asked = ask('/slow', {}, signal);

  signal.abort('late');

  await expect(asked).rejects.toThrow();
});
