import type { Screen } from '../core/view.ts';

/** Screens that are remembered to go back to. */
const most = 20;

/**
 * The way back once `to` is shown after `from`, the nearest last. To come to a screen of the way is to go back to it; the
 * list is where every way begins; what was a step only (`new-group`) is not come back to.
 */
export function walked(trail: readonly Screen[], from: Screen | undefined, to: Screen): readonly Screen[] {
  const name = JSON.stringify(to);
  const before = trail.findIndex((one) => JSON.stringify(one) === name);
  if (before >= 0) return trail.slice(0, before);
  if (from === undefined || to.at === 'list') return [];
  if (from.at === 'new-group' || (from.at === 'conversation' && to.at === 'conversation')) return trail;
  return [...trail, from].slice(-most);
}
