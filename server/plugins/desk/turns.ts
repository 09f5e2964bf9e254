import { deskLogOf } from '../../../protocol/desk.ts';
import { type Effect, refuse, schedule } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { Context, Effects } from '../../core/rule.ts';
import { type Due, dueAt, isAnotherFree } from './assignment.ts';
import { type CaseRow, moved } from './case-row.ts';
import { closed, goodbye } from './deciding.ts';
import type { Floor } from './floor.ts';
import { booksOf, grace, withWords } from './hearing.ts';
import { queueOf } from './options.ts';
import { rosterOf } from './seating.ts';
import { landing, landingAhead, reminders, silenceOf } from './steps.ts';

/** Cases of one commit that somebody leaves behind. */
const batch = 20;

/** How long until what cannot be looked at yet is looked at, milliseconds. */
const soon = 500;

/**
 * What the desk does by itself, each time as an action of its own that only the friend sends: what was due in memory is
 * decided on again by what is stored.
 */
export function takeTurns(host: PluginHost, floor: Floor): void {
  const onTurn = <B>(type: string, decide: (context: Context, body: B) => Promise<Effects>): void =>
    host.on(type, (context) =>
      floor.isReady ? decide(context, context.action.body as B) : [refuse('busy', { retryAfter: soon })],
    );

  onTurn('desk.turn', async ({ read, now }) => {
    const books = booksOf(read, floor);
    const { due, effects: more } = await dueByStore(floor, read, now);
    for (const { row: known, to } of due) {
      const row = await books.case(known.conversation);
      if (row === undefined || row.state !== known.state) {
        // What is in memory is older than the store: it learns.
        if (row !== undefined) floor.keep(row);
        continue;
      }
      const next = to === undefined ? takenUp(floor, row, now) : await given(floor, books, row, to, now);
      if (next === undefined) continue;
      const { spoken, row: after } = await withWords(floor, read, next, now);
      await books.set(after);
      more.push(...spoken, ...reminders(floor.desk, row, after, now));
    }
    return [...more, ...(await books.effects({ by: 'friend', aside: true }))];
  });

  /** Somebody has been gone for a while: what he has not answered goes to others. */
  onTurn<{ user: string }>('desk.gone', async ({ read, now }, { user }) => {
    // He was back meanwhile: this time is not over yet, and has an end of its own.
    if (floor.goneFor(user, now) < grace) return [];
    const books = booksOf(read, floor);
    const rows = await Promise.all((await books.seat(user)).has.map((conversation) => books.case(conversation)));
    const waiting = rows.filter((row) => row?.asked !== undefined) as CaseRow[];
    const first = waiting.sort((one, other) => (one.asked ?? 0) - (other.asked ?? 0)).slice(0, batch);
    const more: Effect[] = [];
    for (const [index, row] of first.entries()) {
      const next = moved(row, now, landingAhead(floor, row.queue, now, first.length - index));
      const { spoken, row: after } = await withWords(floor, read, next, now);
      await books.set(after);
      more.push(...spoken, ...reminders(floor.desk, row, after, now));
    }
    if (waiting.length > first.length) {
      const rest = { id: `desk.gone:${user}:${now}:rest`, dueAt: now + 1, user };
      more.push(schedule({ ...rest, action: { type: 'desk.gone', body: { user } } }));
    }
    return [...more, ...(await books.effects({ by: 'friend', aside: true }))];
  });

  /** A question was not answered for long: somebody else who is free may do it. */
  onTurn<{ conversation: string; assignee: string; asked: number }>('desk.overdue', async ({ read, now }, of) => {
    const books = booksOf(read, floor);
    const row = await books.case(of.conversation);
    if (row?.state !== 'assigned' || row.assignee !== of.assignee || row.asked !== of.asked) return [];
    if (!isAnotherFree(floor, row)) {
      const again = { id: `desk.overdue:${of.conversation}:${now}`, dueAt: now + floor.desk.answer, user: row.visitor };
      return [schedule({ ...again, action: { type: 'desk.overdue', body: of } })];
    }
    const turn = floor.head(row.queue, now);
    const passed = [...(row.passed ?? []), of.assignee];
    const next = moved(row, now, { state: 'waiting', turn, passed });
    await books.set(next);
    return books.effects({ by: 'friend', aside: true });
  });

  /** What was set aside comes back; where the visitor has long been silent, it is over. */
  onTurn<{ conversation: string; until: number }>('desk.wake', async ({ read, now }, of) => {
    const books = booksOf(read, floor);
    const row = await books.case(of.conversation);
    if (row?.state !== 'snoozed' || row.until !== of.until) return [];
    const { snoozed } = floor.desk;
    const isOver = snoozed !== undefined && row.asked === undefined && now - (row.answered ?? row.since) >= snoozed;
    const { assignee = '' } = row;
    const held = moved(row, now, { state: 'assigned', assignee });
    const back =
      floor.isHere(assignee) && (await books.hasRoomFor(held))
        ? held
        : moved(row, now, landingAhead(floor, row.queue, now));
    const next = isOver ? closed(row, now) : back;
    await books.set(next);
    const words = isOver ? await goodbye(floor, { read, now }, row) : [];
    return [
      ...words,
      ...reminders(floor.desk, row, next, now),
      ...(await books.effects({ by: 'friend', aside: true })),
    ];
  });

  /** Nobody has said anything for long: it is over, without a word. */
  onTurn<{ conversation: string; round: number }>('desk.silent', async ({ read, now }, of) => {
    const books = booksOf(read, floor);
    const row = await books.case(of.conversation);
    if (row === undefined || row.state === 'closed' || row.rounds !== of.round) return [];
    const silence = silenceOf(floor.desk, row);
    if (silence === undefined) return [];
    const logs = await Promise.all([read.log(of.conversation), read.log(deskLogOf(of.conversation))]);
    const dueAt = Math.max(row.since, row.until ?? 0, ...logs.map((log) => log?.at ?? 0)) + silence;
    if (dueAt > now) {
      const id = `desk.silent:${of.conversation}:${of.round}:${now}`;
      return [schedule({ id, dueAt, action: { type: 'desk.silent', body: of }, user: row.visitor })];
    }
    await books.set(closed(row, now));
    return books.effects({ by: 'friend', aside: true });
  });

  /** An answer was the last word for long. */
  onTurn<{ conversation: string; answered: number }>('desk.quiet', async ({ read, now }, of) => {
    const books = booksOf(read, floor);
    const row = await books.case(of.conversation);
    if (row?.state !== 'assigned' || row.answered !== of.answered || row.asked !== undefined) return [];
    await books.set(closed(row, now));
    return [...(await goodbye(floor, { read, now }, row)), ...(await books.effects({ by: 'friend', aside: true }))];
  });
}

