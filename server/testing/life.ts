import type { Clock } from '../core/ports.ts';

/** A clock that knows what is under way. */
export interface Ledger extends Clock {
  /** Something is under way that will end by itself; `outside`: it may wait for what no clock here knows of. */
  begins(outside?: boolean): void;
  /** It has ended. */
  ends(outside?: boolean): void;
  /** A timer that something outside may wait for: `over` when it fires or is cancelled. */
  awaited(over: boolean): void;
}

/** A part of a chat that can end at once, as a process does: none of its timers, tasks or answers comes any more. */
export class Life implements Clock {
  readonly #time: Ledger;
  #pending = 0;
  #outside = 0;
  #isOver = false;

  constructor(time: Ledger) {
    this.#time = time;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  now(): number {
    return this.#time.now();
  }

  after(ms: number, task: () => void): () => void {
    return this.#time.after(ms, () => {
      if (!this.#isOver) task();
    });
  }

  defer(task: () => void): void {
    this.#time.defer(() => {
      if (!this.#isOver) task();
    });
  }

  /** The same clock for plugins, whose reactions may wait for it. */
  get forPlugins(): Clock {
    return {
      now: () => this.now(),
      defer: (task) => this.defer(task),
      after: (ms, task) => {
        let isPending = true;
        const over = (): void => {
          if (isPending) this.#time.awaited(true);
          isPending = false;
        };
        this.#time.awaited(false);
        const cancel = this.after(ms, () => {
          over();
          task();
        });
        return () => {
          over();
          cancel();
        };
      },
    };
  }

  /** What `work` comes to; nothing ever where this ends before. Settling waits for it; see `Ledger`. */
  track<T>(work: Promise<T>, outside = false): Promise<T> {
    this.#begins(outside, 1);
    return new Promise((resolve, reject) => {
      const ended = (tell: () => void): void => {
        if (this.#isOver) return;
        this.#begins(outside, -1);
        tell();
      };
      work.then(
        (value) => ended(() => resolve(value)),
        (error: unknown) => ended(() => reject(error)),
      );
    });
  }

  /**
   * `whole` with all its asynchronous methods tracked. Once this is over, no call reaches it.
   */
  tracked<T extends object>(whole: T): T {
    return new Proxy(whole, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (this.#isOver) return new Promise(() => undefined);
          const result: unknown = Reflect.apply(value, target, args);
          return result instanceof Promise ? this.track(result) : result;
        };
      },
    });
  }

  /** Ends all of it at once. */
  end(): void {
    this.#isOver = true;
    for (; this.#pending > 0; this.#pending -= 1) this.#time.ends();
    for (; this.#outside > 0; this.#outside -= 1) this.#time.ends(true);
  }

  #begins(outside: boolean, by: 1 | -1): void {
    if (outside) this.#outside += by;
    else this.#pending += by;
    if (by === 1) this.#time.begins(outside);
    else this.#time.ends(outside);
  }
}
