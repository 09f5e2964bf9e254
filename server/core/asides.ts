import type { AfterCommit } from './after-commit.ts';
import type { Tell } from './effect.ts';
import type { Clock, Log } from './ports.ts';
import type { ReadCache, Reads } from './reads.ts';

/** Names that may wait; one more is not taken: what is true only now is the first to go. */
const namesLimit = 10_000;

export interface AsidesOptions {
  readonly afterCommit: AfterCommit;
  readonly cache: ReadCache;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks for a flush soon: something was queued outside a commit. */
  readonly flushSoon: () => void;
}

/**
 * What plugins tell while nobody's action is answered. It is foreign code: what it throws is logged, and ends nothing
 * of what made it run.
 */
export class Asides {
  readonly #options: AsidesOptions;
  /** What ends the waiting of each name. */
  readonly #waiting = new Map<string, () => void>();

  constructor(options: AsidesOptions) {
    this.#options = options;
  }

  /** Carries out at once what `made` returns. */
  now(name: string, made: () => readonly Tell[]): void {
    try {
      this.#options.afterCommit.tell(made(), this.#options.clock.now());
      this.#options.flushSoon();
    } catch (error) {
      this.#failed(name, error);
    }
  }

  /** Carries out after `ms` what `made` returns then, once for all who ask under this name meanwhile. */
  soon(name: string, ms: number, made: (read: Reads) => Promise<readonly Tell[]>): void {
    if (this.#waiting.has(name) || this.#waiting.size >= namesLimit) return;
    const cancel = this.#options.clock.after(ms, () => {
      this.#waiting.delete(name);
      made(this.#options.cache.snapshot()).then(
        (effects) => this.now(name, () => effects),
        (error: unknown) => this.#failed(name, error),
      );
    });
    this.#waiting.set(name, cancel);
  }

  /** What waits is not told. */
  stop(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #failed(name: string, error: unknown): void {
    this.#options.log.error('A plugin failed on what it tells by itself', { name, error: String(error) });
  }
}
