import { once } from 'node:events';
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { Clock } from '../core/ports.ts';
import { type Cause, type Endpoint, failureOf, failureOfError, type LinkFailure } from './link-failure.ts';
import type { XmlElement } from './xml-element.ts';

const connectLimitMs = 8_000;
const openLimitMs = 10_000;
/** The library's limit for each step of closing, before the socket is destroyed. */
const closeLimitMs = 1_000;
/** Bytes read at once that say that nobody has read for a while. */
const largeRead = 32 * 1024;

/**
 * What is used of a connection of xmpp.js, read in its source: neither of its two versions has types of its own. Its
 * reconnect knows no cause, its `start()` leaves rejections that nobody can catch, and its middleware answers IQs by
 * itself and throws on an address that it cannot read; so only the socket, the parser and the login are.
 */
export interface Entity {
  /** The socket of the current connection, wrapped where it speaks TLS; null before `connect` and after its end. */
  readonly socket: Socket | { readonly socket: Socket | null } | null;
  /** Milliseconds that each of the library's own steps may take. */
  timeout: number;
  readonly reconnect: { stop(): void };

  on(event: 'online' | 'disconnect' | 'close' | 'connect', listener: () => void): this;
  on(event: 'error', listener: (error: unknown) => void): this;
  on(event: 'stanza', listener: (stanza: XmlElement) => void): this;
  emit(event: 'error', error: Error): boolean;
  removeAllListeners(event: string): this;

  connect(service: string): Promise<unknown>;
  open(options: { domain: string }): Promise<unknown>;
  write(xml: string): Promise<void>;
  /** Closes the stream, then the socket. */
  stop(): Promise<unknown>;

  /**
   * Feeds what the socket read to the parser. Internal, and declared because it throws out of the socket's event, thus
   * ends the process, for an illegal character reference and for anything that follows a parser error.
   */
  _onData(data: string | Uint8Array): void;
}

/** Where a stream leads. */
export interface StreamOptions {
  /** `xmpp://host:port`. */
  readonly service: string;
  /** Whom the stream is opened to (RFC 6120 §4.7.2). */
  readonly domain: string;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  /** Asked when the login is done: why the stream is of no use in spite of that, if so. */
  readonly refusal?: () => LinkFailure | undefined;
}

/** What one stream tells. After `end` it tells nothing. */
export interface StreamEvents {
  /** The server took the login: stanzas may go. */
  up(): void;
  stanza(stanza: XmlElement): void;
  /** More was read at once than comes while it is read as it comes. */
  backlog(): void;
  /** Called once, however the stream ends; no second attempt is made here. */
  end(failure: LinkFailure): void;
}

/** One XMPP stream from connecting to its end. */
export interface XmppStream {
  /** Bytes that the socket holds because the server has not read them. */
  readonly waiting: number;
  /** Writes stanzas, in their XML text, as one piece. */
  write(xml: string): void;
  /** Drops the stream without a word, for instance because the server is silent. */
  abandon(cause: Cause): void;
  /** Closes the stream as RFC 6120 §4.4 has it; resolves when the socket is gone, after about 2 s at the latest. */
  close(): Promise<void>;
}

/** Connects `entity`, which logs in by itself, and watches over it to its end. */
export function openStream(entity: Entity, options: StreamOptions, events: StreamEvents): XmppStream {
  const { service, domain, endpoint, clock } = options;
  entity.reconnect.stop();
  // Longer than our own limit, which therefore always comes first.
  entity.timeout = 2 * openLimitMs;

  let socket: Socket | null = null;
  let isUp = false;
  let isOver = false;
  let early: XmlElement[] = [];
  let cancelLimit = clock.after(connectLimitMs, () => abandon('connect_limit'));

  function finish(failure: LinkFailure): void {
    if (isOver) return;
    isOver = true;
    cancelLimit();
    entity.timeout = closeLimitMs;
    events.end(failure);
  }

  function drop(failure: LinkFailure): void {
    finish(failure);
    socket?.destroy();
  }

  const fail = (error: unknown): void => drop(failureOfError(error, endpoint));
  const abandon = (cause: Cause): void => drop(failureOf(cause, endpoint));

  async function close(): Promise<void> {
    const isPolite = isUp && socket?.destroyed === false;
    finish(failureOf('stopped', endpoint));
    if (isPolite) await entity.stop().catch(() => undefined);
    // The library waits for an answer to its header or login with timers that would keep the process alive.
    entity.emit('error', new Error('closed'));
    if (!socket || socket.closed) return;
    const gone = once(socket, 'close');
    socket.destroy();
    await gone;
  }

  entity.on('error', fail);
  entity.on('disconnect', () => abandon(isUp ? 'closed' : 'closed_early'));
  entity.on('close', () => {
    finish(failureOf('closed', endpoint));
    void close();
  });
  entity.on('connect', () => {
    socket?.setNoDelay(true);
    cancelLimit();
    cancelLimit = clock.after(openLimitMs, () => abandon('open_limit'));
    entity.open({ domain }).catch(fail);
  });
  entity.on('online', () => {
    if (isOver) return;
    const refusal = options.refusal?.();
    if (refusal !== undefined) return drop(refusal);
    isUp = true;
    socket = socketOf(entity);
    cancelLimit();
    events.up();
    for (const stanza of early) events.stanza(stanza);
    early = [];
  });
  entity.on('stanza', (stanza) => {
    if (isOver) return;
    if (isUp) events.stanza(stanza);
    // What came in one piece with the end of the login is read before the library says that it is done.
    else early.push(stanza);
  });

  const parse = entity._onData.bind(entity);
  // Else each chunk is decoded alone, and a character that is cut in two becomes U+FFFD twice.
  const decoder = new StringDecoder('utf8');
  entity._onData = (data) => {
    if (isUp && !isOver && data.length >= largeRead) events.backlog();
    try {
      parse(typeof data === 'string' ? data : decoder.write(data));
    } catch {
      abandon('not_xml');
    }
  };

  entity.connect(service).catch(fail);
  socket = socketOf(entity);

  return {
    get waiting() {
      return socket?.writableLength ?? 0;
    },
    write(xml) {
      // A failed write is followed by the socket's own end, which is told.
      entity.write(xml).catch(() => undefined);
    },
    abandon,
    close,
  };
}

function socketOf({ socket }: Entity): Socket | null {
  return socket && 'destroy' in socket ? socket : (socket?.socket ?? null);
}

/**
 * `host:port` of a service.
 * @throws TypeError where it is not `xmpp://host:port`
 */
export function placeOf(service: string): string {
  const { protocol, host } = new URL(service);
  if (protocol !== 'xmpp:' || host === '') throw new TypeError(`Expected xmpp://host:port, got ${service}`);
  return host;
}
