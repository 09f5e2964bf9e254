import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Parser } from '@xmpp/xml';
import { createElement } from 'ltx';
import type { Log } from '../../core/ports.ts';
import { componentTransport } from '../../transports/component.ts';
import type { TransportBench } from '../../transports/contract-bench.ts';
import { realClock } from '../../transports/hand-clock.ts';
import { inbox } from '../../transports/inbox.ts';
import type { XmlElement } from '../../transports/xml-element.ts';
import { rawComponent } from './raw-clients.ts';
import type { XmppServer } from './xmpp-server.ts';

/** The friend of the contract of transports, and the domain of those who speak in it. */
export const contractDomains = { friend: 'friend.example.com', speaker: 'visitors.example.com' } as const;

/**
 * The bench of the contract with a real server in between. Who speaks is a component, too: so it can write whatever it
 * wants, from every address of its domain.
 */
export async function benchThrough({ component }: XmppServer, log: Log): Promise<TransportBench> {
  const { friend, speaker } = contractDomains;
  const way = await tappedWay(component.port);
  const sent = inbox<string>();
  const parser = new Parser();
  parser.on('element', (element) => {
    if (element.name !== 'handshake') sent.put(ordered(element).toString());
  });
  const raw = await rawComponent(speaker, component, (xml) => parser.write(xml));
  const service = `xmpp://127.0.0.1:${way.port}`;
  const random = { bytes: (count: number) => new Uint8Array(count).fill(128) };
  const { secret } = component;
  const transport = componentTransport({ service, domain: friend, secret, clock: realClock, random, log });
  return {
    transport,
    deliver: (xml) => raw.send(xml),
    sent,
    closed: way.closed,
    async dispose() {
      await transport.stop();
      raw.close();
      way.stop();
    },
  };
}

/** A way to `port` that sees when the friend ends its stream. */
async function tappedWay(port: number): Promise<{ port: number; closed: Promise<void>; stop(): void }> {
  const closed = Promise.withResolvers<void>();
  const way = createServer((socket) => {
    const server = connect(port, '127.0.0.1');
    socket.pipe(server).pipe(socket);
    socket.on('data', (chunk) => {
      if (chunk.includes('</stream:stream>')) closed.resolve();
    });
    for (const end of [socket, server]) end.on('error', () => end.destroy());
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  return { port: (way.address() as AddressInfo).port, closed: closed.promise, stop: () => void way.close() };
}

/** The stanza as its sender wrote it: a server may change the order of attributes, and adds the stream's language. */
function ordered(element: XmlElement): ReturnType<typeof createElement> {
  const order = ['from', 'to', 'type', 'id', 'xmlns', 'datatype'];
  const { 'xml:lang': _, ...attrs } = element.attrs;
  const sorted = Object.entries(attrs).sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  const children = element.children.map((child) => (typeof child === 'string' ? child : ordered(child)));
  return createElement(element.name, Object.fromEntries(sorted), ...children);
}
