import type { Case, DeskActions } from '../../../protocol/desk.ts';
import type { DeskState } from './state.ts';

/** A kind of list. */
export type DeskView = DeskActions['desk.list']['view'];

/** What the list shows: one kind, of all queues or of one. */
export interface Place {
  readonly view: DeskView;
  readonly queue?: string;
}

/** Every kind, in the order of the rail. */
export const deskViews: readonly DeskView[] = ['waiting', 'mine', 'assigned', 'snoozed', 'away', 'bot', 'closed'];

/** A place as a key. */
export function keyOf({ view, queue = '' }: Place): string {
  return `${view} ${queue}`;
}

/** Whether a colleague has a case, or was asked in: then he writes in it. */
export function isOf(user: string, { state, assignee, invited }: Case): boolean {
  return state === 'assigned' && (assignee === user || invited?.includes(user) === true);
}

/**
 * The cases of a place as far as they are held: those that wait by their turn, those that are set aside by their return,
 * all others newest first.
 */
export function casesAt({ cases, shown }: DeskState, { view, queue }: Place): readonly Case[] {
  const me = shown?.me.user ?? '';
  const fits = (one: Case): boolean => {
    if (queue !== undefined && one.queue !== queue) return false;
    if (view === 'mine') return isOf(me, one);
    return one.state === view && (view !== 'assigned' || !isOf(me, one));
  };
  return Object.values(cases).filter(fits).sort(order(view));
}

function order(view: DeskView): (one: Case, other: Case) => number {
  const last = ({ line, since }: Case): number => Math.max(line?.at ?? 0, since);
  const turn = ({ place, since }: Case): number => (place ?? 9_999) * 1e14 + since;
  if (view === 'waiting') return (one, other) => turn(one) - turn(other);
  if (view === 'snoozed') return (one, other) => (one.until ?? 0) - (other.until ?? 0);
  return (one, other) => last(other) - last(one);
}
