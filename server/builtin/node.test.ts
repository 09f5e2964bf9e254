import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { serveBuiltin } from './node.ts';
import { LOGIN, type Stage, stage } from './staged-visitor.ts';

async function serve({ server }: Stage, otherPaths = false): Promise<string> {
  const http = createServer();
  const endpoint = serveBuiltin(http, server);
  if (otherPaths)
    http.on('upgrade', (request, socket) => request.url === '/other' && socket.end('HTTP/1.1 418 Tea\r\n\r\n'));
  await once(http.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    endpoint.close();
    http.close();
  });
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** How an attempt to connect ends: `open`, or the status of the refusal. */
function outcome(url: string, protocols: string[], origin?: string): Promise<string> {
  const socket = new WebSocket(url, protocols, origin === undefined ? {} : { origin });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.on('open', () => resolve(`open ${socket.protocol}`));
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
}

test('takes the pages of its origins and programs without one, and refuses the rest with 403', async () => {
  const url = `${await serve(stage({}, ['https://shop.example']))}/xmpp-websocket?x=1`;

  const origins = ['https://shop.example', undefined, 'https://evil.example', 'null'];
  const outcomes = await Promise.all(origins.map((origin) => outcome(url, ['xmpp'], origin)));

  expect(outcomes).toEqual(['open xmpp', 'open xmpp', '403', '403']);
});

test('refuses a socket that does not offer the subprotocol xmpp', async () => {
  const url = `${await serve(stage())}/xmpp-websocket`;

  const outcomes = await Promise.all([[], ['mqtt'], ['mqtt', 'xmpp']].map((offered) => outcome(url, offered)));

  expect(outcomes).toEqual(['400', '400', 'open xmpp']);
});

test('leaves the upgrades of other paths to other listeners, and answers 404 where there is none', async () => {
  const [alone, shared] = await Promise.all([serve(stage()), serve(stage(), true)]);

  const outcomes = await Promise.all([
    outcome(`${alone}/other`, ['xmpp']),
    outcome(`${shared}/other`, ['xmpp']),
    outcome(`${shared}/xmpp-websocket`, ['xmpp']),
  ]);

  expect(outcomes).toEqual(['404', '418', 'open xmpp']);
});

test.each([
  ['a binary message', Buffer.from(LOGIN[0] ?? ''), 1003],
  ['a message over a mebibyte', 'a'.repeat(1024 * 1024 + 1), 1009],
])('closes the socket on %s and forgets the session', async (_, data, code) => {
  const place = stage();
  const socket = new WebSocket(`${await serve(place)}/xmpp-websocket`, ['xmpp']);
  await once(socket, 'open');
  const sessionsBefore = place.server.sessions;

  socket.send(data);
  const [closedWith] = await once(socket, 'close');

  expect(closedWith).toBe(code);
  expect(sessionsBefore).toBe(1);
  await expect.poll(() => place.server.sessions, { interval: 1 }).toBe(0);
});
