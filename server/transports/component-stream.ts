import { once } from 'node:events';
import { type Component, component } from '@xmpp/component';
import type { Clock } from '../core/ports.ts';
import { type Cause, type Endpoint, failureOf, failureOfError, type LinkFailure } from './link-failure.ts';
import type { XmlElement } from './xml-element.ts';

const connectLimitMs = 8_000;
const openLimitMs = 10_000;
/** The library's limit for each step of closing, before the socket is destroyed. */
const closeLimitMs = 1_000;

/** Where a component stream leads, and who opens it. */
export interface ComponentStreamOptions extends Endpoint {
  /** `xmpp://host:port`. */
  readonly service: string;
  readonly secret: string;
  readonly clock: Clock;
}

/** What one stream tells. After `end` it tells nothing. */
export interface ComponentStreamEvents {
  /** The server took the handshake: stanzas may go. */
  up(): void;
  stanza(stanza: XmlElement): void;
  /** Called once, however the stream ends; no second attempt is made here. */
  end(failure: LinkFailure): void;
}

/** One component stream (XEP-0114) from connecting to its end. */
export interface ComponentStream {
  /** Bytes that the socket holds because the server has not read them. */
  readonly waiting: number;
  /** Writes stanzas, in their XML text, as one piece. */
  write(xml: string): void;
  /** Drops the stream without a word, for instance because the server is silent. */
  abandon(cause: Cause): void;
  /** Closes the stream as RFC 6120 §4.4 has it; resolves when the socket is gone, after about 2 s at the latest. */
  close(): Promise<void>;
}

/**
 * Opens one stream with `@xmpp/component`, of which only the socket, the parser and the handshake are used: its
 * reconnect knows no cause, its `start()` leaves rejections that nobody can catch, and its middleware answers IQs by
 * itself and throws on an address that it cannot read.
 */
export function openComponentStream(options: ComponentStreamOptions, events: ComponentStreamEvents): ComponentStream {
  const { service, domain, secret, clock } = options;
  const entity = component({ service, domain, password: secret });
  entity.reconnect.stop();
  entity.removeAllListeners('element');
  // Longer than our own limit, which therefore always comes first.
  entity.timeout = 2 * openLimitMs;

  let socket: Component['socket'] = null;
  let isUp = false;
  let isOver = false;
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

  const fail = (error: unknown): void => drop(failureOfError(error, options));
  const abandon = (cause: Cause): void => drop(failureOf(cause, options));

  async function close(): Promise<void> {
    const isPolite = isUp && socket?.destroyed === false;
    finish(failureOf('stopped', options));
    if (isPolite) await entity.stop().catch(() => undefined);
    // The library waits for an answer to its header or handshake with timers that would keep the process alive.
    entity.emit('error', new Error('closed'));
    if (!socket || socket.closed) return;
    const gone = once(socket, 'close');
    socket.destroy();
    await gone;
  }

  entity.on('error', fail);
  entity.on('disconnect', () => abandon(isUp ? 'closed' : 'closed_early'));
  entity.on('close', () => {
    finish(failureOf('closed', options));
    void close();
  });
  entity.on('connect', () => {
    // Else each chunk is decoded alone, and a character that is cut in two becomes U+FFFD twice.
    socket?.setEncoding('utf8');
    socket?.setNoDelay(true);
    cancelLimit();
    cancelLimit = clock.after(openLimitMs, () => abandon('open_limit'));
    entity.open({ domain }).catch(fail);
  });
  entity.on('online', () => {
    if (isOver) return;
    isUp = true;
    cancelLimit();
    events.up();
  });
  entity.on('stanza', (stanza) => {
    if (isUp && !isOver) events.stanza(stanza);
  });

  const parse = entity._onData.bind(entity);
  entity._onData = (data) => {
    try {
      parse(data);
    } catch {
      abandon('not_xml');
    }
  };

  entity.connect(service).catch(fail);
  socket = entity.socket;

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
