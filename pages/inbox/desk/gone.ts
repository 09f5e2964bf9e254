import type { Case } from '../../../protocol/desk.ts';
import type { DeskState } from './state.ts';
import { inList, isListed, type Place } from './views.ts';

/** One page of a list, as it was read. */
export interface ListPage {
  readonly place: Place;
  readonly cases: readonly Case[];
  /** There are more after it. */
  readonly next?: string | undefined;
  /** The last case of the page before; none before the first. */
  readonly after?: Case | undefined;
}

/**
 * The conversations of the cases that a page shows to be somewhere else by now: each was held in the page’s range when it
 * was asked for, is not in it, and has not changed since, or the page may be older than what was heard.
 */
export function goneBy(page: ListPage, asked: DeskState, now: DeskState): readonly string[] {
  const { place, cases, next, after } = page;
  const me = now.shown?.me.user ?? '';
  const there = new Set(cases.map(({ conversation }) => conversation));
  const last = next === undefined ? undefined : cases.at(-1);
  const isGone = (held: Case): boolean => {
    const before = asked.cases[held.conversation];
    if (there.has(held.conversation) || before?.since !== held.since) return false;
    if (!isListed(me, place, before) || !isListed(me, place, held)) return false;
    if (after !== undefined && inList(place, after, held) >= 0) return false;
    return last === undefined || inList(place, held, last) < 0;
  };
  return Object.values(now.cases)
    .filter(isGone)
    .map(({ conversation }) => conversation);
}
