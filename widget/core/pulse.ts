import type { Clock } from './ports.ts';
import { Timers } from './timers.ts';

/** A panel in use asks this often, milliseconds; one that nobody touched for `useLasts` is not in use. */
const busyPause = 5_000;
const idlePause = 60_000;
const useLasts = 120_000;
/** How long the server has to answer. With `busyPause`, a half-open stream is seen within ten seconds. */
const patience = 4_000;

/**
 * Whether a stream still lives: the server is asked for a sign of life, often while the panel is in use. A half-open
 * socket says nothing by itself. It counts no time of day, so a clock that jumps changes nothing.
 */
export class Pulse {
  readonly #timers: Timers;
  readonly #ping: () => Promise<void>;
  readonly #silent: () => void;
  #beating = false;

  /** `silent` is called once for each stream that does not answer. */
  constructor(clock: Clock, ping: () => Promise<void>, silent: () => void) {
    this.#timers = new Timers(clock);
    this.#ping = ping;
    this.#silent = silent;
  }

  start(): void {
    this.#beating = true;
    this.#next();
  }

  stop(): void {
    this.#beating = false;
    for (const name of ['beat', 'answer']) this.#timers.cancel(name);
  }

  /** The person does something in the panel: after a pause, the stream is looked at now. */
  used(): void {
    const rested = !this.#timers.has('use');
    this.#timers.again('use', useLasts, () => undefined);
    if (rested) this.check();
  }

  /** Something has come on the stream. */
  heard(): void {
    this.#timers.cancel('answer');
  }

  /** Asks now. */
  check(): void {
    if (!this.#beating) return;
    this.#timers.once('answer', patience, () => {
      this.stop();
      this.#silent();
    });
    void this.#ping().then(() => this.heard());
    this.#next();
  }

  /** Ends every timer for good. */
  end(): void {
    this.stop();
    this.#timers.stop();
  }

  #next(): void {
    const pause = this.#timers.has('use') ? busyPause : idlePause;
    this.#timers.again('beat', pause, () => this.check());
  }
}
