import type { Clock, Ended, Random, StreamEvents, Transport } from './ports.ts';
import { Pulse } from './pulse.ts';

/** The first try after a lost stream comes within this span, so that a crowd does not come back at once. */
const firstSpan = 10_000;
/** Where there never was a stream, somebody has just opened the panel and waits. */
const impatientSpan = 1_000;
const longestSpan = 30_000;

export interface SupervisorEvents extends Omit<StreamEvents, 'down'> {
  /** connecting: dialling · waiting: lost, another try is due · refused: trying again does not help */
  /** `broken`: the server ended the stream because of what was sent on it. */
  state(state: 'connecting' | 'waiting' | 'refused', broken?: boolean): void;
  /** The server has answered on the stream that is up. */
  alive(): void;
}

/** Keeps one stream up: dials again with full jitter, at once when the person acts, and sees when it is half-open. */
export class Supervisor {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: SupervisorEvents;
  readonly #pulse: Pulse;
  #phase: 'idle' | 'dialling' | 'up' | 'waiting' | 'stopped' = 'idle';
  #failures = 0;
  #wasUp = false;
  /** Somebody waits for this very stream: if it turns out dead, the next is dialled at once. */
  #awaited = false;
  #cancel: (() => void) | undefined;

  constructor(transport: Transport, clock: Clock, random: Random, events: SupervisorEvents) {
    this.#transport = transport;
    this.#clock = clock;
    this.#random = random;
    this.#events = events;
    const ping = (): Promise<void> => transport.ping().then(() => this.#alive());
    this.#pulse = new Pulse(clock, ping, () => this.renew());
  }

  /** Dials unless a stream is up or on its way. For the first time, and whenever the person acts. */
  now(): void {
    if (this.#phase === 'stopped') return;
    if (this.#phase === 'idle' || this.#phase === 'waiting') this.#dial();
    this.#pulse.used();
  }

  /** The page is looked at again, or the network has changed: dials at once, or looks whether the stream still lives. */
  probe(): void {
    if (this.#phase === 'waiting') this.#dial();
    if (this.#phase !== 'up') return;
    this.#awaited = true;
    this.#pulse.check();
  }

  /** Gives up a stream that no longer answers, or one on its way, and dials anew at once. */
  renew(): void {
    if (this.#phase !== 'up' && this.#phase !== 'dialling') return;
    this.#phase = 'idle';
    this.#pulse.stop();
    void this.#transport.close().then(() => this.#phase === 'idle' && this.#dial());
  }

  /** Ends the stream until somebody acts. */
  rest(): void {
    this.#phase = 'idle';
    this.#cancel?.();
    this.#pulse.end();
    void this.#transport.close();
  }

  async stop(): Promise<void> {
    this.#phase = 'stopped';
    this.#cancel?.();
    this.#pulse.end();
    await this.#transport.close();
  }

  #dial(): void {
    this.#cancel?.();
    this.#phase = 'dialling';
    this.#awaited = false;
    this.#events.state('connecting');
    this.#transport.open({
      up: () => {
        if (this.#phase !== 'dialling') return;
        this.#phase = 'up';
        this.#failures = 0;
        this.#wasUp = true;
        this.#pulse.start();
        this.#events.up();
      },
      frame: (json) => {
        this.#heard();
        this.#events.frame(json);
      },
      bounced: () => {
        this.#heard();
        this.#events.bounced();
      },
      down: (ended) => this.#down(ended),
    });
  }

  #heard(): void {
    this.#awaited = false;
    this.#pulse.heard();
  }

  #alive(): void {
    if (this.#phase !== 'up') return;
    this.#heard();
    this.#events.alive();
  }

  #down(ended: Ended): void {
    if (this.#phase !== 'dialling' && this.#phase !== 'up') return;
    this.#phase = 'waiting';
    this.#pulse.stop();
    this.#events.state(ended === 'refused' ? 'refused' : 'waiting', ended === 'broken');
    const first = this.#awaited ? 0 : this.#wasUp ? firstSpan : impatientSpan;
    // Those who come back while the server still starts must not crowd together at their second try.
    const least = this.#wasUp ? firstSpan : 0;
    const span = this.#failures === 0 ? first : Math.min(longestSpan, Math.max(least, 1_000 * 2 ** this.#failures));
    this.#failures += 1;
    if (ended !== 'refused') this.#cancel = this.#clock.after(span * this.#chance(), () => this.#dial());
  }

  #chance(): number {
    const [high = 0, low = 0] = this.#random(2);
    return (high * 256 + low) / 65_536;
  }
}
