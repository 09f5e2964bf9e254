import type { Clock } from '../../core/ports.ts';
import type { Effects } from '../../core/rule.ts';
import type { Calling, CallStep } from './step.ts';
import type { Values } from './words.ts';

/** What a call of a team's code came to; undefined where it failed. */
export type Outcome = { readonly values: Values; readonly effects: Effects } | undefined;

/** Outcomes that are remembered until they are stored. */
const kept = 1_000;

/** How long a call may take where its step says nothing, milliseconds; a reaction has 30 s for all of it. */
const usualTimeout = 15_000;
const longestTimeout = 25_000;

/** Runs the code of flows: each call once while the process lives, however often the store has its word decided again. */
export class Calls {
  readonly #clock: Clock;
  readonly #outcomes = new Map<string, Promise<Outcome>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param failed is told why a call has failed; resolves with undefined then */
  run(step: CallStep, calling: Calling, failed: (error: unknown) => void): Promise<Outcome> {
    const known = this.#outcomes.get(calling.key);
    if (known !== undefined) return known;
    const timeout = Math.min(step.timeout ?? usualTimeout, longestTimeout);
    const outcome = limited(this.#clock, timeout, async () => (await step.run(calling)) ?? {}).then(
      ({ values = {}, effects = [] }): Outcome => ({ values, effects }),
      (error: unknown): Outcome => {
        failed(error);
        return undefined;
      },
    );
    const [oldest] = this.#outcomes.keys();
    if (this.#outcomes.size >= kept && oldest !== undefined) this.#outcomes.delete(oldest);
    this.#outcomes.set(calling.key, outcome);
    return outcome;
  }
}

/** Rejects where `run` takes longer than `ms`. */
export async function limited<T>(clock: Clock, ms: number, run: () => Promise<T>): Promise<T> {
  let cancel: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(ms, () => reject(new Error(`it took longer than ${ms} ms`)));
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    cancel?.();
  }
}
