import { type Plan, planOf } from './plan.ts';
import type { Effects } from './rule.ts';
import type { Append, Put } from './store.ts';

/** What one commit takes of a reaction that stores very much: others wait for no more than that at a time. */
export const sliceSize = 25;

/** What one commit stores. */
export interface Slice {
  readonly appends: readonly Append[];
  readonly puts: readonly Put[];
}

type Stored = Exclude<Plan, { readonly refused: unknown }>;

/**
 * A plan that stores very much in slices, one commit each and in the order of its effects; one slice where it is small, or
 * where rows belong to facts or rest on what stands: those are stored together or not at all.
 */
export function slicesOf(plan: Slice, effects: Effects, at: number, by: string): readonly Slice[] {
  const stored = effects.filter((effect) => doesStore.includes(effect.do));
  if (stored.length <= sliceSize || !plan.puts.every(standsAlone)) return [plan];
  const slices: Slice[] = [];
  for (let from = 0; from < stored.length; from += sliceSize) {
    const { appends, puts } = planOf(stored.slice(from, from + sliceSize), at, by) as Stored;
    slices.push({ appends, puts });
  }
  return slices;
}

/** The id of the slice at `index` of a run, by which a repeat of it is recognised. How long its chain is stays its end. */
export function sliceId(id: string, index: number): string {
  return index === 0 ? id : id.replace(/(~\d+)?$/, `/${index}$1`);
}

const doesStore = ['append', 'put', 'schedule', 'unschedule'];

function standsAlone(put: Put): boolean {
  return put.table === 'schedule' || put.table === 'unschedule' || (put.table === 'state' && put.expect === undefined);
}
