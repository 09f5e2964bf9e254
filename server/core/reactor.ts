import type { Committer } from './committer.ts';
import { FriendError } from './errors.ts';
import type { Meter } from './meter.ts';
import type { Clock, Log } from './ports.ts';
import type { ReadCache } from './reads.ts';
import type { StoredFact } from './rows.ts';
import type { CommittedFact, Effects, Reaction, ReactionContext } from './rule.ts';
import type { Store } from './store.ts';
import type { Trace } from './trace.ts';

/** How long a reaction may take, milliseconds. */
export const reactionLimit = 30_000;

/** Facts of one log that wait in memory for its reactions; what is beyond is read from the store again. */
const buffered = 1_000;

interface NamedReaction {
  readonly name: string;
  readonly reaction: Reaction;
}

/** Stores and tells a reaction's effects; resolves when they are on disk. @throws where they can never be stored */
export type CarryOut = (
  effects: Effects,
  origin: { device: string; id: string; by: string; read: ReturnType<ReadCache['snapshot']> },
) => Promise<'stored' | 'later' | 'stale'>;

export interface ReactorOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly cache: ReadCache;
  readonly committer: Committer;
  readonly carryOut: CarryOut;
  readonly trace?: (step: Trace) => void;
}

/** One log's queue: facts are reacted to in order, one at a time. */
interface Runner {
  next: number;
  readonly waiting: StoredFact[];
}

/** How long until what the store could not take is tried again, milliseconds: doubled each time. */
const pauses = { first: 500, longest: 30_000 } as const;

/**
 * Runs reactions: per log in order, logs beside each other. A reaction that hangs or throws costs its own log its
 * time and one count. Progress is a cursor of the log, so a crash repeats at most what was not finished.
 */
export class Reactor {
  readonly #options: ReactorOptions;
  readonly #reactions = new Map<string, NamedReaction[]>();
  readonly #runners = new Map<string, Runner>();
  #stopped = false;

  constructor(options: ReactorOptions) {
    this.#options = options;
  }

  /**
   * Registers; `name` must stay the same over restarts, for it makes repeats recognisable.
   * @throws FriendError `FRIEND_REACTION_TWICE`
   */
  add(type: string, name: string, reaction: Reaction): void {
    const list = this.#reactions.get(type) ?? [];
    if (list.some((other) => other.name === name)) throw new FriendError('FRIEND_REACTION_TWICE', name);
    list.push({ name, reaction });
    this.#reactions.set(type, list);
  }

  /** Takes a fact that was just committed. */
  committed(fact: StoredFact): void {
    const runner = this.#runners.get(fact.log);
    if (runner !== undefined) {
      if (runner.waiting.length < buffered) runner.waiting.push(fact);
      return;
    }
    if (!this.#reactions.has(fact.type)) {
      this.#options.committer.note({ log: fact.log, reacted: fact.seq });
      return;
    }
    this.#start(fact.log, { next: fact.seq, waiting: [fact] });
  }

  /** Takes up a log whose reactions a crash has interrupted. */
  resume(log: string, reactedSeq: number): void {
    if (!this.#runners.has(log)) this.#start(log, { next: reactedSeq + 1, waiting: [] });
  }

  /** Begins nothing more; what was not finished runs again after the next start. */
  stop(): void {
    this.#stopped = true;
  }

  #start(log: string, runner: Runner): void {
    this.#runners.set(log, runner);
    void this.#run(log, runner);
  }

  async #run(log: string, runner: Runner): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      try {
        const fact = await this.#next(log, runner);
        if (fact !== undefined) await this.#reactAll(fact, runner);
        // Something may have been committed since the store was asked: ending and looking are one step.
        else if (runner.waiting.length === 0) break;
        failures = 0;
      } catch (error) {
        this.#options.log.error('A log could not be read for its reactions', { log, error: String(error) });
        await this.#pause(failures++);
      }
    }
    this.#runners.delete(log);
  }

  async #reactAll(fact: StoredFact, runner: Runner): Promise<void> {
    for (const named of this.#reactions.get(fact.type) ?? []) await this.#react(named, fact);
    if (this.#stopped) return;
    this.#options.committer.note({ log: fact.log, reacted: fact.seq });
    runner.next = fact.seq + 1;
  }

  async #next(log: string, runner: Runner): Promise<StoredFact | undefined> {
    let head = runner.waiting[0];
    while (head !== undefined && head.seq < runner.next) {
      runner.waiting.shift();
      head = runner.waiting[0];
    }
    if (head?.seq === runner.next) return runner.waiting.shift();
    const page = await this.#options.store.page({ log, after: runner.next - 1, limit: 1 });
    return page[0];
  }

  /** A reaction that throws is counted and left; one whose effects cannot be stored now is run until they can. */
  async #react(named: NamedReaction, fact: StoredFact): Promise<void> {
    const { clock, log, meter } = this.#options;
    const begun = clock.now();
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        if ((await this.#attempt(named, fact)) === 'stored') return;
      } catch (error) {
        meter.count('failed');
        this.#traced(named.name, fact, [], begun, String(error));
        log.error('A reaction failed', { reaction: named.name, log: fact.log, seq: fact.seq, error: String(error) });
        return;
      }
      if (!this.#stopped) await this.#pause(attempt);
    }
  }

  async #attempt({ name, reaction }: NamedReaction, fact: StoredFact): Promise<'stored' | 'later' | 'stale'> {
    const { clock, cache, carryOut, log } = this.#options;
    for (let decision = 0; ; decision += 1) {
      const read = cache.snapshot();
      const signal = { aborted: false };
      const context: ReactionContext = { fact: bodied(fact), now: clock.now(), read, log, signal };
      const effects = await this.#limited(() => reaction(context), signal);
      this.#traced(name, fact, effects, context.now);
      if (effects.length === 0) return 'stored';
      const origin = { device: `reaction:${name}`, id: `${fact.log}:${fact.seq}`, by: 'friend', read };
      const outcome = await carryOut(effects, origin);
      if (outcome !== 'stale' || decision === 2) return outcome;
    }
  }

  #traced(name: string, { log, seq }: StoredFact, effects: Effects, begun: number, error?: string): void {
    const { clock, trace } = this.#options;
    if (trace === undefined) return;
    const at = clock.now();
    trace({ kind: 'reacted', at, name, log, seq, effects, ms: at - begun, ...(error === undefined ? {} : { error }) });
  }

  #pause(attempt: number): Promise<void> {
    const ms = Math.min(pauses.longest, pauses.first * 2 ** Math.min(attempt, 10));
    return new Promise((resolve) => this.#options.clock.after(ms, resolve));
  }

  async #limited(run: () => Effects | Promise<Effects>, signal: { aborted: boolean }): Promise<Effects> {
    let cancel: (() => void) | undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.#options.clock.after(reactionLimit, () => {
        signal.aborted = true;
        reject(new Error(`it took longer than ${reactionLimit} ms`));
      });
    });
    try {
      return await Promise.race([run(), late]);
    } finally {
      cancel?.();
    }
  }
}

function bodied(fact: StoredFact): CommittedFact {
  const { log, seq, type, at, by } = fact;
  return { log, seq, type, at, by, body: JSON.parse(fact.body) as never };
}
