import type { Clock, Crash } from './ports.ts';
import { CommitUnknown, type Cursor, type Outcome, StorageFull, type Store, type Unit } from './store.ts';

/**
 * What became of a unit · storage: the store is full, nothing was written · failed: the store cannot write this unit,
 * whatever else it can · otherwise as the store says
 */
export type Settlement = Outcome | { readonly kind: 'storage' } | { readonly kind: 'failed'; readonly error: unknown };

/** A unit on its way to the store. `settled` is called after the commit, in the batch's order. */
export interface Job {
  readonly unit: Unit;
  settled(settlement: Settlement): void;
}

export interface CommitterOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** After each batch, when all its jobs are settled. */
  readonly settledAll: () => void;
  /** The outcome of a commit is unknown: nobody of the batch may be answered, the process must start again. */
  readonly unknown: (error: unknown) => void;
  /** A `settled` or `settledAll` threw; the others went on. */
  readonly threw: (error: unknown) => void;
  /** Units of one transaction. */
  readonly batch?: number;
  /** Units that may wait; one more is not taken. */
  readonly queue?: number;
  readonly crash?: Crash;
}

/** How long cursors gather, milliseconds. Written with every batch, each log would be written twice for one message. */
const cursorPatience = 200;

/**
 * Group commit: what arrives in one turn of the event loop is written in one transaction, at once when the store is
 * idle, else as soon as it is. Cursors ride on a batch once they have gathered for a while.
 */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #batch: number;
  readonly #queueLimit: number;
  #queue: Job[] = [];
  #cursors = new Map<string, { told?: number; reacted?: number }>();
  #running = false;
  #cursorTimer: (() => void) | undefined;
  #cursorsDue = false;
  #idle: (() => void)[] = [];
  #stopped = false;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#batch = options.batch ?? 256;
    this.#queueLimit = options.queue ?? 10_000;
  }

  /** Takes a job; false when too many wait already. */
  submit(job: Job): boolean {
    if (this.#stopped || this.#queue.length >= this.#queueLimit) return false;
    this.#queue.push(job);
    this.#wake();
    return true;
  }

  /** Notes progress of a log, to be written with some later batch. */
  note(cursor: Cursor): void {
    if (this.#stopped) return;
    const kept = this.#cursors.get(cursor.log) ?? {};
    if (cursor.told !== undefined) kept.told = Math.max(kept.told ?? 0, cursor.told);
    if (cursor.reacted !== undefined) kept.reacted = Math.max(kept.reacted ?? 0, cursor.reacted);
    this.#cursors.set(cursor.log, kept);
    this.#cursorTimer ??= this.#options.clock.after(cursorPatience, () => {
      this.#cursorTimer = undefined;
      this.#cursorsDue = true;
      this.#wake();
    });
  }

  /** Resolves when nothing waits and nothing runs; what is noted is written first where the store can write. */
  async drained(): Promise<void> {
    if (this.#stopped || (!this.#running && this.#queue.length === 0 && this.#cursors.size === 0)) return;
    const done = new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#cursorsDue = true;
    this.#wake();
    await done;
  }

  /** Takes nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#cursorTimer?.();
    this.#cursorTimer = undefined;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #wake(): void {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    this.#options.clock.defer(() => void this.#flush());
  }

  async #flush(): Promise<void> {
    const jobs = this.#queue.splice(0, this.#batch);
    const cursors = this.#takeCursors();
    const written = jobs.length + cursors.length === 0 || (await this.#write(jobs, cursors));
    this.#running = false;
    if (this.#queue.length > 0) this.#wake();
    else if (this.#cursors.size === 0 || !written) for (const resolve of this.#idle.splice(0)) resolve();
    else if (this.#idle.length > 0) this.#wake();
  }

  #takeCursors(): Cursor[] {
    if (!this.#cursorsDue && this.#idle.length === 0) return [];
    const cursors = Array.from(this.#cursors, ([log, progress]) => ({ log, ...progress }));
    this.#cursors = new Map();
    this.#cursorsDue = false;
    return cursors;
  }

  /** Returns whether the store took it. */
  async #write(jobs: readonly Job[], cursors: readonly Cursor[]): Promise<boolean> {
    const settlements = await this.#commit(
      jobs.map((job) => job.unit),
      cursors,
    );
    if (settlements === 'unknown') return false;
    const full = settlements === 'full';
    const { crash } = this.#options;
    if (!full && jobs.length > 0) crash?.('after_commit');
    if (full) for (const cursor of cursors) this.note(cursor);
    for (const [index, job] of jobs.entries()) {
      this.#fenced(() => job.settled((full ? undefined : settlements[index]) ?? { kind: 'storage' }));
    }
    this.#fenced(this.#options.settledAll);
    // By then the transport has written the answers.
    if (crash !== undefined && !full && jobs.length > 0) this.#options.clock.defer(() => crash('answered'));
    return !full;
  }

  async #commit(
    units: readonly Unit[],
    cursors: readonly Cursor[],
  ): Promise<readonly Settlement[] | 'full' | 'unknown'> {
    try {
      return await this.#options.store.commit(units, cursors);
    } catch (error) {
      if (error instanceof StorageFull) return 'full';
      if (error instanceof CommitUnknown || units.length === 0) return this.#ended(error);
      for (const cursor of cursors) this.note(cursor);
      if (units.length === 1) return [{ kind: 'failed', error }];
    }
    return this.#oneByOne(units);
  }

  /** A unit that the store cannot take, a value of no column's type, fails alone and not with all that came beside it. */
  async #oneByOne(units: readonly Unit[]): Promise<readonly Settlement[] | 'unknown'> {
    const settlements: Settlement[] = [];
    for (const unit of units) {
      const result = await this.#commit([unit], []);
      if (result === 'unknown') return result;
      settlements.push(result === 'full' ? { kind: 'storage' } : (result[0] ?? { kind: 'storage' }));
    }
    return settlements;
  }

  #ended(error: unknown): 'unknown' {
    this.stop();
    this.#options.unknown(error);
    return 'unknown';
  }

  #fenced(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#options.threw(error);
    }
  }
}
