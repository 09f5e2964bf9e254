import { type AfterCommit, unremembered } from './after-commit.ts';
import type { Committer, Settlement } from './committer.ts';
import type { Aside } from './effect.ts';
import type { FactShapes } from './fact-shapes.ts';
import type { Clock, Log } from './ports.ts';
import type { ReadCache, Reads } from './reads.ts';

/** Names of one plugin that may wait; one more is not taken: what is true only now is the first to go. */
const namesLimit = 10_000;

export interface AsidesOptions {
  readonly afterCommit: AfterCommit;
  readonly committer: Committer;
  readonly cache: ReadCache;
  readonly shapes: FactShapes;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks for a flush soon: something was queued outside a commit. */
  readonly flushSoon: () => void;
}

/**
 * What plugins tell and store while nobody's action is answered. It is foreign code: what it throws is logged, and ends
 * nothing of what made it run.
 */
export class Asides {
  readonly #options: AsidesOptions;
  /** By plugin: what ends the waiting of each of its names. */
  readonly #waiting = new Map<string, Map<string, () => void>>();

  constructor(options: AsidesOptions) {
    this.#options = options;
  }

  /** Carries out at once what `made` returns. */
  now(name: string, made: () => readonly Aside[]): void {
    const { afterCommit, clock, committer, flushSoon } = this.#options;
    try {
      const effects = this.#options.shapes.checked(made());
      if (effects.length === 0) return;
      afterCommit.tell(effects, clock.now());
      const puts = effects.flatMap((effect) => (effect.do === 'put' ? [effect.put] : []));
      const unit = unremembered(name, puts);
      const settled = ({ kind }: Settlement): void => {
        if (kind === 'stored') afterCommit.stored(unit, [], []);
      };
      if (puts.length > 0) committer.submit({ unit, settled });
      flushSoon();
    } catch (error) {
      this.#failed(name, error);
    }
  }

  /** Carries out after `ms` what `made` returns then, once for all who ask under this name of the plugin meanwhile. */
  soon(plugin: string, name: string, ms: number, made: (read: Reads) => Promise<readonly Aside[]>): void {
    const waiting = this.#waiting.get(plugin) ?? new Map<string, () => void>();
    this.#waiting.set(plugin, waiting);
    if (waiting.has(name) || waiting.size >= namesLimit) return;
    const run = (): void => {
      waiting.delete(name);
      made(this.#options.cache.snapshot()).then(
        (effects) => this.now(`${plugin} ${name}`, () => effects),
        (error: unknown) => this.#failed(`${plugin} ${name}`, error),
      );
    };
    waiting.set(name, this.#after(ms, run));
  }

  /** Returns what cancels it. */
  #after(ms: number, run: () => void): () => void {
    const { clock } = this.#options;
    if (ms > 0) return clock.after(ms, run);
    let isWanted = true;
    clock.defer(() => isWanted && run());
    return () => {
      isWanted = false;
    };
  }

  /** What waits is not told. */
  stop(): void {
    for (const waiting of this.#waiting.values()) for (const cancel of waiting.values()) cancel();
    this.#waiting.clear();
  }

  #failed(name: string, error: unknown): void {
    this.#options.log.error('A plugin failed on what it tells by itself', { name, error: String(error) });
  }
}
