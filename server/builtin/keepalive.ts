import type { Clock } from '../core/ports.ts';

/** Spans of a `Keepalive` in milliseconds, and what happens after them. */
export interface KeepaliveOptions {
  readonly pingAfter: number;
  readonly silence: number;
  /** Called once in each silence. */
  readonly ping: () => void;
  /** Called once; the watch ends with it. */
  readonly silent: () => void;
}

/** Watches one client for silence, with one timer whatever arrives. */
export class Keepalive {
  readonly #clock: Clock;
  readonly #options: KeepaliveOptions;
  #heardAt: number;
  #pinged = false;
  #stopped = false;
  #cancel: () => void = () => {};

  constructor(clock: Clock, options: KeepaliveOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#heardAt = clock.now();
    this.#watch(options.pingAfter);
  }

  /** The client sent something. */
  heard(): void {
    this.#heardAt = this.#clock.now();
    this.#pinged = false;
  }

  /** Ends the watch. */
  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #watch(ms: number): void {
    if (!this.#stopped) this.#cancel = this.#clock.after(ms, () => this.#look());
  }

  #look(): void {
    const { pingAfter, silence, ping, silent } = this.#options;
    const quiet = this.#clock.now() - this.#heardAt;
    if (quiet >= silence) {
      silent();
      return;
    }
    if (quiet >= pingAfter && !this.#pinged) {
      this.#pinged = true;
      ping();
    }
    this.#watch((this.#pinged ? silence : pingAfter) - quiet);
  }
}
