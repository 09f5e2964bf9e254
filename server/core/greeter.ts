import type { Clock, Log } from './ports.ts';

/** Greetings each second: the XMPP server and the widgets' answers have to keep up. */
const perSecond = 200;

/** After something was dropped, until the server is likely to read again, milliseconds. */
const dropPause = 1_000;

/** How long after the last greeting an answer may take, milliseconds. */
const patience = 60_000;

export interface GreeterOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** The JIDs that the store knows. */
  readonly known: () => Promise<readonly string[]>;
  /** The JIDs that are connected as far as this process knows. */
  readonly live: () => readonly string[];
  readonly hello: (jid: string) => void;
  /** It has neither answered nor bounced. */
  readonly silent: (jid: string) => void;
}

/**
 * After every link-up, says hello to each connection from before: the living open again and fetch what they missed,
 * the dead bounce and end, and so do those that say nothing for a minute. So is greeted who missed something.
 */
export class Greeter {
  readonly #options: GreeterOptions;
  #isUp = false;
  #waiting = new Set<string>();
  #greeted = new Set<string>();
  #unanswered = new Set<string>();
  #cancel: (() => void) | undefined;
  #round = 0;

  constructor(options: GreeterOptions) {
    this.#options = options;
  }

  greet(): void {
    this.stop();
    this.#isUp = true;
    const round = this.#round;
    this.#options.known().then(
      (known) => {
        if (round !== this.#round) return;
        this.#greeted = new Set([...known, ...this.#options.live()]);
        this.#unanswered = new Set(this.#greeted);
        this.#waiting = new Set(this.#greeted);
        this.#cancel?.();
        this.#some();
      },
      (error: unknown) => this.#options.log.error('The connections could not be read', { error: String(error) }),
    );
  }

  stop(): void {
    this.#round += 1;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isUp = false;
    this.#waiting.clear();
    this.#unanswered.clear();
  }

  /** Something for this connection was dropped although there is a link: it is greeted once the server may read again. */
  missed(jid: string): void {
    if (!this.#isUp || this.#waiting.has(jid)) return;
    for (const jids of [this.#greeted, this.#unanswered, this.#waiting]) jids.add(jid);
    if (this.#waiting.size > 1) return;
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(dropPause, () => this.#some());
  }

  /** Takes any sign of life. */
  answered(jid: string): void {
    if (this.#unanswered.size > 0) this.#unanswered.delete(jid);
  }

  /** Whether this connection is one from before; asked once, when it ends. */
  ended(jid: string): boolean {
    this.#unanswered.delete(jid);
    return this.#greeted.delete(jid);
  }

  #some(): void {
    for (const jid of [...this.#waiting].slice(0, perSecond / 10)) {
      this.#waiting.delete(jid);
      this.#options.hello(jid);
    }
    const { clock } = this.#options;
    if (this.#waiting.size > 0) this.#cancel = clock.after(100, () => this.#some());
    else if (this.#unanswered.size === 0) this.#cancel = undefined;
    else this.#cancel = clock.after(patience, () => this.#giveUp());
  }

  #giveUp(): void {
    this.#cancel = undefined;
    for (const jid of [...this.#unanswered]) this.#options.silent(jid);
  }
}
