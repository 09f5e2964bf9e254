import { Ending } from './ending.ts';
import type { Clock, Log } from './ports.ts';
import type { StoredFact } from './rows.ts';
import type { Registration } from './rule.ts';
import type { Store } from './store.ts';

/** Facts of one log that wait in memory for its reactions; what is beyond is read from the store again. */
const buffered = 1_000;

/** Facts of one log that are reacted to before whatever else waits has its turn. */
const inARow = 32;

/** How long until what could not be read or stored is tried again, milliseconds: doubled each time. */
const pauses = { first: 500, longest: 30_000 } as const;

/** Resolves after a pause that grows with each attempt. */
export function pause(clock: Clock, attempt: number): Promise<void> {
  const ms = Math.min(pauses.longest, pauses.first * 2 ** Math.min(attempt, 10));
  return new Promise((resolve) => clock.after(ms, resolve));
}

/** Reactions that share a place in the queue of a log. */
export interface LaneKind {
  /** Facts that are reacted to at once. */
  readonly limit: number;
  /** A newer fact ends the run for the one before. */
  readonly latest: boolean;
  /** False as long as none of its reactions has anything to do. */
  readonly awake?: () => boolean;
  readonly of: (type: string) => readonly Registration[];
}

export interface ReactionLaneOptions {
  readonly log: string;
  readonly kind: LaneKind;
  /** The seq of the first fact. */
  readonly next: number;
  readonly store: Pick<Store, 'page'>;
  readonly clock: Clock;
  readonly report: Log;
  readonly isStopped: () => boolean;
  /** What the reaction's filter has found; undefined where the fact does not concern it. */
  readonly fits: (reaction: Registration, fact: StoredFact) => Promise<object | undefined>;
  /** Runs one reaction to its end. Never rejects. */
  readonly react: (reaction: Registration, fact: StoredFact, given: object, ending: Ending) => Promise<void>;
  /** A run was ended by a newer one. */
  readonly superseded: () => void;
  /** More is finished than before. */
  readonly moved: () => void;
  /** Nothing waits and nothing runs. */
  readonly ended: () => void;
}

/** One log's facts on their way to some of its reactions: read in order, and up to `limit` of them at once. */
export class ReactionLane {
  readonly #options: ReactionLaneOptions;
  readonly #waiting: StoredFact[] = [];
  /** By seq, in order. */
  readonly #running = new Map<number, Ending>();
  #next: number;
  /** The newest fact of the log; not known before one was committed here. */
  #head = Number.POSITIVE_INFINITY;
  #reading = false;
  #freed: (() => void) | undefined;

  constructor(options: ReactionLaneOptions) {
    this.#options = options;
    this.#next = options.next;
  }

  /** All up to this seq is finished. */
  get floor(): number {
    const [lowest = this.#next] = this.#running.keys();
    return Math.min(lowest, this.#next) - 1;
  }

  /** Takes a fact that was just committed. */
  push(fact: StoredFact): void {
    this.#head = fact.seq;
    if (this.#waiting.length < buffered) this.#waiting.push(fact);
    this.begin();
  }

  /** Reads on where it does not. */
  begin(): void {
    if (this.#reading) return;
    this.#reading = true;
    void this.#readAll();
  }

  async #readAll(): Promise<void> {
    const { clock, isStopped, log, moved, report } = this.#options;
    let failures = 0;
    for (let taken = 1; !isStopped(); taken += 1) {
      try {
        // Reactions that wait for nothing would else keep everybody waiting for as long as their log is.
        if (taken % inARow === 0) await new Promise<void>((resolve) => clock.defer(resolve));
        const fact = await this.#read();
        // Something may have been committed since the store was asked: ending and looking are one step.
        if (fact === undefined && this.#waiting.length === 0) break;
        if (fact === undefined) continue;
        await this.#take(fact);
        if (isStopped()) return;
        this.#next = fact.seq + 1;
        moved();
        failures = 0;
      } catch (error) {
        report.error('A log could not be read for its reactions', { log, error: String(error) });
        await pause(clock, failures++);
      }
    }
    this.#reading = false;
    this.#endedWhereIdle();
  }

  async #read(): Promise<StoredFact | undefined> {
    const { log, store } = this.#options;
    let head = this.#waiting[0];
    while (head !== undefined && head.seq < this.#next) {
      this.#waiting.shift();
      head = this.#waiting[0];
    }
    if (head?.seq === this.#next) return this.#waiting.shift();
    // Most logs have one fact at a time: the store is not asked for what cannot be there.
    if (this.#next > this.#head) return undefined;
    const page = await store.page({ log, after: this.#next - 1, limit: 1 });
    return page[0];
  }

  async #take(fact: StoredFact): Promise<void> {
    const { fits, kind, react } = this.#options;
    for (const reaction of kind.of(fact.type)) {
      const given = await fits(reaction, fact);
      if (given === undefined) continue;
      if (kind.limit === 1 && !kind.latest) await react(reaction, fact, given, new Ending());
      else await this.#beside(reaction, fact, given);
    }
  }

  /** Starts a run beside those that go on; resolves when it has begun. */
  async #beside(reaction: Registration, fact: StoredFact, given: object): Promise<void> {
    const { kind, moved, react, isStopped } = this.#options;
    if (kind.latest) this.#supersede();
    while (this.#running.size >= kind.limit) await new Promise<void>((resolve) => (this.#freed = resolve));
    if (isStopped()) return;
    const ending = new Ending();
    this.#running.set(fact.seq, ending);
    void react(reaction, fact, given, ending).then(() => {
      // What was cut short by the end of the process runs again after its next start.
      if (isStopped() || this.#running.get(fact.seq) !== ending) return;
      this.#running.delete(fact.seq);
      this.#freed?.();
      moved();
      this.#endedWhereIdle();
    });
  }

  #supersede(): void {
    for (const [seq, ending] of this.#running) {
      this.#running.delete(seq);
      this.#options.superseded();
      try {
        ending.abort('newer');
      } catch (error) {
        this.#options.report.error('A reaction failed at its end', { seq, error: String(error) });
      }
    }
  }

  #endedWhereIdle(): void {
    if (!this.#reading && this.#running.size === 0 && !this.#options.isStopped()) this.#options.ended();
  }
}
