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

  /** When the next task is due, milliseconds since 1970. */
  get nextAt(): number | undefined {
    return this.#next(Number.POSITIVE_INFINITY)?.at;
  }

  defer(task: () => void): void {
    this.after(0, task);
  }

  /** Lets `ms` pass: what falls due runs in order, each task at its own time. */
  pass(ms: number): void {
    const end = this.#now + ms;
    while (this.step(end));
    this.#now = end;
  }

  /** Runs the one task that is due next, at its own time; false where nothing is due by `end`. */
  step(end: number): boolean {
    const next = this.#next(end);
    if (next === undefined) return false;
    this.#due = this.#due.filter((other) => other !== next);
    this.#now = Math.max(this.#now, next.at);
    next.task();
    return true;
  }

  /** The earliest that is due by `end`; of those at the same time, the one that was asked for first. */
  #next(end: number): Due | undefined {
    const [first, ...others] = this.#due.filter(({ at }) => at <= end);
    return others.reduce((earliest, other) => (earliest && earliest.at <= other.at ? earliest : other), first);
  }
}
