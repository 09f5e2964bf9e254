import type { Screen } from '../core/view.ts';

/**
 * The way back once `to` is shown after `from`, the nearest last. To come to a screen of the way is to go back to it; the
 * list is where every way begins; what was a step only (`new-group`) is not come back to.
 */
export function walked(trail: readonly Screen[], from: Screen | undefined, to: Screen): readonly Screen[] {
  const before = trail.map((one) => JSON.stringify(one)).indexOf(JSON.stringify(to));
  if (before >= 0) return trail.slice(0, before);
  if (from === undefined || to.at === 'list') return [];
  if (from.at === 'new-group' || (from.at === 'conversation' && to.at === 'conversation')) return trail;
  return [...trail, from];
}
