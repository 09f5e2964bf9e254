import type { CaseRow } from './case-row.ts';
import { byTurn, type Colleague, type Floor, serves } from './floor.ts';
import { type Queue, queueOf } from './options.ts';

/** What the desk is busy with. All are milliseconds. */
export interface Work {
  /** For each case that somebody has, since when. */
  readonly elapsed: readonly number[];
  /** Places that nobody fills. */
  readonly free: number;
  /** How long cases took, not in order. */
  readonly samples: readonly number[];
}

/** Samples before anything is said, runs of a forecast, and places and cases that one looks at. */
const bounds = { samples: 5, runs: 21, places: 50, slots: 200 } as const;

/**
 * How long each place waits, the first at index 0: the median of what happens where every case takes as long as one of
 * those before it. Beyond 50 places the last of them goes on at the same pace. Undefined where too little is known.
 */
export function waits({ elapsed, free, samples }: Work): ((place: number) => number) | undefined {
  if (samples.length < bounds.samples || elapsed.length + free === 0) return undefined;
  const sorted = [...samples].sort((one, other) => one - other);
  const chance = sequence();
  const runs = Array.from({ length: bounds.runs }, () => oneRun(elapsed, free, sorted, chance));
  const medians = Array.from({ length: bounds.places }, (_, place) => {
    const ordered = runs.map((run) => run[place] ?? 0).sort((one, other) => one - other);
    return ordered[ordered.length >> 1] ?? 0;
  });
  const [half = 0, last = 0] = [medians[bounds.places >> 1], medians[bounds.places - 1]];
  const pace = (last - half) / (bounds.places / 2 - 1);
  return (place) => medians[place - 1] ?? last + pace * (place - bounds.places);
}

/** When each of the next places gets its turn. */
function oneRun(elapsed: readonly number[], free: number, sorted: readonly number[], chance: () => number): number[] {
  const ends = [
    ...Array.from({ length: Math.min(free, bounds.slots) }, () => 0),
    ...elapsed.slice(0, bounds.slots).map((since) => remaining(since, sorted, chance)),
  ].sort((one, other) => one - other);
  return Array.from({ length: bounds.places }, () => {
    const at = ends.shift() ?? 0;
    const end = at + (sorted[Math.floor(chance() * sorted.length)] ?? 0);
    const place = ends.findIndex((other) => other > end);
    ends.splice(place === -1 ? ends.length : place, 0, end);
    return at;
  });
}

/** What is left of one that has taken so long: as of those that took longer, else a quarter of that again. */
function remaining(since: number, sorted: readonly number[], chance: () => number): number {
  const longer = countUpTo(sorted, since);
  if (longer === sorted.length) return since / 4;
  const picked = sorted[longer + Math.floor(chance() * (sorted.length - longer))] ?? since;
  return picked - since;
}

/** How many of these are not greater than `limit`. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers from 0 to 1 that are the same each time: a forecast is to be reproduced. */
function sequence(): () => number {
  let state = 0x2545_f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** How long a forecast is good for, milliseconds. */
const freshFor = 1_000;

const newest = new WeakMap<Floor, Forecast>();

/** The forecast of this moment, or one made within the second before it. */
export function forecastAt(floor: Floor, now: number): Forecast {
  const known = newest.get(floor);
  if (known !== undefined && now - known.at < freshFor && now >= known.at) return known;
  const made = new Forecast(floor, now);
  newest.set(floor, made);
  return made;
}

/** Forecasts of one moment, each queue's made once. */
export class Forecast {
  readonly #floor: Floor;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly #queues = new Map<string, ((place: number) => number) | undefined>();

  constructor(floor: Floor, now: number) {
    this.#floor = floor;
    this.at = now;
  }

  /** Milliseconds that a case will still wait; undefined where nobody can say. */
  of(row: CaseRow): number | undefined {
    const queue = queueOf(this.#floor.desk, row.queue);
    const place = this.#floor.placeOf(row);
    if (place === undefined) return undefined;
    if (!this.#queues.has(queue.id)) this.#queues.set(queue.id, this.#made(queue));
    return this.#queues.get(queue.id)?.(place + this.#aheadElsewhere(queue, row));
  }

  /** Cases of other queues that the same colleagues get before. */
  #aheadElsewhere(queue: Queue, row: CaseRow): number {
    const { desk } = this.#floor;
    if (desk.queues.size === 1) return 0;
    const staff = this.#floor.staff(queue);
    let ahead = 0;
    for (const other of desk.queues.values()) {
      if (other.id === queue.id || !staff.some((colleague) => serves(colleague, other))) continue;
      ahead += countBefore(this.#floor.waiting(other.id), row);
    }
    return ahead;
  }

  #made(queue: Queue): ((place: number) => number) | undefined {
    const staff = this.#floor.staff(queue);
    const held = staff.flatMap((colleague) => this.#held(colleague));
    const room = staff.reduce((sum, one) => sum + Math.max(0, this.#floor.capacityOf(one) - one.seat.has.length), 0);
    // Where colleagues take by themselves, room that is not used is no promise.
    const free = queue.assignment === 'pull' ? 0 : room;
    return waits({ elapsed: held, free, samples: this.#floor.samplesOf(queue.id) });
  }

  #held({ seat }: Colleague): number[] {
    return seat.has.flatMap((conversation) => {
      const row = this.#floor.cases.get(conversation);
      return row?.began === undefined ? [] : this.at - row.began + (row.took ?? 0);
    });
  }
}

function countBefore(line: readonly CaseRow[], row: CaseRow): number {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = line[middle];
    if (other !== undefined && byTurn(other, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
