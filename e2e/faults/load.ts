import type { HeadlessClient } from './client.ts';

export interface LoadOptions {
  /** Messages of one client each second. */
  readonly perSecond: number;
  /** Ends when each client has sent this many. */
  readonly each?: number;
  /** Also types, reads and looks around. */
  readonly mixed?: boolean;
}

/** People who talk in the background, each at his own pace. */
export class Load {
  readonly #timers: NodeJS.Timeout[];
  /** Resolves when each client has sent what he was to send. */
  readonly sent: Promise<void>;
  #stop: () => void = () => undefined;

  constructor(clients: readonly HeadlessClient[], { perSecond, each = Number.POSITIVE_INFINITY, mixed }: LoadOptions) {
    let talking = clients.length;
    this.sent = new Promise((resolve) => {
      this.#stop = resolve;
    });
    this.#timers = clients.map((client, index) => {
      let turn = index;
      const timer = setInterval(() => {
        turn += 1;
        if (client.sent.length < each) {
          if (mixed && turn % 3 === 0) client.fidgets(turn / 3);
          client.says();
          return;
        }
        clearInterval(timer);
        talking -= 1;
        if (talking === 0) this.#stop();
      }, 1_000 / perSecond);
      return timer;
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stop();
  }
}
