import type { CaseRow } from './case-row.ts';
import { byTurn, type Colleague, type Floor, isAvailable, serves } from './floor.ts';
import { type Queue, queueOf } from './options.ts';

/** One step that is due at the desk: a case goes to somebody, or what was left out of hours is taken up. */
export type Due = { readonly row: CaseRow; readonly to: string } | { readonly row: CaseRow; readonly to?: undefined };

/** Steps of one commit. */
const batch = 20;

/** Whether a queue is answered now. */
export function isOpen({ hours }: Pick<Queue, 'hours'>, now: number): boolean {
  return hours?.isOpen(now) ?? true;
}

/**
 * What is due now, the oldest first: away cases of queues that have opened, and those that wait and for whom somebody is
 * free. Nobody gets more than he may have.
 */
export function dueAt(floor: Floor, now: number): Due[] {
  const opened: Due[] = [];
  for (const queue of floor.desk.queues.values()) {
    if (!isOpen(queue, now)) continue;
    for (const row of floor.away(queue.id)) {
      if (opened.length >= batch) return opened;
      opened.push({ row });
    }
  }
  return [...opened, ...assignments(floor, batch - opened.length)];
}

function assignments(floor: Floor, limit: number): Due[] {
  const load = new Map<string, number>();
  const loadOf = (colleague: Colleague): number => load.get(colleague.user) ?? colleague.seat.has.length;
  const isFree = (colleague: Colleague): boolean => loadOf(colleague) < floor.capacityOf(colleague);
  const given = new Map<string, number>();
  const lines = [...floor.desk.queues.values()]
    .filter(({ assignment }) => assignment !== 'pull')
    .map((queue) => ({ queue, rows: floor.waiting(queue.id), next: 0 }));
  const due: Due[] = [];
  while (due.length < limit) {
    const staffed = lines.flatMap((line) => {
      const row = line.rows[line.next];
      const free = row === undefined ? [] : floor.staff(line.queue).filter(isFree);
      return row === undefined || free.length === 0 ? [] : [{ line, row, free }];
    });
    const [first] = staffed.sort((one, other) => byTurn(one.row, other.row));
    if (first === undefined) return due;
    const { line, row, free } = first;
    line.next += 1;
    const to = chosen(line.queue, row, free, {
      share: (colleague) => loadOf(colleague) / floor.capacityOf(colleague),
      given: (colleague) => given.get(colleague.user) ?? colleague.given,
    });
    load.set(to.user, loadOf(to) + 1);
    given.set(to.user, Number.MAX_SAFE_INTEGER - limit + due.length);
    due.push({ row, to: to.user });
  }
  return due;
}

interface Measures {
  /** How much of what he may have he has, 0 to 1. */
  share(colleague: Colleague): number;
  given(colleague: Colleague): number;
}

/** One of those who are free: who had it before where the queue is sticky, never who let it wait if another can. */
function chosen(queue: Queue, row: CaseRow, free: readonly Colleague[], measures: Measures): Colleague {
  const former = queue.sticky === true ? free.find(({ user }) => user === row.former) : undefined;
  if (former !== undefined && row.passed?.includes(former.user) !== true) return former;
  const fresh = free.filter(({ user }) => row.passed?.includes(user) !== true);
  const order = (one: Colleague, other: Colleague): number => {
    const shares = queue.assignment === 'round-robin' ? 0 : measures.share(one) - measures.share(other);
    return shares !== 0 ? shares : measures.given(one) - measures.given(other);
  };
  const [best] = (fresh.length > 0 ? [...fresh] : [...free]).sort(order);
  if (best === undefined) throw new Error('Nobody is free');
  return best;
}

/** Whether somebody else could take a case from who has it. */
export function isAnotherFree(floor: Floor, { queue: id, assignee, passed = [] }: CaseRow): boolean {
  const queue = queueOf(floor.desk, id);
  return [...floor.colleagues.values()].some(
    (colleague) =>
      colleague.user !== assignee &&
      !passed.includes(colleague.user) &&
      isAvailable(colleague) &&
      serves(colleague, queue) &&
      colleague.seat.has.length < floor.capacityOf(colleague),
  );
}
