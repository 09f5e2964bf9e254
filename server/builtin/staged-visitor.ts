import type { Clock, Random, StanzaLink } from '../core/ports.ts';
import type { ClientStream } from './client-socket.ts';
import type { BuiltinLimits } from './limits.ts';
import { readElement } from './read-element.ts';
import { type BuiltinServer, builtinServer } from './server.ts';
import type { XmlElement } from './xml.ts';

/** The host of every server that is made here. */
export const HOST = 'visitors.localhost';

/** A clock that moves when a test says so. */
export interface StagedClock extends Clock {
  /** Lets `ms` pass: every timer and macrotask that is due runs, in order. */
  advance(ms: number): void;
}

/** Starts at the epoch. */
export function stagedClock(): StagedClock {
  let now = 0;
  let order = 0;
  const due: { at: number; order: number; task: () => void }[] = [];
  const schedule = (ms: number, task: () => void) => {
    const entry = { at: now + ms, order: order++, task };
    due.push(entry);
    return () => {
      const index = due.indexOf(entry);
      if (index >= 0) due.splice(index, 1);
    };
  };
  return {
    now: () => now,
    after: schedule,
    defer: (task) => {
      schedule(0, task);
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        due.sort((a, b) => a.at - b.at || a.order - b.order);
        const next = due[0];
        if (!next || next.at > until) break;
        due.shift();
        now = next.at;
        next.task();
      }
      now = until;
    },
  };
}

/** Bytes that never repeat, and are the same in every run. */
export function countingRandom(): Random {
  let count = 0;
  return {
    bytes: (length) => Uint8Array.from({ length }, (_, index) => (index === 0 ? count++ & 255 : (count >> 8) & 255)),
  };
}

/** A server, its clock and what its log said. */
export interface Stage {
  readonly clock: StagedClock;
  readonly server: BuiltinServer;
  readonly logged: string[];
}

/** A server for one test. */
export function stage(limits: Partial<BuiltinLimits> = {}, origins: readonly string[] | '*' = '*'): Stage {
  const clock = stagedClock();
  const logged: string[] = [];
  const log = {
    info: (message: string) => logged.push(message),
    warn: (message: string) => logged.push(message),
    error: (message: string) => logged.push(message),
  };
  const server = builtinServer({ host: HOST, clock, random: countingRandom(), log, origins, limits });
  return { clock, server, logged };
}

/** One client as a test sees it. */
export interface StagedVisitor {
  readonly stream: ClientStream;
  /** Full JID, once bound. */
  readonly jid: string;
  /** The close of the socket, once it came. */
  readonly closed: string | undefined;
  /** Sends, and returns the frames that came since the last call. */
  say(text: string): XmlElement[];
  /** The frames that came since the last call. */
  heard(): XmlElement[];
}

const OPEN = `<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='${HOST}' version='1.0'/>`;
const AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
const BIND = "<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";

/** What a client says to get in, in order. */
export const LOGIN: readonly string[] = [OPEN, AUTH, OPEN, BIND];

/** A client that has said the first `steps` lines of the login; all by default. */
export function visit({ clock, server }: Stage, steps = LOGIN.length): StagedVisitor {
  let frames: string[] = [];
  let closed: string | undefined;
  let jid = '';
  const stream = server.accept({
    send: (text) => frames.push(text),
    close: (code, reason) => {
      closed = `${code} ${reason}`;
    },
  });
  const heard = () => {
    clock.advance(0);
    const read = frames.map((text) => readElement(text, { stanzaBytes: 1_000_000, depth: 100 }));
    frames = [];
    return read;
  };
  const say = (text: string) => {
    stream.receive(text);
    return heard();
  };
  for (const line of LOGIN.slice(0, steps)) {
    const [answer] = say(line);
    jid = answer?.getChild('bind')?.getChild('jid')?.getText() ?? '';
  }
  return {
    stream,
    jid,
    say,
    heard,
    get closed() {
      return closed;
    },
  };
}

/** A component that writes down what its link tells it. */
export interface StagedComponent {
  readonly link: StanzaLink;
  /** Stanzas that came since the last call. */
  stanzas(): XmlElement[];
  /** `up`, and `down: reason`, in order. */
  readonly states: string[];
  /** Opens the link again. */
  open(): void;
}

/** A component of `domain` whose link is open and up. */
export function component({ clock, server }: Stage, domain = 'friend.localhost'): StagedComponent {
  const link = server.component(domain);
  const states: string[] = [];
  let arrived: string[] = [];
  const open = () => {
    link.open({
      stanza: (text) => arrived.push(text),
      up: () => states.push('up'),
      down: (reason) => states.push(`down: ${reason}`),
    });
    clock.advance(0);
  };
  open();
  return {
    link,
    states,
    open,
    stanzas() {
      clock.advance(0);
      const read = arrived.map((text) => readElement(text, { stanzaBytes: 1_000_000, depth: 100 }));
      arrived = [];
      return read;
    },
  };
}

/** The condition of a stanza error, a stream error or a SASL failure, with its type where it has one. */
export function conditionOf(element: XmlElement | undefined): string {
  const error = element?.getChild('error') ?? element;
  const type = error?.attrs.type === undefined ? '' : `${error.attrs.type} `;
  return `${type}${error?.getChildElements()[0]?.name ?? 'none'}`;
}
