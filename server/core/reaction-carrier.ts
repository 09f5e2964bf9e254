import type { AfterCommit } from './after-commit.ts';
import type { Asks } from './asks.ts';
import type { Committer, Settlement } from './committer.ts';
import type { FactShapes } from './fact-shapes.ts';
import { planOf, unitOf } from './plan.ts';
import type { Clock } from './ports.ts';
import type { CarryOut } from './reaction-run.ts';
import type { ReadCache } from './reads.ts';

export interface CarrierOptions {
  readonly cache: ReadCache;
  readonly clock: Clock;
  readonly committer: Committer;
  readonly afterCommit: AfterCommit;
  readonly shapes: FactShapes;
  readonly asks: Asks;
  /** Asks for a flush soon: something was queued outside a commit. */
  readonly flushSoon: () => void;
}

/** Stores and tells what reactions returned: their effects go the same way as those of rules. */
export function reactionCarrier({
  cache,
  clock,
  committer,
  afterCommit,
  asks,
  shapes,
  flushSoon,
}: CarrierOptions): CarryOut {
  return async (effects, origin) => {
    const plan = planOf(shapes.checked(asks.expanded(effects, origin)), clock.now(), origin.by);
    if (plan.refused !== undefined) return 'stored';
    if (plan.appends.length + plan.puts.length === 0) {
      afterCommit.tell(plan.afterwards, clock.now());
      flushSoon();
      return 'stored';
    }
    const appends = await cache.listed(plan.appends);
    const content = [effects.map((effect) => effect.do)];
    const unit = unitOf({ ...plan, appends }, { ...origin, content, reads: origin.read.notes });
    const settlement = await new Promise<Settlement>((resolve) => {
      const settled = (result: Settlement): void => {
        resolve(result);
        if (result.kind === 'stored') afterCommit.stored(unit, result.appended, plan.afterwards);
      };
      if (!committer.submit({ unit, settled })) resolve({ kind: 'storage' });
    });
    if (settlement.kind === 'failed') throw settlement.error;
    if (settlement.kind === 'storage' || settlement.kind === 'early') return 'later';
    if (settlement.kind !== 'stale') return 'stored';
    for (const { log } of unit.reads) cache.forget(log);
    return 'stale';
  };
}
