import type { Clock } from './ports.ts';
import { type Cursor, type Outcome, StorageFull, type Store, type Unit } from './store.ts';

/** A unit on its way to the store. `settled` is called after the commit, in the batch's order. */
export interface Job {
  readonly unit: Unit;
  settled(outcome: Outcome | { readonly kind: 'storage' }): void;
}

export interface CommitterOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** After each batch, when all its jobs are settled. */
  readonly settledAll: () => void;
  /** The outcome of a commit is unknown: nobody of the batch may be answered, the process must start again. */
  readonly unknown: (error: unknown) => void;
  /** Units of one transaction. */
  readonly batch?: number;
  /** Units that may wait; one more is not taken. */
  readonly queue?: number;
}

/** How long cursors wait for a commit to ride on, milliseconds. */
const cursorPatience = 200;

/**
 * Group commit: what arrives in one turn of the event loop is written in one transaction, at once when the store is
 * idle, else as soon as it is. Cursors ride on the next batch.
 */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #batch: number;
  readonly #queueLimit: number;
  #queue: Job[] = [];
  #cursors = new Map<string, { told?: number; reacted?: number }>();
  #running = false;
  #cursorTimer: (() => void) | undefined;
  #idle: (() => void)[] = [];
  #stopped = false;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#batch = options.batch ?? 64;
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
    const kept = this.#cursors.get(cursor.log) ?? {};
    if (cursor.told !== undefined) kept.told = Math.max(kept.told ?? 0, cursor.told);
    if (cursor.reacted !== undefined) kept.reacted = Math.max(kept.reacted ?? 0, cursor.reacted);
    this.#cursors.set(cursor.log, kept);
    this.#cursorTimer ??= this.#options.clock.after(cursorPatience, () => {
      this.#cursorTimer = undefined;
      this.#wake();
    });
  }

  /** Resolves when nothing waits and nothing runs; what is noted is written first. */
  async drained(): Promise<void> {
    if (!this.#running && this.#queue.length === 0 && this.#cursors.size === 0) return;
    const done = new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#wake();
    await done;
  }

  #wake(): void {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    this.#options.clock.defer(() => void this.#flush());
  }

  async #flush(): Promise<void> {
    const jobs = this.#queue.splice(0, this.#batch);
    const cursors = Array.from(this.#cursors, ([log, progress]) => ({ log, ...progress }));
    this.#cursors = new Map();
    if (jobs.length > 0 || cursors.length > 0) await this.#write(jobs, cursors);
    this.#running = false;
    if (this.#queue.length > 0) this.#wake();
    else if (this.#cursors.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    else if (this.#idle.length > 0) this.#wake();
  }

  async #write(jobs: readonly Job[], cursors: readonly Cursor[]): Promise<void> {
    const units = jobs.map((job) => job.unit);
    let outcomes: readonly Outcome[] | undefined;
    try {
      outcomes = await this.#options.store.commit(units, cursors);
    } catch (error) {
      if (!(error instanceof StorageFull)) {
        this.#stopped = true;
        this.#options.unknown(error);
        return;
      }
      for (const cursor of cursors) this.note(cursor);
    }
    for (const [index, job] of jobs.entries()) job.settled(outcomes?.[index] ?? { kind: 'storage' });
    this.#options.settledAll();
  }
}
