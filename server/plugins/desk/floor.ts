import type { AtDesk } from '../../../protocol/desk.ts';
import { type CaseRow, holderOf, type Seat } from './case-row.ts';
import { type ColleagueOptions, type Desk, type Queue, queueOf } from './options.ts';

/** A colleague as he is known now. */
export interface Colleague {
  readonly user: string;
  readonly name: string;
  readonly options: ColleagueOptions | undefined;
  readonly seat: Seat;
  /** Connections on which he is there. */
  readonly here: Set<string>;
  /** Since when he is not. */
  goneAt: number | undefined;
  /** Grows with each case that he was given. */
  given: number;
}

/** How much of the desk stands in memory, cases that one colleague can have at all, and pages of a hundred that are read. */
export const most = { cases: 50_000, colleagues: 1_000, samples: 200, held: 500, pages: 5_000 } as const;

/**
 * All that is open, and who is there. It follows what is stored and decides nothing: what it says is looked up in the store
 * before it counts.
 */
export class Floor {
  readonly desk: Desk;
  readonly cases = new Map<string, CaseRow>();
  readonly colleagues = new Map<string, Colleague>();
  /** Cases were left out for want of room; they wait until they are read again. */
  leftOut = false;
  /** Called when `leftOut` becomes true. */
  whenFull: () => void = () => undefined;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  /** Cases that nobody at the desk waits for, the oldest first: with a bot, or set aside. */
  readonly #spare = new Set<string>();
  readonly #limit: number;
  readonly #waiting = new Map<string, CaseRow[]>();
  readonly #away = new Map<string, Map<string, CaseRow>>();
  /** How long cases of a queue were with colleagues, milliseconds; the newest last. */
  readonly #took = new Map<string, number[]>();
  #given = 0;

  /** @param limit cases that are held at once */
  constructor(desk: Desk, limit: number = most.cases) {
    this.desk = desk;
    this.#limit = limit;
  }

  /** Everything that was open when the process began is known. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Resolves once it is. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** There is no room for one more that waits. */
  get isFull(): boolean {
    return this.cases.size >= this.#limit && this.#spare.size === 0;
  }

  /** There is room enough to read again what was left out. */
  get hasRoom(): boolean {
    return this.cases.size < this.#limit * 0.9;
  }

  /** From now on everything that was open is known. */
  begin(): void {
    this.#isReady = true;
    this.#ready.resolve();
  }

