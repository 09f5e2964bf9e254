import { expect, test } from 'vitest';
import type { StanzaLink } from '../core/ports.ts';
import { transportContract } from './contract.ts';
import type { TransportBench } from './contract-bench.ts';
import { eventRecorder } from './event-recorder.ts';
import { inbox } from './inbox.ts';
import { memoryTransport } from './memory.ts';

type Listener = Parameters<StanzaLink['open']>[0];

/** A server in this process: it routes nothing, and says what it was sent. */
function inProcessServer() {
  const sent = inbox<string>();
  const opened = Promise.withResolvers<Listener>();
  const closed = Promise.withResolvers<void>();
  const link: StanzaLink = {
    open: (listener) => opened.resolve(listener),
    send: (xml) => sent.put(xml),
    close: () => closed.resolve(),
  };
  return { link, sent, listener: opened.promise, closed: closed.promise };
}

const address = 'friend.example.com';
transportContract('memory', { address }, async (log): Promise<TransportBench> => {
  const { link, sent, closed, listener } = inProcessServer();
  let deliver: (xml: string) => void = () => undefined;
  void listener.then((side) => {
    deliver = side.stanza;
    side.up();
  });
  return {
    transport: memoryTransport({ address, link, log }),
    deliver: (xml) => deliver(xml),
    sent,
    closed,
    dispose: async () => undefined,
  };
});

test('sends nothing while the link is down, and tells why it is', async () => {
  const server = inProcessServer();
  const events = eventRecorder();
  const transport = memoryTransport({ address, link: server.link });
  transport.start(events);
  const listener = await server.listener;

  const early = transport.send('a@b/c', '{}');
  listener.up();
  listener.down('The tab was frozen.');
  const late = transport.send('a@b/c', '{}');

  expect([early, late]).toEqual([false, false]);
  expect(transport.counts.dropped).toBe(2);
  expect(await events.links.take(3)).toEqual([
    { state: 'connecting' },
    { state: 'up' },
    { state: 'down', reason: 'The tab was frozen.' },
  ]);
});

test('leaves out what is not XML and reads on', async () => {
  const server = inProcessServer();
  const events = eventRecorder();
  memoryTransport({ address, link: server.link }).start(events);
  const listener = await server.listener;

  for (const text of ['', 'words', '<message', '<message>&#1;</message>']) listener.stanza(text);
  listener.stanza('<presence from="a@b/c" type="unavailable"/>');

  expect(await events.told.next()).toEqual({ kind: 'gone', from: 'a@b/c' });
});
