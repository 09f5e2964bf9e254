import type { ErrorCode } from '../../protocol/errors.ts';
import { errors } from '../../protocol/errors.ts';
import { frameOf, framesOf, toJson } from '../../protocol/frame.ts';
import { version } from '../../protocol/limits.ts';
import type { Connection, Connections } from './connections.ts';
import type { Page } from './effect.ts';
import type { Meter } from './meter.ts';
import type { Transport } from './ports.ts';
import type { Store, StoredFact } from './store.ts';

/** A fact that was just committed, and whether its log ever had an audience. */
export interface Committed {
  readonly fact: StoredFact;
  readonly audienced: boolean;
}

/** A fact's wire form without `prev` and `re`, which depend on the reader. */
function wireStart(fact: StoredFact): string {
  const { type, at, by, log, seq } = fact;
  const lifted = fact.v === version ? '' : `,"v":${fact.v}`;
  return `{"type":${toJson(type)},"at":${at},"by":${toJson(by)},"log":${toJson(log)},"seq":${seq}${lifted},"body":${fact.body}`;
}

function wire(start: string, prev: number, re?: string): string {
  return re === undefined ? `${start},"prev":${prev}}` : `${start},"prev":${prev},"re":${toJson(re)}}`;
}

/**
 * Turns facts into frames and hands them to the transport: one frame for each connection and tick. What it cannot
 * hand over is not kept; whoever missed something fetches it with his cursor.
 */
export class Teller {
  readonly #transport: Pick<Transport, 'send'>;
  readonly #connections: Connections;
  readonly #store: Store;
  readonly #meter: Meter;
  readonly #out = new Map<string, (string | readonly string[])[]>();

  constructor(transport: Pick<Transport, 'send'>, connections: Connections, store: Store, meter: Meter) {
    this.#transport = transport;
    this.#connections = connections;
    this.#store = store;
    this.#meter = meter;
  }

  /** Sends what has gathered. */
  flush(): void {
    if (this.#out.size === 0) return;
    const gathered = [...this.#out];
    this.#out.clear();
    for (const [jid, events] of gathered) {
      const [only] = events;
      const frames = events.length === 1 && typeof only === 'string' ? [frameOf([only])] : framesOf(events);
      let handed = 0;
      for (const frame of frames) if (this.#transport.send(jid, frame)) handed += 1;
      if (handed > 0) this.#meter.count('told', events.length);
    }
  }

  /** Queues an encoded event, or a group that stays in one frame, for a connection. */
  queue(jid: string, event: string | readonly string[]): void {
    const waiting = this.#out.get(jid);
    if (waiting === undefined) this.#out.set(jid, [event]);
    else waiting.push(event);
  }

  /** Answers an action with something that is not stored, and the page that it heads. */
  answer(jid: string, at: number, type: string, body: unknown, re?: string, reader?: string, page?: Page): void {
    this.#meter.count('answered');
    const event = passing({ type, at, body, re });
    if (page === undefined) {
      this.queue(jid, event);
      return;
    }
    let prev = page.after;
    const facts = page.facts.map((fact) => {
      const encoded = wire(wireStart(fact), prev, fact.by === reader ? fact.action : undefined);
      prev = fact.seq;
      return encoded;
    });
    this.queue(jid, [event, ...facts]);
  }

  /** Tells a stored fact once more to one connection; `prev` is what its reader holds or could see before it. */
  again(jid: string, fact: StoredFact, prev: number, reader: string | undefined): void {
    this.queue(jid, wire(wireStart(fact), prev, fact.by === reader ? fact.action : undefined));
  }

  /** Answers with a code from the table; `re` is the action's id, or the stanza's where no action could be read. */
  refuse(
    jid: string,
    at: number,
    code: ErrorCode,
    re?: string,
    more: { detail?: string; retryAfter?: number } = {},
  ): void {
    this.#meter.count('refused');
    this.answer(jid, at, 'error', { code, advice: errors[code].advice, ...more }, re);
  }

  /** Tells what is true only now. */
  passing(
    receivers: Iterable<Connection>,
    at: number,
    type: string,
    body: unknown,
    by?: string,
    except?: string,
  ): void {
    const event = passing({ type, at, body, by });
    for (const connection of receivers) if (connection.jid !== except) this.queue(connection.jid, event);
  }

  /** Tells a committed fact to everybody who hears its log or its list, and to the sender as his answer. */
  committed({ fact, audienced }: Committed, list: string | undefined, answerTo?: string): void {
    const start = wireStart(fact);
    const plain = wire(start, fact.seq - 1);
    const own = wire(start, fact.seq - 1, fact.action);
    const seen = new Set<string>();
    if (answerTo !== undefined) {
      this.#meter.count('answered');
      this.#one(answerTo, fact, audienced, start, own);
      seen.add(answerTo);
    }
    for (const connection of this.#readers(fact, list)) {
      if (seen.has(connection.jid)) continue;
      seen.add(connection.jid);
      this.#one(connection.jid, fact, audienced, start, connection.user === fact.by ? own : plain);
    }
  }

  *#readers(fact: StoredFact, list: string | undefined): Iterable<Connection> {
    for (const connection of this.#connections.hearing(fact.log))
      if (isAudience(fact, connection.user)) yield connection;
    if (list === undefined) return;
    for (const connection of this.#connections.hearing(list)) if (isAudience(fact, connection.user)) yield connection;
  }

  /** `event` says `seq - 1` as `prev`, which holds unless something before it was hidden from this reader. */
  #one(jid: string, fact: StoredFact, audienced: boolean, start: string, event: string): void {
    const reader = this.#connections.get(jid)?.user;
    if (!audienced || reader === undefined) {
      this.queue(jid, event);
      return;
    }
    const re = reader === fact.by ? fact.action : undefined;
    void this.#store.prevVisible(fact.log, fact.seq, reader).then((prev) => {
      this.queue(jid, wire(start, prev, re));
      this.flush();
    });
  }
}

function isAudience(fact: StoredFact, user: string): boolean {
  return fact.audience === undefined || fact.audience.includes(user);
}

function passing(event: {
  type: string;
  at: number;
  body: unknown;
  re?: string | undefined;
  by?: string | undefined;
}): string {
  return toJson(event);
}
