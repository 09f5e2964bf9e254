import type { Log } from '../../core/ports.ts';

/** What is wanted of an XMPP server that Befriend starts for itself. */
export interface XmppServerOptions {
  /** Befriend's data folder; the server keeps its own files below it. */
  readonly dataDir: string;
  /** The friend's domain, an XEP-0114 component: `friend.localhost`. */
  readonly friend: string;
  /** The friend's full JID where it logs in as an account of this server, `friend@localhost/server`: visitors reach it, too. */
  readonly friendAccount?: string;
  /** The host of anonymous visitors: `visitors.localhost`. */
  readonly visitorsHost: string;
  /** The host of colleagues' accounts; `localhost` unless told. */
  readonly accountsHost?: string;
  /** Web origins that may connect, `https://example.com`; an empty list accepts every origin. */
  readonly origins: readonly string[];
  /** Port of the WebSocket on 127.0.0.1; 0 takes a free one. */
  readonly wsPort: number;
  /** Port for the friend on 127.0.0.1; 0 takes a free one. */
  readonly componentPort: number;
  /** Port for ordinary XMPP clients on 127.0.0.1; 0 or nothing takes a free one. */
  readonly clientPort?: number;
  /** What one connection may send, in bytes per second after a burst of ten times as much; 0 is no limit. */
  readonly bytesPerSecond?: number;
  readonly log: Log;
}

/** A TCP port on this machine. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** A running XMPP server, whoever started it. */
export interface XmppServer {
  readonly kind: 'ejabberd' | 'docker' | 'prosody' | 'builtin' | 'external';
  /** For people, `ejabberd 23.01`. */
  readonly name: string;
  /** Where browsers connect (RFC 7395), `ws://127.0.0.1:5280/xmpp-websocket`. */
  readonly service: string;
  /** The host on which SASL ANONYMOUS works. */
  readonly visitorsHost: string;
  /** Where the friend connects (XEP-0114). */
  readonly component: TcpAddress & { readonly secret: string };
  /** Where ordinary XMPP clients connect (RFC 6120), without TLS. */
  readonly clients?: TcpAddress;
  /** Ends the server and all that it started; resolves when nothing is left. Safe to call twice. */
  stop(): Promise<void>;
  /** Ends the server if it runs and starts it with the same ports, secret and accounts. */
  restart?(): Promise<void>;
  /** Ends the server without warning (SIGKILL), as a fault would. */
  kill?(): void;
  /** Runs one administrator's command, `ctl('register', 'ann', 'localhost', 'secret')`, and returns what it printed. */
  ctl?(...words: readonly string[]): Promise<string>;
}

/** Why an XMPP server could not be started. */
export type XmppServerErrorCode = 'missing_binary' | 'port_taken' | 'bad_config' | 'not_startable' | 'timeout';

/** An XMPP server could not be started; the message is one line and says what to do. */
export class XmppServerError extends Error {
  override readonly name = 'XmppServerError';
  readonly code: XmppServerErrorCode;

  constructor(code: XmppServerErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
