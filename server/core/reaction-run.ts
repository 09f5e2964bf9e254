import type { Ending } from './ending.ts';
import type { Meter } from './meter.ts';
import type { Clock, Fetch, Log } from './ports.ts';
import { reactionContext } from './reaction-context.ts';
import { pause } from './reaction-lane.ts';
import { ReactionPace } from './reaction-pace.ts';
import type { ReadCache } from './reads.ts';
import type { StoredFact } from './rows.ts';
import type { CommittedFact, Effects, Registration } from './rule.ts';
import type { Trace } from './trace.ts';

/** How long a reaction may take, milliseconds. */
export const reactionLimit = 30_000;

/** Effects that one run may return. */
export const effectsLimit = 1_000;

/** How many reactions may follow from each other, each to what the one before has stored. */
export const chainLimit = 32;

/** Stores and tells a reaction's effects; resolves when they are on disk. @throws where they can never be stored */
export type CarryOut = (
  effects: Effects,
  origin: { device: string; id: string; by: string; read: ReturnType<ReadCache['snapshot']> },
) => Promise<'stored' | 'later' | 'stale'>;

/** Carries out what runs return. */
export interface Carrier {
  readonly carryOut: CarryOut;
  /** Resolves once the rest of a run is on disk whose begin is; undefined where there is none. */
  rest(device: string, id: string): Promise<void> | undefined;
  /** Goes on with what a process before has stored the begin of. */
  open(): Promise<void>;
  stop(): void;
}

export interface ReactionRunsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly cache: ReadCache;
  readonly carrier: Carrier;
  readonly fetch?: Fetch;
  readonly trace?: (step: Trace) => void;
}

/** Runs single reactions, each behind fences: of time, of how much it returns, and of how long a chain may be. */
export class ReactionRuns {
  readonly #options: ReactionRunsOptions;
  readonly #pace: ReactionPace;
  #stopped = false;

  constructor(options: ReactionRunsOptions) {
    this.#options = options;
    this.#pace = new ReactionPace(options.clock);
  }

  /** Tries nothing again. */
  stop(): void {
    this.#stopped = true;
    this.#pace.stop();
    this.#options.carrier.stop();
  }

  /** Never rejects: one that throws is counted and left, one whose effects cannot be stored now is run until they can. */
  async run(reaction: Registration, fact: StoredFact, given: object, ending: Ending): Promise<void> {
    const { clock, log, meter } = this.#options;
    const begun = clock.now();
    const where = { reaction: reaction.name, log: fact.log, seq: fact.seq };
    if (depthOf(fact) >= chainLimit) {
      meter.count('looped');
      log.error('Reactions follow from each other without end; this one was not run', where);
      return;
    }
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        if ((await this.#attempt(reaction, fact, given, ending)) === 'stored') return;
      } catch (error) {
        // Whoever was ended fails as a rule: what it asked for did not come.
        if (ending.reason === 'newer') return;
        meter.count('failed');
        this.#traced(reaction.name, fact, [], begun, String(error));
        log.error('A reaction failed', { ...where, error: String(error) });
        return;
      }
      if (!this.#stopped) await pause(clock, attempt);
    }
  }

  async #attempt(
    { name, reaction }: Registration,
    fact: StoredFact,
    given: object,
    ending: Ending,
  ): Promise<'stored' | 'later' | 'stale'> {
    const { clock, cache, carrier } = this.#options;
    const depth = depthOf(fact) + 1;
    const id = depth === 1 ? `${fact.log}:${fact.seq}` : `${fact.log}:${fact.seq}~${depth}`;
    const device = `reaction:${name}`;
    // It was decided before a crash, and is being stored: what follows in the log comes after it.
    const rest = carrier.rest(device, id);
    if (rest !== undefined) await rest;
    if (rest !== undefined) return 'stored';
    for (let decision = 0; ; decision += 1) {
      if (ending.aborted) return 'stored';
      const read = cache.snapshot();
      const begun = clock.now();
      const until = begun + reactionLimit;
      const run = { name, fact: bodied(fact), read, ending, until, given };
      const effects = await this.#limited(() => reaction(reactionContext(this.#options, run)), ending);
      if (ending.aborted) return 'stored';
      this.#traced(name, fact, effects, begun);
      if (effects.length === 0) return 'stored';
      if (effects.length > effectsLimit) {
        throw new RangeError(`It returned ${effects.length} effects; at most ${effectsLimit} are taken`);
      }
      await this.#pace.wait(fact.log, depth, effects.length);
      if (ending.aborted) return 'stored';
      const outcome = await carrier.carryOut(effects, { device, id, by: 'friend', read });
      if (outcome !== 'stale' || decision === 2) return outcome;
    }
  }

  async #limited(run: () => Effects | Promise<Effects>, ending: Ending): Promise<Effects> {
    let cancel: (() => void) | undefined;
    const late = new Promise<Effects>((resolve, reject) => {
      cancel = this.#options.clock.after(reactionLimit, () => {
        reject(new Error(`it took longer than ${reactionLimit} ms`));
        ending.abort('late');
      });
      // Nobody waits for what a newer fact has made old, however long it hangs.
      ending.onAbort(() => resolve([]));
    });
    try {
      return await Promise.race([run(), late]);
    } finally {
      cancel?.();
    }
  }

  #traced(name: string, { log, seq }: StoredFact, effects: Effects, begun: number, error?: string): void {
    const { clock, trace } = this.#options;
    if (trace === undefined) return;
    const at = clock.now();
    trace({ kind: 'reacted', at, name, log, seq, effects, ms: at - begun, ...(error === undefined ? {} : { error }) });
  }
}

/** How many reactions lie behind a fact: 0 for what somebody's action has stored. */
function depthOf({ device, action }: StoredFact): number {
  if (!device.startsWith('reaction:')) return 0;
  return Number(/~(\d+)$/.exec(action)?.[1] ?? 1);
}

/** A fact with its body read. */
export function bodied(fact: StoredFact): CommittedFact {
  const { log, seq, type, at, by, device, action } = fact;
  return { log, seq, type, at, by, origin: { device, action }, body: JSON.parse(fact.body) as never };
}
