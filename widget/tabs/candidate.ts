import type { Clock } from '../core/ports.ts';
import { Timers } from '../core/timers.ts';
import type { Locks } from './ports.ts';

export interface CandidateOptions {
  readonly locks: Locks;
  /** The lock's name. */
  readonly name: string;
  readonly clock: Clock;
  /** How long a leader that was asked may stay silent, milliseconds; a little different in each tab. */
  readonly patience: number;
  /** Asks who leads; the answer is told to `heard`. */
  readonly ask: () => void;
  /** This tab holds the lock: it leads. */
  readonly elected: () => void;
  /** The lock was stolen: another tab leads. */
  readonly deposed: () => void;
}

/** A leader that was silent this long is asked, milliseconds. */
const askAfter = 700;

/** One tab in the election: whoever holds the lock leads; the others wait in a queue that the browser keeps. */
export class Candidate {
  readonly #options: CandidateOptions;
  readonly #timers: Timers;
  #leave: (() => void) | undefined;

  constructor(options: CandidateOptions) {
    this.#options = options;
    this.#timers = new Timers(options.clock);
  }

  /** Waits for the lock. */
  stand(): void {
    const waiting = new AbortController();
    this.#request({ signal: waiting.signal }, () => waiting.abort());
    this.heard();
  }

  /** The leader gave a sign of life. */
  heard(): void {
    // It answers when it is asked, because the timers of a hidden tab sleep for up to a minute, and messages do not.
    this.#timers.again('watch', askAfter, () => {
      this.#options.ask();
      this.#timers.again('watch', this.#options.patience, () => {
        this.#request({ steal: true }, () => undefined);
        this.heard();
      });
    });
  }

  /** Gives the lock back, or waits no longer. */
  withdraw(): void {
    this.#timers.stop();
    this.#leave?.();
    this.#leave = undefined;
  }

  #request(how: Parameters<Locks['request']>[1], abort: () => void): void {
    this.withdraw();
    let state: 'waits' | 'leads' | 'left' = 'waits';
    let release = abort;
    this.#leave = () => {
      state = 'left';
      release();
    };
    const lead = (): void => {
      state = 'leads';
      this.#timers.stop();
      this.#options.elected();
    };
    const held = (): Promise<void> =>
      new Promise((resolve) => {
        release = resolve;
        if (state === 'left') resolve();
        else lead();
      });
    this.#options.locks.request(this.#options.name, how, held).catch(() => {
      if (state === 'leads') this.#options.deposed();
      // A browser that refuses locks altogether: each tab for itself.
      else if (state === 'waits') lead();
    });
  }
}
