import type { Clock, Log, Random, StanzaLink } from '../core/ports.ts';
import { ClientSession, type SessionSurroundings } from './client-session.ts';
import type { ClientSocket, ClientStream } from './client-socket.ts';
import { ComponentLink, type ComponentSurroundings } from './component-link.ts';
import { parseJid } from './jid.ts';
import { type BuiltinLimits, DEFAULT_LIMITS } from './limits.ts';
import { Router } from './router.ts';

/** How a built-in server is made. */
export interface BuiltinOptions {
  /** The virtual host of the visitors, `visitors.localhost`. */
  readonly host: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Log;
  /** Origins of pages that may connect, `https://shop.example`; all by default. */
  readonly origins?: readonly string[] | '*';
  readonly limits?: Partial<BuiltinLimits>;
}

/** An XMPP server for one page or one demo; state lives in memory only. */
export interface BuiltinServer {
  /**
   * Takes over one client's socket (RFC 7395) and returns the stream to feed. Where the origin is refused or too many
   * are there, the socket is closed (1008, 1013) in a later macrotask and the stream takes nothing.
   */
  accept(socket: ClientSocket, origin?: string): ClientStream;
  /**
   * Whether a page of this origin may connect. No origin means no browser, and is allowed: the check keeps foreign pages
   * out, and a program can claim any origin.
   */
  allowsOrigin(origin?: string): boolean;
  /**
   * A new link for the component of this domain. One of a domain is open at a time: another `open` is told
   * `down('conflict')`; after `close` it can be opened again.
   *
   * @throws Error when `domain` is no domain, or is the host itself.
   */
  component(domain: string): StanzaLink;
  /** Streams that are there, authenticated or not. */
  readonly sessions: number;
  /** Ends all streams and links with `system-shutdown`, for ever. */
  close(): void;
}

/** Makes a server. It opens no port: sockets come by `accept`, and components by `component`. */
export function builtinServer(options: BuiltinOptions): BuiltinServer {
  const { clock, random, log = SILENT, origins = '*' } = options;
  const host = requireDomain(options.host);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const router = new Router(host, limits, log);
  const sessions = new Set<ClientSession>();
  let closed = false;

  const allowsOrigin = (origin?: string): boolean =>
    origin === undefined || origins === '*' || origins.includes(origin);
  const forSessions: SessionSurroundings = {
    ...{ host, clock, random, limits, log },
    events: {
      bound: (session) => router.bound(session),
      stanza: (session, address, stanza) => router.fromClient(session, address, stanza),
      left: (session, address) => router.left(session, address),
      over: (session) => sessions.delete(session),
    },
  };
  const forComponents: ComponentSurroundings = {
    ...{ clock, limits, log },
    attach: (link) => (closed ? 'system-shutdown' : router.attach(link) ? 'attached' : 'conflict'),
    detach: (link) => router.detach(link),
    stanza: (link, stanza) => router.fromComponent(link, stanza),
  };
  const refused = (socket: ClientSocket, code: number, reason: string): ClientStream => {
    log.warn('A connection was refused.', { reason });
    clock.defer(() => socket.close(code, reason));
    return { receive: () => {}, heard: () => {}, closed: () => {} };
  };

  return {
    allowsOrigin,
    accept(socket, origin) {
      if (closed) return refused(socket, 1001, 'system-shutdown');
      if (!allowsOrigin(origin)) return refused(socket, 1008, 'policy-violation');
      if (sessions.size >= limits.sessions) return refused(socket, 1013, 'resource-constraint');
      const session = new ClientSession(forSessions, socket);
      sessions.add(session);
      return session;
    },
    component(domain) {
      const address = requireDomain(domain);
      if (address === host) throw new Error(`${domain} is the host itself: give the component a domain of its own.`);
      return new ComponentLink(address, forComponents);
    },
    get sessions() {
      return sessions.size;
    },
    close() {
      closed = true;
      for (const session of [...sessions]) session.end('system-shutdown', 'The server stops.');
      for (const link of router.links()) link.end('system-shutdown');
    },
  };
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

function requireDomain(text: string): string {
  const jid = parseJid(text);
  if (!jid || jid.full !== jid.domain) throw new Error(`${text} is no domain.`);
  return jid.domain;
}
