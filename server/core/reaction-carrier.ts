import type { AfterCommit } from './after-commit.ts';
import type { Asks } from './asks.ts';
import type { Committer, Settlement } from './committer.ts';
import type { FactShapes } from './fact-shapes.ts';
import { planOf, unitOf } from './plan.ts';
import type { Clock, Log } from './ports.ts';
import { ReactionRests, type Rest, restRow } from './reaction-rests.ts';
import type { CarryOut } from './reaction-run.ts';
import { slicesOf } from './reaction-slices.ts';
import type { ReadCache } from './reads.ts';
import type { Effects } from './rule.ts';
import type { Store, Unit } from './store.ts';

export interface CarrierOptions {
  readonly cache: ReadCache;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, 'states'>;
  readonly committer: Committer;
  readonly afterCommit: AfterCommit;
  readonly shapes: FactShapes;
  readonly asks: Asks;
  /** Asks for a flush soon: something was queued outside a commit. */
  readonly flushSoon: () => void;
}

/** Stores and tells what reactions returned: their effects go the same way as those of rules. */
export class ReactionCarrier {
  readonly #options: CarrierOptions;
  readonly #rests: ReactionRests;

  constructor(options: CarrierOptions) {
    this.#options = options;
    this.#rests = new ReactionRests({ ...options, commit: (unit, then) => this.#committed(unit, then) });
  }

  /** Goes on with what a process before has stored the begin of. */
  open(): Promise<void> {
    return this.#rests.open();
  }

  /** Resolves once the rest of a run is on disk whose begin is; undefined where there is none. */
  rest(device: string, id: string): Promise<void> | undefined {
    return this.#rests.of(device, id);
  }

  /** Stores no further rest; the next start goes on with it. */
  stop(): void {
    this.#rests.stop();
  }

  readonly carryOut: CarryOut = async (effects, origin) => {
    const { afterCommit, asks, cache, clock, flushSoon, shapes } = this.#options;
    const expanded = shapes.checked(asks.expanded(effects, origin));
    const at = clock.now();
    const plan = planOf(expanded, at, origin.by);
    if (plan.refused !== undefined) return 'stored';
    if (plan.appends.length + plan.puts.length === 0) {
      afterCommit.tell(plan.afterwards, at);
      flushSoon();
      return 'stored';
    }
    const { device, id } = origin;
    const [first = plan, ...slices] = slicesOf(plan, expanded);
    const rest: Rest | undefined = slices.length === 0 ? undefined : { device, id, slices };
    const puts = rest === undefined ? first.puts : [...first.puts, restRow(rest, true)];
    const appends = await cache.listed(first.appends);
    const content = [effects.map((effect) => effect.do)];
    const unit = unitOf({ ...first, appends, puts }, { device, id, content, reads: origin.read.notes });
    const kind = await this.#committed(unit, rest === undefined ? plan.afterwards : []);
    if (kind === 'storage' || kind === 'early') return 'later';
    if (kind === 'stale') for (const { log } of unit.reads) cache.forget(log);
    if (kind === 'stale') return 'stale';
    if (kind === 'stored' && rest !== undefined) await this.#rests.finish(rest, plan.afterwards);
    return 'stored';
  };

  /** @throws where the store cannot write it, ever */
  async #committed(unit: Unit, then: Effects): Promise<Exclude<Settlement['kind'], 'failed'>> {
    const { afterCommit, committer } = this.#options;
    const settlement = await new Promise<Settlement>((resolve) => {
      const settled = (result: Settlement): void => {
        resolve(result);
        if (result.kind === 'stored') afterCommit.stored(unit, result.appended, then);
      };
      if (!committer.submit({ unit, settled })) resolve({ kind: 'storage' });
    });
    if (settlement.kind === 'failed') throw settlement.error;
    return settlement.kind;
  }
}
