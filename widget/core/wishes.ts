import type { AnyFact } from '../../protocol/facts.ts';

/** What answers an action, and behind it the facts of the page that it heads. */
export type Answer = readonly [AnyFact, ...AnyFact[]];

/** Who waits for the answer to an action. */
export class Wishes {
  readonly #waiting = new Map<string, (answer: Answer) => void>();

  /** Resolves with the answer to the action `id`. */
  made(id: string): Promise<Answer> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  /** Whether somebody waits for the answer to the action `id`. */
  has(id: string | undefined): boolean {
    return this.#waiting.has(id ?? '');
  }

  settled(id: string, answer: AnyFact, page: readonly AnyFact[]): void {
    this.#waiting.get(id)?.([answer, ...page]);
    this.#waiting.delete(id);
  }
}