  /** Takes what is stored of a case. */
  keep(row: CaseRow): void {
    const before = this.cases.get(row.conversation);
    if (before !== undefined) this.#remove(before);
    if (row.state === 'closed') {
      if (before !== undefined && row.took !== undefined) this.sample(row.queue, row.took);
      return;
    }
    if (this.cases.size >= this.#limit && !this.#makesRoom(row)) return;
    this.cases.set(row.conversation, row);
    if (isSpare(row)) this.#spare.add(row.conversation);
    if (row.state === 'waiting') insert(this.#lineOf(row.queue), row);
    if (row.state === 'away') this.#awayIn(row.queue).set(row.conversation, row);
    const holder = this.colleagues.get(holderOf(row) ?? '');
    if (holder !== undefined && holderOf(before) !== holder.user) holder.given = ++this.#given;
  }

  sample(queue: string, took: number): void {
    const id = this.#idOf(queue);
    const samples = this.#took.get(id) ?? [];
    samples.push(took);
    if (samples.length > most.samples) samples.shift();
    this.#took.set(id, samples);
  }

  samplesOf(queue: string): readonly number[] {
    return this.#took.get(this.#idOf(queue)) ?? [];
  }

  /** Those that wait in a queue, the next first. */
  waiting(queue: string): readonly CaseRow[] {
    return this.#waiting.get(this.#idOf(queue)) ?? [];
  }

  /** Those that were left out of hours. */
  away(queue: string): Iterable<CaseRow> {
    return this.#away.get(this.#idOf(queue))?.values() ?? [];
  }

  /** 1 is next; undefined for one that does not wait. */
  placeOf(row: CaseRow): number | undefined {
    if (row.state !== 'waiting') return undefined;
    const line = this.waiting(row.queue);
    const place = placeIn(line, row);
    return place + 1;
  }

  /** The turn of `count` cases that are to come before all others of a queue: the first of them. */
  head(queue: string, now: number, count = 1): number {
    return (this.waiting(queue)[0]?.turn ?? now) - count;
  }

  isHere(user: string): boolean {
    return (this.colleagues.get(user)?.here.size ?? 0) > 0;
  }

  /** Milliseconds since he went; endless where he was not seen since the process began. */
  goneFor(user: string, now: number): number {
    if (this.isHere(user)) return 0;
    return now - (this.colleagues.get(user)?.goneAt ?? Number.NEGATIVE_INFINITY);
  }

  /** Those who may get cases of a queue, busy or not. */
  staff(queue: Queue): Colleague[] {
    return [...this.colleagues.values()].filter((colleague) => isAvailable(colleague) && serves(colleague, queue));
  }

  capacityOf({ options }: Pick<Colleague, 'options'>): number {
    return options?.capacity ?? this.desk.capacity;
  }

  isSupervisor({ options }: Pick<Colleague, 'options'>): boolean {
    const isOpenToAll = [...this.desk.colleagues.values()].every(({ supervisor }) => supervisor !== true);
    return isOpenToAll || options?.supervisor === true;
  }

  atDesk(colleague: Colleague): AtDesk {
    const { user, name, seat, options } = colleague;
    return {
      ...{ user, name, available: isAvailable(colleague), load: seat.has.length },
      capacity: this.capacityOf(colleague),
      ...(options?.queues === undefined ? {} : { queues: options.queues }),
      supervisor: this.isSupervisor(colleague),
    };
  }

  #lineOf(queue: string): CaseRow[] {
    const id = this.#idOf(queue);
    const line = this.#waiting.get(id) ?? [];
    this.#waiting.set(id, line);
    return line;
  }

  #awayIn(queue: string): Map<string, CaseRow> {
    const id = this.#idOf(queue);
    const rows = this.#away.get(id) ?? new Map<string, CaseRow>();
    this.#away.set(id, rows);
    return rows;
  }

  /** The declared queue in which a case stands. */
  #idOf(queue: string): string {
    return queueOf(this.desk, queue).id;
  }

  /** Who waits for people goes before who does not; returns whether there is room for this one now. */
  #makesRoom(row: CaseRow): boolean {
    const [oldest = ''] = isSpare(row) ? [] : this.#spare;
    const other = this.cases.get(oldest);
    if (other !== undefined) this.#remove(other);
    if (!this.leftOut) {
      this.leftOut = true;
      this.whenFull();
    }
    return other !== undefined;
  }

  #remove(row: CaseRow): void {
    this.cases.delete(row.conversation);
    this.#spare.delete(row.conversation);
    if (row.state === 'away') this.#awayIn(row.queue).delete(row.conversation);
    if (row.state !== 'waiting') return;
    const line = this.#lineOf(row.queue);
    const place = placeIn(line, row);
    if (line[place]?.conversation === row.conversation) line.splice(place, 1);
  }
}

function isSpare({ state }: CaseRow): boolean {
  return state === 'bot' || state === 'snoozed';
}

/** He is there and takes cases. */
export function isAvailable({ here, seat }: Colleague): boolean {
  return here.size > 0 && seat.away === undefined;
}

/** He may have cases of this queue. */
export function serves({ options }: Pick<Colleague, 'options'>, { id, skills = [] }: Queue): boolean {
  return (options?.queues?.includes(id) ?? true) && skills.every((skill) => options?.skills?.includes(skill) === true);
}

/** Which of two that wait comes first: negative where it is `one`. */
export function byTurn(one: CaseRow, other: CaseRow): number {
  const turns = (one.turn ?? 0) - (other.turn ?? 0);
  return turns !== 0
    ? turns
    : one.conversation < other.conversation
      ? -1
      : Number(one.conversation > other.conversation);
}

/** Where it stands, or would stand. */
function placeIn(line: readonly CaseRow[], row: CaseRow): number {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = line[middle];
    if (other !== undefined && byTurn(other, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(line: CaseRow[], row: CaseRow): void {
  line.splice(placeIn(line, row), 0, row);
}
