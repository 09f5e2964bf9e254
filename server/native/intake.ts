import type { GatewayHost } from '../core/gateway.ts';
import type { StanzaTree } from '../core/ports.ts';
import { errorOf } from '../core/stanzas.ts';

/** How long the end waits for what has arrived, milliseconds: a part of the 5 s after SIGTERM. */
const patience = 2_000;

/**
 * What has arrived of one account and is not dealt with yet. Nothing of it is lost without a word: at the end it is dealt
 * with, or goes back as an error that says to try again (RFC 6120 §8.3.2, `wait`).
 */
export class Intake {
  readonly #host: Pick<GatewayHost, 'clock' | 'send'>;
  readonly #push: (task: () => Promise<void>) => boolean;
  readonly #waiting = new Set<StanzaTree>();
  #running = 0;
  #isEnding = false;
  #ended: () => void = () => undefined;

  /** @param push takes a task, in order; false where too many wait */
  constructor(host: Pick<GatewayHost, 'clock' | 'send'>, push: (task: () => Promise<void>) => boolean) {
    this.#host = host;
    this.#push = push;
  }

  /** Deals with a stanza in its turn; one that cannot wait goes back. */
  takes(stanza: StanzaTree, task: () => Promise<void>): void {
    // A task may begin within the push.
    this.#waiting.add(stanza);
    if (!this.#isEnding && this.#push(() => this.#run(stanza, task))) return;
    this.#waiting.delete(stanza);
    this.#bounce(stanza);
  }

  /** Takes nothing more. Resolves when nothing waits, after 2 s at most: what still waits then has gone back. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    if (this.#waiting.size + this.#running > 0) {
      await new Promise<void>((resolve) => {
        const cancel = this.#host.clock.after(patience, resolve);
        this.#ended = () => {
          cancel();
          resolve();
        };
      });
    }
    for (const stanza of this.#waiting) this.#bounce(stanza);
    this.#waiting.clear();
  }

  async #run(stanza: StanzaTree, task: () => Promise<void>): Promise<void> {
    if (!this.#waiting.delete(stanza)) return;
    this.#running += 1;
    try {
      await task();
    } finally {
      this.#running -= 1;
      if (this.#waiting.size + this.#running === 0) this.#ended();
    }
  }

  #bounce(stanza: StanzaTree): void {
    this.#host.send(errorOf(stanza, 'busy'));
  }
}
