import type { Clock } from './ports.ts';
import { TokenBucket } from './token-bucket.ts';

/** Effects of one run that an action has led to which are free: what answers somebody needs no more. */
const free = 20;

/** What runs may return beyond that in one log: so many effects at once, and so many each second. */
const flooding = { perSecond: 50, burst: 1_000 } as const;

/** What reactions to reactions may return in one log, all of it. */
const chained = { perSecond: 20, burst: 200 } as const;

/** Logs that are watched at once; the one that was watched longest is forgotten first. */
const watched = 1_000;

/** Keeps a log whose reactions store very much at a pace that no other log notices. */
export class ReactionPace {
  readonly #clock: Clock;
  readonly #floods = new Map<string, TokenBucket>();
  readonly #chains = new Map<string, TokenBucket>();
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whoever waits goes on; nobody waits any more. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Waits until a run may store its effects. `depth`: how many reactions have followed from each other, this one included; a
   * chain that forks would grow faster than anybody could read.
   */
  async wait(log: string, depth: number, effects: number): Promise<void> {
    if (depth > 1) await this.#take(this.#chains, chained, log, effects);
    else if (effects > free) await this.#take(this.#floods, flooding, log, effects - free);
  }

  async #take(
    buckets: Map<string, TokenBucket>,
    { perSecond, burst }: typeof flooding | typeof chained,
    log: string,
    effects: number,
  ): Promise<void> {
    const bucket = buckets.get(log) ?? new TokenBucket(perSecond, burst, this.#clock.now());
    buckets.delete(log);
    const [oldest] = buckets.keys();
    if (buckets.size >= watched && oldest !== undefined) buckets.delete(oldest);
    buckets.set(log, bucket);
    for (let taken = 0; taken < effects && !this.#stopped; ) {
      const wait = bucket.take(this.#clock.now());
      if (wait === 0) taken += 1;
      else await new Promise<void>((resolve) => this.#clock.after(wait, resolve));
    }
  }
}
