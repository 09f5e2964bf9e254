/// <reference path="./xmpp-client.d.ts" />
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, client, xml } from '@xmpp/client';
import { expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../core/ports.ts';
import { interceptBuiltin } from '../testing/intercept.ts';
import { serveBuiltin } from './node.ts';
import { type BuiltinServer, builtinServer } from './server.ts';
import { HOST } from './staged-visitor.ts';
import type { XmlElement } from './xml.ts';

const FRIEND = 'friend.localhost';

const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  defer: (task) => {
    setImmediate(task);
  },
};

const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };

/** The client as @xmpp/client puts it together, without reconnection. */
function stockClient(service: string) {
  const entity = client({ service, domain: HOST });
  entity.reconnect.stop();
  const errors: Error[] = [];
  entity.on('error', (error) => errors.push(error));
  return { client: entity, iq: entity.iqCaller, errors };
}

async function overWebSocket(builtin: BuiltinServer): Promise<string> {
  const http = createServer();
  const endpoint = serveBuiltin(http, builtin);
  await once(http.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    endpoint.close();
    http.close();
  });
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}/xmpp-websocket`;
}

async function withinThePage(builtin: BuiltinServer): Promise<string> {
  const url = 'wss://chat.example.test/xmpp-websocket';
  const interception = interceptBuiltin(url, builtin);
  onTestFinished(() => interception.dispose());
  return url;
}

function nextStanza(client: Client, name: string): Promise<XmlElement> {
  return new Promise((resolve) => client.on('stanza', (stanza) => stanza.name === name && resolve(stanza)));
}

const WAYS = [
  ['over a WebSocket', overWebSocket],
  ['within the page', withinThePage],
] as const;

test.each(WAYS)('lets xmpp.js log in, ping, talk to the friend and stop at once, %s', async (_, reach) => {
  const builtin = builtinServer({ host: HOST, clock: wallClock, random });
  const gone = Promise.withResolvers<string>();
  const link = builtin.component(FRIEND);
  link.open({
    up: () => {},
    down: () => {},
    stanza(text) {
      const [, from = ''] = /from="([^"]+)"/.exec(text) ?? [];
      if (text.includes('unavailable')) gone.resolve(from);
      else if (text.startsWith('<message'))
        link.send(`<message from="${FRIEND}" to="${from}"><body>to you: 😀</body></message>`);
    },
  });
  const { client: entity, iq, errors } = stockClient(await reach(builtin));

  await entity.start();
  const jid = String(entity.jid);
  const pong = await iq.request(xml('iq', { type: 'get', to: HOST }, xml('ping', { xmlns: 'urn:xmpp:ping' })));
  const answer = nextStanza(entity, 'message');
  await entity.send(xml('presence', { to: FRIEND }));
  await entity.send(xml('message', { to: FRIEND }, xml('body', {}, 'hello')));
  const heard = await answer;
  const before = performance.now();
  await entity.stop();
  const stopped = performance.now() - before;

  expect(jid).toMatch(/^[0-9a-f]{32}@visitors\.localhost\//);
  expect(pong.attrs.type).toBe('result');
  expect([heard.attrs.from, heard.getChild('body')?.getText()]).toEqual([FRIEND, 'to you: 😀']);
  expect(await gone.promise).toBe(jid);
  expect(stopped).toBeLessThan(300);
  expect([errors, entity.status]).toEqual([[], 'offline']);
  await expect.poll(() => builtin.sessions, { interval: 1 }).toBe(0);
});

test.each(WAYS)('tells xmpp.js why its stream ends, %s', async (_, reach) => {
  const builtin = builtinServer({ host: HOST, clock: wallClock, random });
  const { client: entity, errors } = stockClient(await reach(builtin));
  await entity.start();
  const ended = new Promise((resolve) => entity.on('error', resolve));

  builtin.close();
  await ended;

  expect(errors.map((error) => error.name)).toEqual(['StreamError']);
  expect(String(errors[0])).toContain('system-shutdown');
});

test('gives the page its own WebSocket back when the interception is disposed', () => {
  const own = globalThis.WebSocket;
  const builtin = builtinServer({ host: HOST, clock: wallClock, random });

  const interception = interceptBuiltin('wss://chat.example.test/xmpp-websocket', builtin);
  const during = globalThis.WebSocket;
  interception.dispose();

  expect(during).not.toBe(own);
  expect(globalThis.WebSocket).toBe(own);
});
