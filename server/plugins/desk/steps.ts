import { type Effect, schedule } from '../../core/effect.ts';
import { isOpen } from './assignment.ts';
import type { CaseRow, Move } from './case-row.ts';
import type { Floor } from './floor.ts';
import { type Desk, queueOf } from './options.ts';

/** Where a case goes that nobody has: into its queue, or out of hours among those that were left. */
export function landing(desk: Desk, queue: string, now: number, turn = now): Move {
  return isOpen(queueOf(desk, queue), now) ? { state: 'waiting', turn } : { state: 'away' };
}

/** The same, before all others of its queue. */
export function landingAhead(floor: Floor, queue: string, now: number, count = 1): Move {
  return landing(floor.desk, queue, now, floor.head(queue, now, count));
}

/** The case with the visitor's word unanswered since `now`, where none was before. */
export function askedAt(row: CaseRow, now: number): CaseRow {
  return row.asked === undefined ? { ...row, asked: now } : row;
}

/** The case with nothing unanswered. */
export function answeredAt(row: CaseRow, now: number): CaseRow {
  if (row.asked === undefined && row.answered !== undefined) return row;
  const { asked: _asked, ...rest } = row;
  return { ...rest, answered: now };
}

/** After how long a silence a case is closed, milliseconds; undefined where it never is. */
export function silenceOf({ quiet, silence }: Desk, { state }: Pick<CaseRow, 'state'>): number | undefined {
  const spans = [silence, state === 'bot' ? quiet : undefined].filter((span) => span !== undefined);
  return spans.length === 0 ? undefined : Math.min(...spans);
}

/**
 * What the friend looks at by itself later, because of how the case stands now: whether it was answered, whether the
 * visitor went on, whether its queue has opened.
 */
export function reminders(desk: Desk, before: CaseRow | undefined, row: CaseRow, now: number): Effect[] {
  const { conversation, visitor: user, queue: id, state } = row;
  const queue = queueOf(desk, id);
  const effects: Effect[] = [];
  const remind = (type: string, key: string | number, at: number, body: object): void => {
    const of = { id: `${type}:${conversation}:${key}`, dueAt: at, action: { type, body }, user };
    effects.push(schedule(of));
  };
  const silence = silenceOf(desk, row);
  if (silence !== undefined && state !== 'closed' && (before === undefined || before.state === 'closed')) {
    remind('desk.silent', row.rounds, now + silence, { conversation, round: row.rounds });
  }
  const isNew = before?.assignee !== row.assignee || before?.state !== state;
  const waits = state === 'assigned' && row.asked !== undefined && (isNew || before?.asked !== row.asked);
  if (waits && desk.answer > 0 && queue.assignment !== 'pull') {
    const { assignee } = row;
    remind('desk.overdue', now, now + desk.answer, { conversation, assignee, asked: row.asked });
  }
  if (
    desk.quiet !== undefined &&
    state === 'assigned' &&
    row.answered !== before?.answered &&
    row.asked === undefined
  ) {
    remind('desk.quiet', now, now + desk.quiet, { conversation, answered: row.answered });
  }
  if (state === 'snoozed' && row.until !== undefined && (isNew || before?.until !== row.until)) {
    remind('desk.wake', `${now}:${row.until}`, row.until, { conversation, until: row.until });
  }
  const opens = state === 'away' && before?.state !== 'away' ? queue.hours?.nextChange(now) : undefined;
  if (opens !== undefined) {
    effects.push(
      schedule({ id: `desk.turn:${id}:${opens}`, dueAt: opens, action: { type: 'desk.turn', body: {} }, user }),
    );
  }
  return effects;
}
