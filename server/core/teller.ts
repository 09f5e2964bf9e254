import type { ErrorCode } from '../../protocol/errors.ts';
import { errors } from '../../protocol/errors.ts';
import { frameOf, framesOf } from '../../protocol/frame.ts';
import type { Connection, Connections } from './connections.ts';
import type { Page } from './effect.ts';
import type { Meter } from './meter.ts';
import type { Clock, Crash, Log, Transport } from './ports.ts';
import type { StoredFact } from './rows.ts';
import type { Store } from './store.ts';
import { encodedPage, passing, wire, wireStart } from './wire.ts';

/** A fact that was just committed, and how it is told. */
export interface Committed {
  readonly fact: StoredFact;
  /** Its log had an audience at least once. */
  readonly audienced: boolean;
  /** Users who see nothing before it: they have become members by what it came with. */
  readonly newcomers?: ReadonlySet<string> | undefined;
  /** Whoever hears this list hears the fact. */
  readonly list?: string | undefined;
  /** The connection whose action it answers, where it answers one. */
  readonly answerTo?: string | undefined;
}

export interface TellerOptions {
  readonly transport: Pick<Transport, 'send'>;
  readonly connections: Connections;
  readonly store: Store;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly log: Log;
  readonly crash?: Crash;
  /** A frame for this connection could not be handed over. */
  readonly missed?: (jid: string) => void;
}

/** Encoded events for one connection; a group stays in one frame. */
type Outgoing = (string | readonly string[])[];

/** What is handed over leaves with the rest of this turn. */
const leave = (): void => undefined;

/**
 * Turns facts into frames and hands them to the transport: one frame for each connection and tick. What it cannot
 * hand over is not kept; whoever missed something is greeted, and fetches it with his cursor.
 */
export class Teller {
  readonly #options: TellerOptions;
  readonly #out = new Map<string, Outgoing>();
  /** The second half of a flush that a planted fault may cut in two. */
  #late: (readonly [jid: string, events: Outgoing])[] = [];
  #flushing = false;

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  /**
   * Sends what has gathered. `write` is called once the first of it is handed over, and at the end: who alone waits for an
   * answer does not wait until all others are told. Never throws.
   */
  flush(write: () => void = leave): void {
    this.#sendAll(this.#late.splice(0), leave);
    if (this.#out.size === 0) return;
    const gathered = [...this.#out];
    this.#out.clear();
    const { clock, crash } = this.#options;
    if (crash === undefined || gathered.length === 1) return this.#sendAll(gathered, write);
    this.#sendAll(gathered.splice(0, gathered.length >> 1), write);
    this.#late = gathered;
    // By then the transport has written the first half.
    clock.defer(() => {
      if (this.#late.length > 0) crash('mid_telling');
      this.#sendAll(this.#late.splice(0), leave);
    });
  }

  /** Sends in the next macrotask what has gathered by then. */
  flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#options.clock.defer(() => {
      this.#flushing = false;
      this.flush();
    });
  }

  #sendAll(gathered: readonly (readonly [jid: string, events: Outgoing])[], write: () => void): void {
    for (const [index, [jid, events]] of gathered.entries()) {
      try {
        this.#send(jid, events);
      } catch (error) {
        this.#options.log.error('A frame could not be handed over', { error: String(error) });
      }
      if (index === 0) write();
    }
    if (gathered.length > 1) write();
  }

  #send(jid: string, events: Outgoing): void {
    const [only] = events;
    const frames = events.length === 1 && typeof only === 'string' ? [frameOf([only])] : framesOf(events);
    let handed = 0;
    for (const frame of frames) if (this.#options.transport.send(jid, frame)) handed += 1;
    if (handed < frames.length) this.#options.missed?.(jid);
    if (handed > 0) this.#options.meter.count('told', events.flat().length);
  }

  /** Queues an encoded event, or a group that stays in one frame, for a connection. */
  queue(jid: string, event: string | readonly string[]): void {
    const waiting = this.#out.get(jid);
    if (waiting === undefined) this.#out.set(jid, [event]);
    else waiting.push(event);
  }

  /** Answers an action with something that is not stored, and the page that it heads. */
  answer(jid: string, at: number, type: string, body: unknown, re?: string, reader?: string, page?: Page): void {
    this.#options.meter.count('answered');
    const event = passing({ type, at, body, re });
    this.queue(jid, page === undefined ? event : [event, ...encodedPage(page, reader)]);
  }

  /** Tells a stored fact once more as the answer to a repeat; `prev` is what its reader could see before it. */
  again(jid: string, fact: StoredFact, prev: number): void {
    this.#options.meter.count('answered');
    this.queue(jid, wire(wireStart(fact), prev, fact.action));
  }

  /** Tells stored facts that follow each other to one connection. */
  page(jid: string, page: Page, reader: string): void {
    for (const event of encodedPage(page, reader)) this.queue(jid, event);
  }

  /** Answers with a code from the table; `re` is the action's id, or the stanza's where no action could be read. */
  refuse(
    jid: string,
    at: number,
    code: ErrorCode,
    re?: string,
    more: { detail?: string; retryAfter?: number } = {},
  ): void {
    this.#options.meter.count('refused');
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
  committed(committed: Committed): void {
    const { fact, list, answerTo } = committed;
    const start = wireStart(fact);
    const plain = wire(start, fact.seq - 1);
    const own = answerTo === undefined ? plain : wire(start, fact.seq - 1, fact.action);
    if (answerTo !== undefined) {
      this.#options.meter.count('answered');
      this.#one(answerTo, this.#options.connections.get(answerTo)?.user, committed, start, own);
    }
    for (const connection of this.#readers(fact, list)) {
      if (connection.jid === answerTo) continue;
      // The author's other tabs settle by it too; facts that came beside the answer answer nothing.
      this.#one(connection.jid, connection.user, committed, start, connection.user === fact.by ? own : plain);
    }
  }

  *#readers(fact: StoredFact, list: string | undefined): Iterable<Connection> {
    const { connections } = this.#options;
    const hearing = connections.hearing(fact.log);
    for (const connection of hearing) if (isAudience(fact, connection.user)) yield connection;
    if (list === undefined) return;
    for (const connection of connections.hearing(list)) {
      if (!hearing.has(connection) && isAudience(fact, connection.user)) yield connection;
    }
  }

  /** `event` has `seq - 1` as `prev`, which holds unless something before it was hidden from this reader. */
  #one(jid: string, reader: string | undefined, committed: Committed, start: string, event: string): void {
    const { fact, audienced, answerTo, newcomers } = committed;
    const re = answerTo !== undefined && (jid === answerTo || reader === fact.by) ? fact.action : undefined;
    if (reader !== undefined && newcomers?.has(reader) === true) {
      this.queue(jid, wire(start, 0, re));
      return;
    }
    if (!audienced || reader === undefined) {
      this.queue(jid, event);
      return;
    }
    this.#options.store.prevVisible(fact.log, fact.seq, reader).then(
      (prev) => {
        this.queue(jid, wire(start, prev, re));
        this.flush();
      },
      (error: unknown) => this.#options.log.error('A fact could not be told', { log: fact.log, error: String(error) }),
    );
  }
}

function isAudience(fact: StoredFact, user: string): boolean {
  return fact.audience === undefined || fact.audience.includes(user);
}
