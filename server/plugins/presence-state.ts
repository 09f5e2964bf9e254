import type { Actions } from '../../protocol/actions.ts';
import type { Presence } from '../../protocol/facts.ts';

/** What one connection says of itself. */
export type Show = 'available' | 'away' | 'dnd';

/** What a user has set over all his connections. It ends at `until`, milliseconds since 1970: then nothing is set. */
export type Statement = NonNullable<Presence['own']>;

/** What somebody sees who may see everything; `own` is for the user himself. */
export type Shown = Omit<Presence, 'user'>;

export const nothingSet: Statement = { show: 'available' };

/** What holds of a statement at `now`. */
export function standing(statement: Statement, now: number): Statement {
  return statement.until !== undefined && statement.until <= now ? nothingSet : statement;
}

/**
 * The statement after `presence.set`. A new `show` begins anew, with its own end or none; without one, what stands keeps
 * its end unless another is named.
 */
export function restated(before: Statement, body: Actions['presence.set'], now: number): Statement {
  const stood = standing(before, now);
  const { show = stood.show, status = stood.status ?? null } = body;
  const until = body.until ?? (body.show === undefined ? stood.until : undefined);
  return { show, ...(status === null ? {} : { status }), ...(until === undefined ? {} : { until }) };
}

/**
 * What a statement, the live connections and the last time come to. Without a connection, and where he wants to be
 * invisible, a user is offline; what he has set goes before what his connections say.
 */
export function shownOf({ show, status }: Statement, connections: Iterable<Show>, seen: number | undefined): Shown {
  const shows = new Set(connections);
  if (shows.size === 0 || show === 'invisible') return { show: 'offline', ...(seen === undefined ? {} : { seen }) };
  const own = shows.has('dnd') ? 'dnd' : shows.has('available') ? 'available' : 'away';
  return { show: show === 'available' ? own : show, ...(status === undefined ? {} : { status }) };
}

/** Whether two look the same to somebody who may see everything. */
export function isSame(one: Shown, other: Shown): boolean {
  return one.show === other.show && one.status === other.status && one.seen === other.seen;
}

/** Reads what is stored of a statement; nothing is set where nothing is stored. */
export function statementIn(value: string | null | undefined): Statement {
  return typeof value === 'string' ? (JSON.parse(value) as Statement) : nothingSet;
}
