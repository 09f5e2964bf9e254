import type { Action } from '../../protocol/actions.ts';
import { framesOf, toJson } from '../../protocol/frame.ts';
import type { Transport } from './ports.ts';

/** Gathers actions: those of one tick leave in one frame. */
export class Leaving {
  readonly #transport: Pick<Transport, 'send'>;
  readonly #actions: string[] = [];

  constructor(transport: Pick<Transport, 'send'>) {
    this.#transport = transport;
  }

  add(actions: readonly Action[]): void {
    if (actions.length === 0) return;
    if (this.#actions.length === 0) void Promise.resolve().then(() => this.#leave());
    this.#actions.push(...actions.map(toJson));
  }

  #leave(): void {
    for (const frame of framesOf(this.#actions.splice(0))) this.#transport.send(frame);
  }
}
