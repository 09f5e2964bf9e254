import { type Case, deskLogOf } from '../../../protocol/desk.ts';
import { toJson } from '../../../protocol/frame.ts';
import { append, type Effect, put } from '../../core/effect.ts';
import type { Reads } from '../../core/reads.ts';
import { type CaseRow, caseIn, holderOf, type Seat, seatIn } from './case-row.ts';
import { most } from './floor.ts';

/** Where the desk keeps its rows. */
export const plugin = 'desk';

/** Lists of the logs of cases, by last use: those that are open, and the others. Colleagues hear both. */
export const lists = { open: 'desk', closed: 'desk:closed' } as const;

interface Kept<T> {
  /** As it stands in the store; null where nothing does. */
  readonly text: string | null;
  readonly before: T;
  now: T;
}

export interface BooksOptions {
  readonly read: Reads;
  /** A case as colleagues see it. */
  readonly shown: (row: CaseRow) => Promise<Case>;
}

/**
 * What one decision changes at the desk. A case and the seat of who has it change in one commit, and only where both still
 * stand as they were read: nobody has a case that another has, and nobody has more than was looked at.
 */
export class Books {
  readonly #options: BooksOptions;
  readonly #cases = new Map<string, Kept<CaseRow | undefined>>();
  readonly #seats = new Map<string, Kept<Seat>>();
  readonly #lines = new Map<string, Case['line']>();

  constructor(options: BooksOptions) {
    this.#options = options;
  }

  async case(conversation: string): Promise<CaseRow | undefined> {
    const known = this.#cases.get(conversation);
    if (known !== undefined) return known.now;
    const text = (await this.#options.read.state(plugin, 'case', conversation)) ?? null;
    const row = text === null ? undefined : caseIn(text);
    this.#cases.set(conversation, { text, before: row, now: row });
    return row;
  }

  async seat(user: string): Promise<Seat> {
    const known = this.#seats.get(user);
    if (known !== undefined) return known.now;
    const text = (await this.#options.read.state(plugin, 'seat', user)) ?? null;
    const seat = seatIn(text ?? undefined);
    this.#seats.set(user, { text, before: seat, now: seat });
    return seat;
  }

  /** Replaces a case that was read before. `line` is what was said in it just now. */
  async set(row: CaseRow, line?: Case['line']): Promise<void> {
    const kept = this.#cases.get(row.conversation);
    if (kept === undefined) throw new Error(`The case ${row.conversation} was not read`);
    const [from, to] = [holderOf(kept.now), holderOf(row)];
    kept.now = row;
    if (line !== undefined) this.#lines.set(row.conversation, line);
    if (from === to) return;
    if (from !== undefined) await this.#reseat(from, (has) => has.filter((one) => one !== row.conversation));
    if (to !== undefined)
      await this.#reseat(to, (has) => [...has.filter((one) => one !== row.conversation), row.conversation]);
  }

  /** Whether who has it so may have so many at all: his seat is one row, and is written with each. */
  async hasRoomFor(row: CaseRow): Promise<boolean> {
    const holder = holderOf(row);
    if (holder === undefined) return true;
    const { has } = await this.seat(holder);
    return has.length < most.held || has.includes(row.conversation);
  }

  async setAway(user: string, isAway: boolean): Promise<void> {
    const { has } = await this.seat(user);
    const kept = this.#seats.get(user);
    if (kept !== undefined) kept.now = isAway ? { has, away: true } : { has };
  }

  /** What is stored and told. `aside`: none of it answers the action. */
  async effects({ by, aside }: { readonly by?: string; readonly aside?: true } = {}): Promise<Effect[]> {
    const effects: Effect[] = [];
    for (const [user, { text, before, now }] of this.#seats) {
      if (before !== now) effects.push(this.#put('seat', user, now, text));
    }
    for (const [conversation, { text, before, now }] of this.#cases) {
      if (now === undefined || now === before) continue;
      effects.push(this.#put('case', conversation, now, text));
      const log = deskLogOf(conversation);
      if (before === undefined) {
        effects.push(put({ table: 'conversation', row: { id: log, kind: 'support', public: false } }));
      } else if (!isTold(before, now)) continue;
      const line = this.#lines.get(conversation);
      const body = await this.#options.shown(now);
      const list = now.state === 'closed' ? lists.closed : lists.open;
      const how = { list, ...(by === undefined ? {} : { by }), ...(aside ? { answers: false as const } : {}) };
      effects.push(append(log, 'desk.changed', line === undefined ? { ...body } : { ...body, line }, how));
    }
    return effects;
  }

  async #reseat(user: string, change: (has: readonly string[]) => readonly string[]): Promise<void> {
    const seat = await this.seat(user);
    const kept = this.#seats.get(user);
    if (kept !== undefined) kept.now = { ...seat, has: change(seat.has) };
  }

  #put(scope: string, key: string, row: object, expect: string | null): Effect {
    return put({ table: 'state', row: { plugin, scope, key, value: toJson(row) }, expect });
  }
}

/** Colleagues see the difference. */
function isTold(before: CaseRow, after: CaseRow): boolean {
  const keys = [
    'state',
    'since',
    'queue',
    'topic',
    'language',
    'assignee',
    'until',
    'turn',
    'score',
    'comment',
  ] as const;
  return keys.some((key) => before[key] !== after[key]) || before.invited !== after.invited;
}
