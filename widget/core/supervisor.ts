import type { Clock, Random, StreamEvents, Transport } from './ports.ts';

/** The first try after a lost stream comes within this span, so that a crowd does not come back at once. */
const firstSpan = 10_000;
const longestSpan = 30_000;

export interface SupervisorEvents extends Omit<StreamEvents, 'down'> {
  /** connecting: dialling · waiting: lost, another try is due · refused: trying again does not help */
  state(state: 'connecting' | 'waiting' | 'refused'): void;
}

/** Keeps one stream up: dials again with full jitter, at once when the person acts. */
export class Supervisor {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: SupervisorEvents;
  #phase: 'idle' | 'dialling' | 'up' | 'waiting' | 'stopped' = 'idle';
  #failures = 0;
  #cancel: (() => void) | undefined;

  constructor(transport: Transport, clock: Clock, random: Random, events: SupervisorEvents) {
    this.#transport = transport;
    this.#clock = clock;
    this.#random = random;
    this.#events = events;
  }

  /** Dials unless a stream is up or on its way. For the first time, and whenever the person acts. */
  now(): void {
    if (this.#phase === 'idle' || this.#phase === 'waiting') this.#dial();
  }

  /** Gives up a stream that no longer answers, and dials anew at once. */
  renew(): void {
    if (this.#phase !== 'up') return;
    this.#phase = 'idle';
    void this.#transport.close().then(() => this.now());
  }

  async stop(): Promise<void> {
    this.#phase = 'stopped';
    this.#cancel?.();
    await this.#transport.close();
  }

  #dial(): void {
    this.#cancel?.();
    this.#phase = 'dialling';
    this.#events.state('connecting');
    this.#transport.open({
      up: () => {
        if (this.#phase !== 'dialling') return;
        this.#phase = 'up';
        this.#failures = 0;
        this.#events.up();
      },
      frame: (json) => this.#events.frame(json),
      bounced: () => this.#events.bounced(),
      down: (ended) => this.#down(ended),
    });
  }

  #down(ended: 'lost' | 'refused'): void {
    if (this.#phase !== 'dialling' && this.#phase !== 'up') return;
    this.#phase = 'waiting';
    this.#events.state(ended === 'refused' ? 'refused' : 'waiting');
    const span = this.#failures === 0 ? firstSpan : Math.min(longestSpan, 1_000 * 2 ** this.#failures);
    this.#failures += 1;
    if (ended === 'lost') this.#cancel = this.#clock.after(span * this.#chance(), () => this.#dial());
  }

  #chance(): number {
    const [high = 0, low = 0] = this.#random(2);
    return (high * 256 + low) / 65_536;
  }
}
