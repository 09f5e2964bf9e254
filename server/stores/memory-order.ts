import type { LoginRow, LogRow, ScheduleRow } from '../core/rows.ts';
import type { LoginPlace } from '../core/store.ts';

/** When a log was used last. */
export type Use = Pick<LogRow, 'at' | 'id'>;

/** Whether `a` was used before `b`; logs of the same time stand by their ids. */
export function isOlder(a: Use, b: Use): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** How many of `rows`, the oldest first, are older than `use`: its place among them. */
export function olderThan(rows: readonly Use[], use: Use): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row && isOlder(row, use)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The earliest first. */
export function byDueTime(a: ScheduleRow, b: ScheduleRow): number {
  return a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1);
}

/** The ways in of a user that are not revoked, by kind and subject; those after `after`. */
export function loginsOf(logins: Iterable<LoginRow>, user: string, after?: LoginPlace): readonly LoginRow[] {
  const own = [...logins].filter((login) => login.user === user && login.revokedAt === undefined);
  return own.filter((login) => after === undefined || isBefore(after, login)).sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

function isBefore(a: LoginPlace, b: LoginPlace): boolean {
  return a.kind < b.kind || (a.kind === b.kind && a.subject < b.subject);
}
