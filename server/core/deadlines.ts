import type { Clock } from './ports.ts';

interface Running {
  readonly until: number;
  readonly late: () => void;
}

/** One limit of time for many tasks: a single timer watches the oldest of them, so a quick task costs none. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #limit: number;
  /** In order of their beginning, which is the order of their ends. */
  readonly #running = new Set<Running>();
  #armed = false;

  /** @param limit milliseconds */
  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** What `task` comes to, or what `late` says once the limit is over: then the task is left to itself. */
  run<T>(task: () => Promise<T>, late: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const entry = { until: this.#clock.now() + this.#limit, late: () => resolve(late()) };
      this.#running.add(entry);
      this.#arm();
      task().then(
        (value) => {
          this.#running.delete(entry);
          resolve(value);
        },
        (error: unknown) => {
          this.#running.delete(entry);
          reject(error);
        },
      );
    });
  }

  #arm(): void {
    const oldest = this.#armed ? undefined : this.#running.values().next().value;
    if (oldest === undefined) return;
    this.#armed = true;
    // A wall clock that was set back must not make anybody wait longer than the limit.
    const wait = Math.min(this.#limit, Math.max(0, oldest.until - this.#clock.now()));
    this.#clock.after(wait, () => this.#due());
  }

  #due(): void {
    this.#armed = false;
    const now = this.#clock.now();
    for (const entry of this.#running) {
      const left = entry.until - now;
      // More is left than there ever was: the clock was set back.
      if (left > 0 && left <= this.#limit) break;
      this.#running.delete(entry);
      entry.late();
    }
    this.#arm();
  }
}
