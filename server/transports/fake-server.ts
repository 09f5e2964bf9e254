import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { Parser } from '@xmpp/xml';
import { type Inbox, inbox } from './inbox.ts';
import type { XmlElement } from './xml-element.ts';

/** How the fake server treats who connects. */
export type Manner = 'correct' | 'silent' | 'hangs_up' | 'hangs_up_on_header' | 'ignores_login';

/** An XMPP server for tests: a login, one friend, and a route from the friend to itself. */
export interface FakeServer {
  readonly port: number;
  readonly service: string;
  /** The stanzas that arrived for others, each as XML text. */
  readonly sent: Inbox<string>;
  /** The stanzas that the friend sent to itself. */
  readonly looped: Inbox<string>;
  /** One entry per connection that was accepted. */
  readonly connections: Inbox<Socket>;
  /** Resolves at the first `</stream:stream>` of the friend. */
  readonly closed: Promise<void>;
  manner: Manner;
  /** False: stanzas from the friend to itself are swallowed, as by a server that hangs. */
  routes: boolean;
  /** Writes to everybody who is connected, as it is. */
  write(raw: string | Uint8Array): void;
  /** Ends all connections and stops listening. */
  stop(): Promise<void>;
}

/** The server's half of a login. */
export interface FakeLogin {
  /** The friend's address. */
  readonly address: string;
  /** What is written when a stream opens; `count` streams were open in this connection before. */
  opening(count: number): string;
  /** The answer to an element that is part of the login; undefined for a stanza. */
  answer(element: XmlElement): FakeAnswer | undefined;
}

export interface FakeAnswer {
  readonly xml: string;
  /** The login ends so, or a new stream follows in the same connection (RFC 6120 §4.3.3). */
  readonly next?: 'end' | 'restart';
}

/** Starts a fake server on a loopback port; 0 takes a free one. */
export async function fakeServer(login: FakeLogin, port = 0): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const closed = Promise.withResolvers<void>();
  const server = createServer((socket) => accept(socket));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;

  const fake: FakeServer = {
    port: bound,
    service: `xmpp://127.0.0.1:${bound}`,
    sent: inbox(),
    looped: inbox(),
    connections: inbox(),
    closed: closed.promise,
    manner: 'correct',
    routes: true,
    write(raw) {
      for (const socket of sockets) socket.write(raw);
    },
    async stop() {
      const gone = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await gone;
    },
  };

  function accept(socket: Socket): void {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => sockets.delete(socket));
    fake.connections.put(socket);
    if (fake.manner === 'hangs_up') socket.destroy();
    else read(socket);
  }

  function read(socket: Socket): void {
    const text = new StringDecoder('utf8');
    let streams = 0;
    let parser = stream();
    socket.on('data', (bytes) => parser.write(text.write(bytes)));

    function stream(): Parser {
      const next = new Parser();
      next.on('start', () => {
        if (fake.manner === 'silent') return;
        if (fake.manner === 'hangs_up_on_header') socket.destroy();
        else socket.write(login.opening(streams++));
      });
      next.on('element', (element) => {
        const answer = login.answer(element);
        if (answer === undefined) return route(socket, element);
        if (fake.manner === 'ignores_login') return;
        if (answer.next === 'end') socket.end(answer.xml);
        else socket.write(answer.xml);
        if (answer.next === 'restart') parser = stream();
      });
      next.on('end', () => {
        closed.resolve();
        socket.end('</stream:stream>');
      });
      return next;
    }
  }

  function route(socket: Socket, stanza: XmlElement): void {
    const xml = stanza.toString();
    if (stanza.attrs.to !== login.address) {
      fake.sent.put(xml);
      return;
    }
    fake.looped.put(xml);
    if (fake.routes) socket.write(xml);
  }

  return fake;
}
