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

/** Whether another colleague has it, at work or set aside: whoever takes it says from whom. */
export function isTaken(user: string, { assignee }: Case): boolean {
  return assignee !== undefined && assignee !== user;
}

/** Whether a case stands in a list as the friend reads it: there `assigned` is everybody’s, one’s own among them. */
export function isListed(user: string, { view, queue }: Place, one: Case): boolean {
  if (queue !== undefined && one.queue !== queue) return false;
  return view === 'mine' ? isOf(user, one) : one.state === view;
}

/** Which of two cases a list has first as the friend reads it, page by page: negative where it is `one`. */
export function inList({ view }: Place, one: Case, other: Case): number {
  const first = view === 'waiting' ? turnOf(one) - turnOf(other) : other.since - one.since;
  return first || (one.conversation < other.conversation ? -1 : Number(one.conversation > other.conversation));
}

/**
 * The cases of a place as far as they are held: those that wait by their turn, those that are set aside by their return,
 * all others newest first.
 */
export function casesAt({ cases, shown }: DeskState, place: Place): readonly Case[] {
  const me = shown?.me.user ?? '';
  const fits = (one: Case): boolean => isListed(me, place, one) && (place.view !== 'assigned' || !isOf(me, one));
  return Object.values(cases).filter(fits).sort(order(place));
}

function order(place: Place): (one: Case, other: Case) => number {
  const last = ({ line, since }: Case): number => Math.max(line?.at ?? 0, since);
  if (place.view === 'waiting') return (one, other) => inList(place, one, other);
  if (place.view === 'snoozed') return (one, other) => (one.until ?? 0) - (other.until ?? 0);
  return (one, other) => last(other) - last(one);
}

/** `place` is how it stood when the case was last told of: others have come and gone since, and its turn has not changed. */
function turnOf({ turn, since }: Case): number {
  return turn ?? since;
}

/** Those who ask in the cases that are open, the one that is shown first, then those with the newest last word. */
export function visitorsIn({ cases, opened }: DeskState): readonly string[] {
  const open = Object.values(cases).filter(({ state }) => state !== 'closed');
  const newest = open.toSorted((one, other) => (other.line?.at ?? other.since) - (one.line?.at ?? one.since));
  return [...(opened ? [opened.case] : []), ...newest].map(({ visitor }) => visitor.user);
}
