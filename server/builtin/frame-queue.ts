import type { Clock } from '../core/ports.ts';
import type { ClientSocket } from './client-socket.ts';

type Departure = { readonly text: string } | { readonly code: number; readonly reason: string };

/**
 * What leaves for one client, in order and each in a macrotask of its own, as a browser hands messages over: an answer
 * in the same task reaches xmpp.js before it listens for it.
 */
export class FrameQueue {
  readonly #clock: Clock;
  readonly #socket: ClientSocket;
  readonly #limit: number;
  #waiting: Departure[] = [];
  #scheduled = false;

  constructor(clock: Clock, socket: ClientSocket, limit: number) {
    this.#clock = clock;
    this.#socket = socket;
    this.#limit = limit;
  }

  /** Queues one message; false, and drops it, when too many wait. */
  push(text: string): boolean {
    if (this.#waiting.length >= this.#limit) return false;
    this.#queue({ text });
    return true;
  }

  /** Queues these last messages, over the limit too, and closes the socket after them. */
  finish(texts: readonly string[], code: number, reason: string): void {
    for (const text of texts) this.#queue({ text });
    this.#queue({ code, reason });
  }

  /** Forgets what waits: nobody is there any more. */
  clear(): void {
    this.#waiting = [];
  }

  #queue(departure: Departure): void {
    this.#waiting.push(departure);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    this.#clock.defer(() => {
      this.#scheduled = false;
      this.#depart();
      this.#schedule();
    });
  }

  #depart(): void {
    const next = this.#waiting.shift();
    if (!next) return;
    if ('text' in next) this.#socket.send(next.text);
    else this.#socket.close(next.code, next.reason);
  }
}
