import type { Clock } from './ports.ts';
import type { Store } from './store.ts';

/** Greetings each second: the XMPP server and the widgets' answers have to keep up. */
const perSecond = 200;

export interface GreeterOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly hello: (jid: string) => void;
}

/**
 * After every link-up, says hello to each connection that the store knows: the living open again and fetch what they
 * missed, the dead bounce and end.
 */
export class Greeter {
  readonly #options: GreeterOptions;
  #waiting: string[] = [];
  #cancel: (() => void) | undefined;

  constructor(options: GreeterOptions) {
    this.#options = options;
  }

  greet(): void {
    this.stop();
    void this.#options.store.connections().then((rows) => {
      this.#waiting = rows.map((row) => row.jid);
      this.#some();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting = [];
  }

  #some(): void {
    for (const jid of this.#waiting.splice(0, perSecond / 10)) this.#options.hello(jid);
    this.#cancel = this.#waiting.length === 0 ? undefined : this.#options.clock.after(100, () => this.#some());
  }
}
