import type { StanzaTree, Transport, TransportEvents } from '../core/ports.ts';

/** A transport without any server: frames that are sent go straight to the devices of the stage. */
export class StageTransport implements Transport {
  readonly address = 'friend.example.com';
  isUp = true;
  events: TransportEvents | undefined;
  /** Every frame that was taken, in order. */
  readonly frames: { readonly to: string; readonly json: string }[] = [];
  /** Every native stanza that was taken, in order. */
  readonly stanzas: StanzaTree[] = [];
  /** How many frames had been taken whenever a flush was asked for. */
  readonly flushes: number[] = [];
  readonly #deliver: (to: string, json: string) => void;

  constructor(deliver: (to: string, json: string) => void) {
    this.#deliver = deliver;
  }

  start(events: TransportEvents): void {
    this.events = events;
    events.link({ state: 'up' });
  }

  send(to: string, json: string): boolean {
    if (!this.isUp) return false;
    this.frames.push({ to, json });
    this.#deliver(to, json);
    return true;
  }

  sendStanza(stanza: StanzaTree): boolean {
    if (!this.isUp) return false;
    this.stanzas.push(stanza);
    return true;
  }

  flush(): void {
    this.flushes.push(this.frames.length);
  }

  async stop(): Promise<void> {
    this.events = undefined;
  }

  link(state: 'up' | 'down'): void {
    this.isUp = state === 'up';
    this.events?.link({ state });
  }
}
