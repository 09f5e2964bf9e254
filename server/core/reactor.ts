import type { Committer } from './committer.ts';
import { FriendError } from './errors.ts';
import { type LaneKind, ReactionLane } from './reaction-lane.ts';
import { bodied, ReactionRuns, type ReactionRunsOptions } from './reaction-run.ts';
import type { StoredFact } from './rows.ts';
import type { Concurrency, Registration } from './rule.ts';
import type { Store } from './store.ts';

/** Runs of one parallel reaction in one log, at once. */
const parallelLimit = 16;

export interface ReactorOptions extends ReactionRunsOptions {
  readonly store: Store;
  readonly committer: Committer;
}

/** Logs that are taken up after a start. */
const dueAtOnce = 100_000;

/** One log whose facts are being reacted to. */
interface Progress {
  /** The newest fact that is known of. */
  head: number;
  readonly lanes: Map<LaneKind, ReactionLane>;
}

/**
 * Runs reactions: those of a queue in the log's order, all others beside them, logs beside each other. One that hangs or
 * throws costs its own log its time and one count. Progress is a cursor of the log that never passes an unfinished run,
 * so a crash repeats at most what was not finished.
 */
export class Reactor {
  readonly #options: ReactorOptions;
  readonly #runs: ReactionRuns;
  readonly #queued = new Map<string, Registration[]>();
  /** Lanes that a type of fact goes through. */
  readonly #kinds = new Map<string, LaneKind[]>();
  readonly #names = new Set<string>();
  readonly #queue: LaneKind = { limit: 1, latest: false, of: (type) => this.#queued.get(type) ?? [] };
  readonly #logs = new Map<string, Progress>();
  #stopped = false;

  constructor(options: ReactorOptions) {
    this.#options = options;
    this.#runs = new ReactionRuns(options);
  }

  /**
   * Registers; its name must stay the same over restarts, for it makes repeats recognisable.
   * @throws FriendError `FRIEND_REACTION_TWICE`
   */
  add(type: string, registration: Registration, concurrency: Concurrency = 'queue'): void {
    const name = `${type} ${registration.name}`;
    if (this.#names.has(name)) throw new FriendError('FRIEND_REACTION_TWICE', registration.name);
    this.#names.add(name);
    const kinds = this.#kinds.get(type) ?? [];
    this.#kinds.set(type, kinds);
    if (concurrency === 'queue') {
      this.#queued.set(type, [...(this.#queued.get(type) ?? []), registration]);
      if (!kinds.includes(this.#queue)) kinds.push(this.#queue);
      return;
    }
    const isLatest = concurrency === 'latest';
    const only = [registration];
    kinds.push({
      limit: isLatest ? 1 : parallelLimit,
      latest: isLatest,
      of: (of) => (of === type ? only : []),
    });
  }

  /** Registers a reaction of the friend's own, which has a lane for these types: while `awake`, and in the log's order. */
  addOwn(types: readonly string[], registration: Registration, awake: () => boolean): void {
    const only = [registration];
    const kind: LaneKind = { limit: 1, latest: false, awake, of: (type) => (types.includes(type) ? only : []) };
    for (const type of types) this.#kinds.set(type, [...(this.#kinds.get(type) ?? []), kind]);
  }

  /** Takes a fact that was just committed. */
  committed(fact: StoredFact): void {
    const kinds = (this.#kinds.get(fact.type) ?? []).filter(({ awake }) => awake === undefined || awake());
    const known = this.#logs.get(fact.log);
    if (known === undefined && kinds.length === 0) {
      this.#options.committer.note({ log: fact.log, reacted: fact.seq });
      return;
    }
    const progress = known ?? { head: 0, lanes: new Map() };
    this.#logs.set(fact.log, progress);
    progress.head = Math.max(progress.head, fact.seq);
    for (const kind of kinds) if (!progress.lanes.has(kind)) this.#open(fact.log, progress, kind, fact.seq);
    for (const lane of progress.lanes.values()) lane.push(fact);
  }

  /** Takes up what a crash has interrupted: rests of runs, and the logs that were not reacted to up to their head. */
  async open(): Promise<void> {
    await this.#options.carrier.open();
    for (const { id, reactedSeq, lastSeq } of await this.#options.store.due(dueAtOnce)) {
      if (reactedSeq < lastSeq) this.#resume(id, reactedSeq);
    }
  }

  /** Begins nothing more; what was not finished runs again after the next start. */
  stop(): void {
    this.#stopped = true;
    this.#runs.stop();
  }

  #resume(log: string, reactedSeq: number): void {
    if (this.#logs.has(log)) return;
    const progress: Progress = { head: reactedSeq, lanes: new Map() };
    this.#logs.set(log, progress);
    const kinds = new Set([this.#queue, ...[...this.#kinds.values()].flat()]);
    for (const kind of kinds) {
      if (kind.awake === undefined || kind.awake()) this.#open(log, progress, kind, reactedSeq + 1).begin();
    }
  }

  #open(log: string, progress: Progress, kind: LaneKind, next: number): ReactionLane {
    const { cache, clock, meter, store, log: report } = this.#options;
    const lane = new ReactionLane({
      ...{ log, kind, next, clock, report, store },
      isStopped: () => this.#stopped,
      fits: async (reaction, fact) =>
        reaction.fits === undefined ? {} : await reaction.fits(bodied(fact), cache.snapshot()),
      react: (reaction, fact, given, ending) => this.#runs.run(reaction, fact, given, ending),
      superseded: () => meter.count('superseded'),
      moved: () => this.#moved(log, progress),
      ended: () => {
        progress.head = Math.max(progress.head, lane.floor);
        progress.lanes.delete(kind);
        this.#moved(log, progress);
        if (progress.lanes.size === 0) this.#logs.delete(log);
      },
    });
    progress.lanes.set(kind, lane);
    return lane;
  }

  /** Everything is finished up to where the last of the lanes stands. */
  #moved(log: string, { head, lanes }: Progress): void {
    const floors = Array.from(lanes.values(), ({ floor }) => floor);
    const reacted = floors.length === 0 ? head : Math.min(...floors);
    this.#options.committer.note({ log, reacted });
  }
}