/** What is due, given to nobody whom the store does not know as a colleague any more: he has no seat from now on. */
async function dueByStore(
  floor: Floor,
  read: Reads,
  now: number,
): Promise<{ readonly due: readonly Due[]; readonly effects: Effect[] }> {
  const effects: Effect[] = [];
  for (;;) {
    const due = dueAt(floor, now);
    const users = [...new Set(due.flatMap(({ to }) => to ?? []))];
    const kinds = await Promise.all(users.map(async (user) => (await read.user(user))?.kind));
    const dismissed = users.filter((_, index) => kinds[index] !== 'colleague');
    if (dismissed.length === 0) return { due, effects: effects.slice(-1) };
    for (const user of dismissed) floor.colleagues.delete(user);
    effects.push(rosterOf(floor));
  }
}

/** It waits from now on, as long as it has been there: what was left first is next. */
function takenUp(floor: Floor, row: CaseRow, now: number): CaseRow | undefined {
  const next = moved(row, now, landing(floor.desk, row.queue, now, row.since));
  return next.state === 'waiting' ? next : undefined;
}

/** He has it, where he has still room for it. */
async function given(
  floor: Floor,
  books: ReturnType<typeof booksOf>,
  row: CaseRow,
  to: string,
  now: number,
): Promise<CaseRow | undefined> {
  const colleague = floor.colleagues.get(to);
  const seat = await books.seat(to);
  if (colleague === undefined || seat.away !== undefined || seat.has.length >= floor.capacityOf(colleague))
    return undefined;
  if (queueOf(floor.desk, row.queue).assignment === 'pull') return undefined;
  return moved(row, now, { state: 'assigned', assignee: to });
}
