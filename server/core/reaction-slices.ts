import type { Effects } from './rule.ts';
import type { Append, Put } from './store.ts';

/** What one commit takes of a reaction that stores very much: others wait for no more than that at a time. */
export const sliceSize = 25;

/** What one commit stores. */
export interface Slice {
  readonly appends: readonly Append[];
  readonly puts: readonly Put[];
}

/**
 * A plan that stores very much in slices, one commit each and in the order of the effects that it is made of; one slice where
 * it is small, or where rows belong to facts or rest on what stands: those are stored together or not at all.
 */
export function slicesOf(plan: Slice, effects: Effects): readonly Slice[] {
  if (plan.appends.length + plan.puts.length <= sliceSize || !plan.puts.every(standsAlone)) return [plan];
  const slices: { readonly appends: Append[]; readonly puts: Put[] }[] = [];
  const [appends, puts] = [[...plan.appends].reverse(), [...plan.puts].reverse()];
  let stored = 0;
  for (const { do: kind } of effects) {
    const [append, row] = kind === 'append' ? [appends.pop()] : doesPut.includes(kind) ? [undefined, puts.pop()] : [];
    if (append === undefined && row === undefined) continue;
    if (stored++ % sliceSize === 0) slices.push({ appends: [], puts: [] });
    if (append !== undefined) slices.at(-1)?.appends.push(append);
    if (row !== undefined) slices.at(-1)?.puts.push(row);
  }
  return slices;
}

/** The id of the slice at `index` of a run, by which a repeat of it is recognised. How long its chain is stays its end. */
export function sliceId(id: string, index: number): string {
  return index === 0 ? id : id.replace(/(~\d+)?$/, `/${index}$1`);
}

const doesPut = ['put', 'schedule', 'unschedule'];

function standsAlone(put: Put): boolean {
  return put.table === 'schedule' || put.table === 'unschedule' || (put.table === 'state' && put.expect === undefined);
}
