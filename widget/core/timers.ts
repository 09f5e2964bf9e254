import type { Clock } from './ports.ts';

/** One timer for each name. */
export class Timers {
  readonly #clock: Clock;
  readonly #running = new Map<string, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `task` after `ms`, unless a timer of this name runs already: that one is kept. */
  once(name: string, ms: number, task: () => unknown): void {
    if (!this.#running.has(name)) this.again(name, ms, task);
  }

  /** Runs `task` after `ms`; a running timer of this name is replaced. */
  again(name: string, ms: number, task: () => unknown): void {
    this.cancel(name);
    const cancel = this.#clock.after(ms, () => {
      this.#running.delete(name);
      task();
    });
    this.#running.set(name, cancel);
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  cancel(name: string): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  stop(): void {
    for (const name of [...this.#running.keys()]) this.cancel(name);
  }
}
