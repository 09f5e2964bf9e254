import { dueAt } from './assignment.ts';
import { type CaseRow, moved } from './case-row.ts';
import { Forecast } from './estimate.ts';
import { Floor } from './floor.ts';
import { type DeskOptions, declareDesk } from './options.ts';

/** A day at a desk, simulated. Times are milliseconds. */
export interface Day {
  readonly desk: DeskOptions;
  readonly colleagues: number;
  /** People who come in each hour of the day. */
  readonly arrivals: readonly number[];
  /** How long a case takes: the median, and the spread of its logarithm. */
  readonly handling: { readonly median: number; readonly spread: number };
  readonly seed: number;
}

/** What one visitor was told, and how long he then waited. */
export interface Told {
  readonly estimate: number | undefined;
  readonly waited: number;
}

const hour = 3_600_000;

/**
 * Lets a day pass: people come at random, colleagues get cases as the desk gives them and close each after a random time.
 * Returns what each of those who had to wait was told at first.
 */
export function simulated({ desk, colleagues, arrivals, handling, seed }: Day): Told[] {
  const floor = new Floor(declareDesk(desk));
  floor.begin();
  const chance = seeded(seed);
  const users = Array.from({ length: colleagues }, (_, index) => `u_${index}`);
  for (const user of users) {
    const plain = { user, name: user, options: undefined, goneAt: undefined, given: 0 };
    floor.colleagues.set(user, { ...plain, seat: { has: [] }, here: new Set([user]) });
  }
  const queues = [...floor.desk.queues.keys()];
  const events = arrivals.flatMap((count, index) =>
    Array.from({ length: poisson(count, chance) }, () => ({ at: Math.floor((index + chance()) * hour), ends: '' })),
  );
  events.sort((one, other) => one.at - other.at);
  const told = new Map<string, { estimate: number | undefined; at: number }>();
  const results: Told[] = [];

  const give = (now: number): void => {
    for (let due = dueAt(floor, now); due.length > 0; due = dueAt(floor, now)) {
      for (const { row, to = '' } of due) {
        floor.keep(moved(row, now, { state: 'assigned', assignee: to }));
        const colleague = floor.colleagues.get(to);
        if (colleague !== undefined) {
          floor.colleagues.set(to, { ...colleague, seat: { has: [...colleague.seat.has, row.conversation] } });
        }
        const took = handling.median * Math.exp(handling.spread * normal(chance));
        later(events, { at: now + Math.round(took), ends: row.conversation });
        const first = told.get(row.conversation);
        if (first !== undefined) results.push({ estimate: first.estimate, waited: now - first.at });
      }
    }
  };

  for (let count = 0; ; count += 1) {
    const event = events.shift();
    if (event === undefined) return results;
    const { at: now, ends } = event;
    if (ends === '') {
      const conversation = `c_support_${String(count).padStart(6, '0')}`;
      const queue = queues[Math.floor(chance() * queues.length)] ?? '';
      const row: CaseRow = { conversation, visitor: '', queue, state: 'waiting', since: now, turn: now, rounds: 0 };
      floor.keep(row);
      give(now);
      if (floor.cases.get(conversation)?.state !== 'waiting') continue;
      told.set(conversation, { estimate: new Forecast(floor, now).of(row), at: now });
      continue;
    }
    const row = floor.cases.get(ends);
    const colleague = floor.colleagues.get(row?.assignee ?? '');
    if (row === undefined || colleague === undefined) throw new Error('A case is lost');
    const has = colleague.seat.has.filter((one) => one !== ends);
    floor.colleagues.set(colleague.user, { ...colleague, seat: { has } });
    floor.keep(moved(row, now, { state: 'closed' }));
    give(now);
  }
}

/** The share of people who waited no more than twice, and no less than half, of what they were told; a minute is nothing. */
export function shareWithinTwo(told: readonly Told[]): number {
  const known = told.filter(({ estimate }) => estimate !== undefined);
  const fits = ({ estimate = 0, waited }: Told): boolean => {
    const [said, was] = [Math.max(estimate, 60_000), Math.max(waited, 60_000)];
    return was <= said * 2 && said <= was * 2;
  };
  return known.filter(fits).length / known.length;
}

function later(events: { at: number; ends: string }[], event: { at: number; ends: string }): void {
  const place = events.findIndex(({ at }) => at > event.at);
  events.splice(place === -1 ? events.length : place, 0, event);
}

/** Numbers from 0 to 1, the same for a seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

function poisson(mean: number, chance: () => number): number {
  const gap = (): number => -Math.log(1 - chance());
  let count = 0;
  for (let sum = gap(); sum < mean; sum += gap()) count += 1;
  return count;
}
