import type { AnyFact } from '../../protocol/facts.ts';

/** What answers an action, and behind it the facts of the page that it heads. */
export type Answer = readonly [AnyFact, ...AnyFact[]];

/** Who waits for the answer to an action. */
export class Wishes {
  readonly #made = new Map<string, (answer: Answer) => void>();
  readonly #asked = new Map<string, (answer: Answer | readonly []) => void>();

  /** Resolves with the answer to the action `id`, which is sent until there is one. */
  made(id: string): Promise<Answer> {
    return new Promise((resolve) => this.#made.set(id, resolve));
  }

  /** Resolves with the answer to the action `id`, which is sent once; with nothing where that is lost. */
  asked(id: string): Promise<Answer | readonly []> {
    return new Promise((resolve) => this.#asked.set(id, resolve));
  }

  /** Whether somebody waits for the answer to the action `id`. */
  has(id = ''): boolean {
    return this.#made.has(id) || this.#asked.has(id);
  }

  settled(id: string, answer: AnyFact, page: readonly AnyFact[]): void {
    for (const waiting of [this.#made, this.#asked]) {
      waiting.get(id)?.([answer, ...page]);
      waiting.delete(id);
    }
  }

  /** The stream is gone, and with it every answer to what was sent once. */
  lost(): void {
    for (const resolve of this.#asked.values()) resolve([]);
    this.#asked.clear();
  }
}
