import type { StreamEvents, Transport } from '../core/ports.ts';

/** The stream that a leader holds. Of an attempt that was given up nothing is heard any more. */
export class LedStream {
  readonly #inner: Transport;
  #attempt: object | undefined;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  /** True from dialling until the end. */
  get begun(): boolean {
    return this.#attempt !== undefined;
  }

  dial(events: StreamEvents): void {
    const attempt = {};
    const current = (task: () => void): void => {
      if (this.#attempt === attempt) task();
    };
    this.#attempt = attempt;
    this.#inner.open({
      up: () => current(() => events.up()),
      frame: (json) => current(() => events.frame(json)),
      bounced: () => current(() => events.bounced()),
      down: (why) =>
        current(() => {
          this.#attempt = undefined;
          events.down(why);
        }),
    });
  }

  send(json: string): boolean {
    return this.#inner.send(json);
  }

  ping(): Promise<void> {
    return this.#inner.ping();
  }

  /** Ends it without a word; resolves when the socket is gone. */
  async hangUp(): Promise<void> {
    if (this.#attempt === undefined) return;
    this.#attempt = undefined;
    await this.#inner.close();
  }
}
