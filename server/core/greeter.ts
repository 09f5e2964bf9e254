import type { Clock, Log } from './ports.ts';
import type { Store } from './store.ts';

/** Greetings each second: the XMPP server and the widgets' answers have to keep up. */
const perSecond = 200;

export interface GreeterOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly log: Log;
  readonly hello: (jid: string) => void;
}

/**
 * After every link-up, says hello to each connection that the store knows: the living open again and fetch what they
 * missed, the dead bounce and end.
 */
export class Greeter {
  readonly #options: GreeterOptions;
  #waiting: string[] = [];
  #greeted = new Set<string>();
  #cancel: (() => void) | undefined;
  #round = 0;

  constructor(options: GreeterOptions) {
    this.#options = options;
  }

  greet(): void {
    this.stop();
    const round = this.#round;
    this.#options.store.connections().then(
      (rows) => {
        if (round !== this.#round) return;
        this.#waiting = rows.map((row) => row.jid);
        this.#greeted = new Set(this.#waiting);
        this.#some();
      },
      (error: unknown) => this.#options.log.error('The connections could not be read', { error: String(error) }),
    );
  }

  stop(): void {
    this.#round += 1;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting = [];
  }

  /** Whether the store holds this connection from before; asked once, when it ends. */
  ended(jid: string): boolean {
    return this.#greeted.delete(jid);
  }

  #some(): void {
    for (const jid of this.#waiting.splice(0, perSecond / 10)) this.#options.hello(jid);
    this.#cancel = this.#waiting.length === 0 ? undefined : this.#options.clock.after(100, () => this.#some());
  }
}
