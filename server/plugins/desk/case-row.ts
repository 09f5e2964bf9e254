import type { CaseState } from '../../../protocol/desk.ts';

/** A case as it is kept. Times are milliseconds since 1970. */
export interface CaseRow {
  readonly conversation: string;
  /** Who began the conversation. */
  readonly visitor: string;
  readonly state: CaseState;
  readonly since: number;
  readonly queue: string;
  /** Of one that waits: the smaller one is next. */
  readonly turn?: number;
  readonly topic?: string;
  readonly language?: string;
  /** Of one that is assigned or snoozed. */
  readonly assignee?: string;
  /** Who had it before. */
  readonly former?: string;
  readonly invited?: readonly string[];
  readonly until?: number;
  /** When the visitor said the first word that nobody has answered. */
  readonly asked?: number;
  /** When a colleague has answered last, after such a word. */
  readonly answered?: number;
  /** Since when somebody has it. */
  readonly began?: number;
  /** How long it was with colleagues until it was closed, milliseconds. */
  readonly took?: number;
  /** How often it was closed. */
  readonly rounds: number;
  /** Colleagues who let it wait. */
  readonly passed?: readonly string[];
  /** It was said that nobody is there. */
  readonly told?: true;
  readonly score?: number;
  readonly comment?: string;
}

/** Where a case goes. */
export type Move =
  | { readonly state: 'bot' | 'away' | 'closed' }
  | { readonly state: 'waiting'; readonly turn: number; readonly passed?: readonly string[] }
  | { readonly state: 'assigned'; readonly assignee: string }
  | { readonly state: 'snoozed'; readonly assignee: string; readonly until: number };

/** The same case where it stands from now on; who had it is remembered. */
export function moved(row: CaseRow, now: number, to: Move): CaseRow {
  const { turn: _turn, until: _until, took: before = 0, assignee, began, passed, told, ...rest } = row;
  const holder = 'assignee' in to ? to.assignee : undefined;
  const isSame = to.state === 'assigned' && row.state === 'assigned' && holder === assignee;
  const worked = row.state === 'assigned' && began !== undefined && to.state !== 'assigned' ? now - began : 0;
  // What comes back after it was closed is counted anew.
  const took = (row.state === 'closed' ? 0 : before) + worked;
  const isOver = to.state === 'closed';
  return {
    ...rest,
    ...(assignee !== undefined && assignee !== holder ? { former: assignee } : {}),
    ...(took > 0 ? { took } : {}),
    ...(to.state === 'waiting' && passed !== undefined ? { passed } : {}),
    ...(told !== undefined && (to.state === 'waiting' || to.state === 'away') ? { told } : {}),
    ...(to.state === 'assigned' ? { began: isSame && began !== undefined ? began : now } : {}),
    ...to,
    since: now,
    rounds: row.rounds + Number(isOver),
  };
}

/** Who has it among his cases: nobody has one that is set aside. */
export function holderOf(row: CaseRow | undefined): string | undefined {
  return row?.state === 'assigned' ? row.assignee : undefined;
}

/** What was stored by `JSON.stringify`. */
export function caseIn(value: string): CaseRow {
  return JSON.parse(value) as CaseRow;
}

/** What a colleague has, and whether he takes more. */
export interface Seat {
  /** Conversations that are assigned to him. */
  readonly has: readonly string[];
  readonly away?: true;
}

/** What was stored of a seat; nobody's is empty. */
export function seatIn(value: string | undefined): Seat {
  return value === undefined ? { has: [] } : (JSON.parse(value) as Seat);
}
