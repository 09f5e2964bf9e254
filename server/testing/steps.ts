import type { Trace } from '../core/trace.ts';

/** What the friend did, step by step: the newest `limit` of it, and a place to listen. */
export class Steps {
  readonly #limit: number;
  readonly #listeners = new Set<(step: Trace) => void>();
  #all: Trace[] = [];
  #left = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The newest steps, the oldest first. */
  get all(): readonly Trace[] {
    return this.#all;
  }

  /** How many older ones are kept no more. */
  get left(): number {
    return this.#left;
  }

  /** The steps of one kind. */
  of<K extends Trace['kind']>(kind: K): readonly Extract<Trace, { kind: K }>[] {
    return this.#all.filter((step): step is Extract<Trace, { kind: K }> => step.kind === kind);
  }

  /** Calls `listener` with each step from now on; returns what ends that. */
  listen(listener: (step: Trace) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes one step. A listener that throws costs nobody else anything. */
  add(step: Trace): void {
    this.#all.push(step);
    if (this.#all.length > this.#limit * 1.25) {
      const gone = this.#all.length - this.#limit;
      this.#all = this.#all.slice(gone);
      this.#left += gone;
    }
    for (const listener of this.#listeners) {
      try {
        listener(step);
      } catch (error) {
        reportError(error);
      }
    }
  }

  /** Forgets all of it. */
  clear(): void {
    this.#all = [];
    this.#left = 0;
  }
}

/** An error of a listener belongs to who listens, not to the friend; it must not pass unseen either. */
function reportError(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
