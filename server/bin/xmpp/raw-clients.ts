import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { TcpAddress } from './xmpp-server.ts';

/** One raw XMPP stream, to look at a server without any library in between. */
export interface RawStream {
  readonly jid: string;
  /** Every piece of XML that arrived so far, in order, also what `until` has dropped. */
  readonly received: readonly string[];
  send(xml: string): void;
  /** The next piece of XML, arrived or still to come, in which `pattern` is found; what comes before it is dropped. */
  until(pattern: RegExp): Promise<string>;
  close(): void;
}

/** What a raw client is like. */
export interface RawOptions {
  /** The Origin header of its handshake; none unless told. */
  readonly origin?: string;
  /** False: it answers no ping of the WebSocket. */
  readonly autoPong?: boolean;
}

/** Logs in with SASL ANONYMOUS over a WebSocket (RFC 7395, RFC 4505). @throws Error when the server refuses. */
export function anonymousClient(service: string, host: string, options: RawOptions = {}): Promise<RawStream> {
  return loggedIn(service, host, 'ANONYMOUS', '', options);
}

/** Logs in to an account with SASL PLAIN (RFC 4616) over a WebSocket. @throws Error when the server refuses. */
export function accountClient(service: string, host: string, user: string, password: string): Promise<RawStream> {
  return loggedIn(service, host, 'PLAIN', btoa(`\0${user}\0${password}`));
}

async function loggedIn(
  service: string,
  host: string,
  mechanism: string,
  credentials: string,
  options: RawOptions = {},
): Promise<RawStream> {
  const socket = new WebSocket(service, 'xmpp', options);
  const inbox = new Inbox();
  socket.on('message', (data) => inbox.put(data.toString()));
  socket.on('close', () => inbox.fail(new Error('The server closed the WebSocket.')));
  socket.on('error', (error) => inbox.fail(error));
  await once(socket, 'open');
  const open = `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${host}" version="1.0"/>`;
  socket.send(open);
  await inbox.until(new RegExp(`>${mechanism}<`));
  socket.send(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="${mechanism}">${credentials}</auth>`);
  const outcome = await inbox.until(/<success|<failure/);
  if (outcome.includes('<failure')) throw new Error(outcome);
  socket.send(open);
  await inbox.until(/xmpp-bind/);
  socket.send('<iq type="set" id="bind" xmlns="jabber:client"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>');
  const bound = await inbox.until(/<jid>/);
  const jid = /<jid>([^<]+)/.exec(bound)?.[1] ?? '';
  return {
    jid,
    received: inbox.received,
    send: (xml) => socket.send(xml),
    until: (pattern) => inbox.until(pattern),
    close: () => socket.close(),
  };
}

/**
 * Connects as the component `domain` (XEP-0114 §3); `heard` is told each piece of XML as it arrives.
 *
 * @throws Error when the server refuses the secret.
 */
export async function rawComponent(
  domain: string,
  server: TcpAddress & { readonly secret: string },
  heard: (xml: string) => void = () => undefined,
): Promise<RawStream> {
  const socket: Socket = connect(server);
  const inbox = new Inbox();
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    inbox.put(chunk);
    heard(chunk);
  });
  socket.on('close', () => inbox.fail(new Error('The server closed the stream.')));
  socket.on('error', (error) => inbox.fail(error));
  const namespaces = 'xmlns="jabber:component:accept" xmlns:stream="http://etherx.jabber.org/streams"';
  socket.write(`<stream:stream ${namespaces} to="${domain}">`);
  const header = await inbox.until(/<stream:stream[^>]*>/);
  if (header.includes('<stream:error')) throw new Error(header);
  const id = /\sid=['"]([^'"]+)/.exec(header)?.[1] ?? '';
  const proof = createHash('sha1').update(`${id}${server.secret}`).digest('hex');
  socket.write(`<handshake>${proof}</handshake>`);
  await inbox.until(/<handshake/);
  return {
    jid: domain,
    received: inbox.received,
    send: (xml) => socket.write(xml),
    until: (pattern) => inbox.until(pattern),
    close: () => socket.end('</stream:stream>'),
  };
}

class Inbox {
  readonly received: string[] = [];
  private readonly pieces: string[] = [];
  private waiting: (() => void) | undefined;
  private failure: Error | undefined;

  put(piece: string): void {
    this.received.push(piece);
    this.pieces.push(piece);
    this.waiting?.();
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.waiting?.();
  }

  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const piece = this.pieces.shift();
      if (piece !== undefined && pattern.test(piece)) return piece;
      if (piece?.includes('<stream:error') === true) throw new Error(piece);
      if (piece === undefined) await this.arrival();
    }
  }

  private arrival(): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiting = () => (this.pieces.length === 0 && this.failure !== undefined ? reject(this.failure) : resolve());
    });
  }
}
