import type { AnyFact } from '../../protocol/facts.ts';

/** Who waits for the answer to an action. */
export class Wishes {
  readonly #waiting = new Map<string, (answer: AnyFact) => void>();

  /** Resolves with the answer to the action `id`. */
  made(id: string): Promise<AnyFact> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  settled(id: string, answer: AnyFact): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
