import type { Clock } from '../core/ports.ts';

interface Due {
  readonly at: number;
  readonly task: () => void;
}

/** Time that passes only when a test says so. Fits the friend's `Clock` and the widget's. */
export class FakeClock implements Clock {
  #now: number;
  #due: readonly Due[] = [];

  /** @param now milliseconds since 1970 */
  constructor(now = 1_800_000_000_000) {
    this.#now = now;
  }

  /** Tasks that wait for their time. */
  get waiting(): number {
    return this.#due.length;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const due = { at: this.#now + ms, task };
    this.#due = [...this.#due, due];
    return () => {
      this.#due = this.#due.filter((other) => other !== due);
    };
  }

  defer(task: () => void): void {
    this.after(0, task);
  }

  /** Lets `ms` pass: what falls due runs in order, each task at its own time. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      const { at, task } = next;
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = Math.max(this.#now, at);
      task();
    }
    this.#now = end;
  }

  /** The earliest that is due by `end`; of those at the same time, the one that was asked for first. */
  #next(end: number): Due | undefined {
    const [first, ...others] = this.#due.filter(({ at }) => at <= end);
    return others.reduce((earliest, other) => (earliest && earliest.at <= other.at ? earliest : other), first);
  }
}
