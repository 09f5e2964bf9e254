/** Tells a task that nobody waits for it any more: its time is over, or something newer takes its place. */
export interface Signal {
  readonly aborted: boolean;
  /** Calls `end` once, as soon as it is aborted; at once where it is already. */
  onAbort(end: () => void): void;
}

/** late: the time of a run is over · newer: something newer takes its place */
export type EndingReason = 'late' | 'newer';

/** A signal and what gives it. */
export class Ending implements Signal {
  #reason: EndingReason | undefined;
  #ends: (() => void)[] = [];

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  /** Why it was given; undefined before that. */
  get reason(): EndingReason | undefined {
    return this.#reason;
  }

  onAbort(end: () => void): void {
    if (this.aborted) end();
    else this.#ends.push(end);
  }

  /** Gives the signal, once. @throws whatever a listener throws, after all of them were called */
  abort(reason: EndingReason): void {
    if (this.aborted) return;
    this.#reason = reason;
    const failures: unknown[] = [];
    for (const end of this.#ends.splice(0)) {
      try {
        end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
