import type { AtDesk, Case, DeskFacts } from '../../../protocol/desk.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import type { Line } from '../line.ts';

/** 2026-11-22 21:00 UTC, a Sunday. */
export const sunday = Date.parse('2026-11-22T21:00:00Z');

const kim: AtDesk = {
  user: 'u_kim',
  name: 'Kim',
  available: true,
  load: 1,
  capacity: 3,
  queues: [],
  supervisor: false,
};

/** A desk with Kim, Lea and Leo, two queues and one canned answer. */
export const shownDesk: DeskFacts['desk.shown'] = {
  me: kim,
  colleagues: [kim, { ...kim, user: 'u_lea', name: 'Lea Lang' }, { ...kim, user: 'u_leo', name: 'Leo' }],
  queues: [
    { id: 'sales', name: 'Sales', waiting: 1 },
    { id: 'help-de', name: 'Hilfe', waiting: 0 },
  ],
  canned: [{ id: 'hours', title: 'When we are open', text: 'From nine to five.' }],
  hours: { open: true },
};

/** A case of Vera's that has waited for five minutes. */
export function caseOf(more: Partial<Case> = {}): Case {
  return {
    conversation: 'c_support_vera',
    visitor: { user: 'u_vera', name: 'Vera', verified: false },
    state: 'waiting',
    since: sunday - 300_000,
    queue: 'sales',
    ...more,
  };
}

/** What is known of her. */
export function cardWith(one: Case, more: Partial<DeskFacts['desk.case']> = {}): DeskFacts['desk.case'] {
  return { case: one, notes: [], before: 0, ...more };
}

/** A line whose desk answers by a table, by what is asked; what it does not name is done. `asked`: what was, in order. */
export class DeskLine implements Pick<Line, 'insist' | 'ask'> {
  readonly asked: (readonly [type: string, body: unknown, id?: string])[] = [];
  readonly #answers: { [T in keyof DeskFacts]?: DeskFacts[T] };
  readonly #refused: ErrorCode | undefined;

  /** @param refused why nothing is done that is wished */
  constructor(answers: { [T in keyof DeskFacts]?: DeskFacts[T] } = {}, refused?: ErrorCode) {
    this.#answers = { 'desk.shown': shownDesk, ...answers };
    this.#refused = refused;
  }

  /** What was wished, without what was looked at. */
  get wished(): DeskLine['asked'] {
    return this.asked.filter(([type]) => !['desk.show', 'desk.list', 'desk.open'].includes(type));
  }

  ask(type: string, body: unknown): ReturnType<Line['ask']> {
    return this.insist(type, body);
  }

  insist(type: string, body: unknown, id?: string): ReturnType<Line['insist']> {
    this.asked.push(id === undefined ? [type, body] : [type, body, id]);
    const answers = { 'desk.show': 'desk.shown', 'desk.list': 'desk.listed', 'desk.open': 'desk.case' } as const;
    const name = Object.hasOwn(answers, type) ? answers[type as keyof typeof answers] : undefined;
    const known = name === undefined ? {} : this.#answers[name];
    const code = name === undefined ? this.#refused : known === undefined ? 'not_found' : undefined;
    const fact =
      code === undefined ? { type: name ?? 'ack', at: 0, body: known } : { type: 'error', at: 0, body: { code } };
    return Promise.resolve({ fact, page: [] });
  }
}
