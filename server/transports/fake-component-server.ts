import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { Parser } from '@xmpp/xml';
import { type Inbox, inbox } from './inbox.ts';
import type { XmlElement } from './xml-element.ts';

/** How the fake server treats a component that connects. */
export type Manner = 'correct' | 'silent' | 'hangs_up' | 'hangs_up_on_header' | 'ignores_handshake';

/** The server's half of XEP-0114 for tests: handshake, one component, and a route from the component to itself. */
export interface FakeComponentServer {
  readonly port: number;
  readonly service: string;
  /** The stanzas that arrived for others, each as XML text. */
  readonly sent: Inbox<string>;
  /** The stanzas that the component sent to itself. */
  readonly looped: Inbox<string>;
  /** One entry per connection that was accepted. */
  readonly connections: Inbox<Socket>;
  /** Resolves at the first `</stream:stream>` of a component. */
  readonly closed: Promise<void>;
  manner: Manner;
  /** False: stanzas from the component to itself are swallowed, as by a server that hangs. */
  routes: boolean;
  /** Writes to every component, as it is. */
  write(raw: string | Uint8Array): void;
  /** Ends all connections and stops listening. */
  stop(): Promise<void>;
}

/** Starts the fake server on a loopback port; 0 takes a free one. */
export async function fakeComponentServer(domain: string, secret: string, port = 0): Promise<FakeComponentServer> {
  const sockets = new Set<Socket>();
  const closed = Promise.withResolvers<void>();
  const server = createServer((socket) => accept(socket));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;

  const fake: FakeComponentServer = {
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
    const parser = new Parser();
    const text = new StringDecoder('utf8');
    parser.on('start', () => {
      if (fake.manner === 'silent') return;
      if (fake.manner === 'hangs_up_on_header') socket.destroy();
      else socket.write(`<?xml version='1.0'?><stream:stream ${streamAttributes} from='${domain}' id='s1'>`);
    });
    parser.on('element', (element) => {
      if (element.name === 'handshake') shakeHands(socket, element.getText());
      else route(socket, element);
    });
    parser.on('end', () => {
      closed.resolve();
      socket.end('</stream:stream>');
    });
    socket.on('data', (bytes) => parser.write(text.write(bytes)));
  }

  function shakeHands(socket: Socket, digest: string): void {
    if (fake.manner === 'ignores_handshake') return;
    const isRight = digest === createHash('sha1').update(`s1${secret}`).digest('hex');
    if (isRight) socket.write('<handshake/>');
    else socket.end(`<stream:error>${notAuthorized}</stream:error></stream:stream>`);
  }

  function route(socket: Socket, stanza: XmlElement): void {
    const xml = stanza.toString();
    if (stanza.attrs.to !== domain) {
      fake.sent.put(xml);
      return;
    }
    fake.looped.put(xml);
    if (fake.routes) socket.write(xml);
  }

  return fake;
}

const streamAttributes = "xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'";
const notAuthorized =
  "<not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>Invalid Handshake</text>";
