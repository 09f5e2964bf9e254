import type { Actions } from '../../../protocol/actions.ts';
import { type DeskActions, deskActions, deskLogOf } from '../../../protocol/desk.ts';
import { append, type Effect, refuse } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Context, Effects, MaybePromise } from '../../core/rule.ts';
import type { Books } from './books.ts';
import { type CaseRow, type Move, moved } from './case-row.ts';
import { type Floor, most } from './floor.ts';
import { booksOf } from './hearing.ts';
import { queueOf } from './options.ts';
import { landing, landingAhead, reminders } from './steps.ts';
import { ratingOffer, says, textsFor } from './voice.ts';

/** What a colleague's wish is decided on. */
export type Asking<T extends keyof DeskActions> = Context<DeskActions[T]>;

/** Colleagues asked into one case. */
const mostInvited = 20;

/** How far ahead a case may be set aside, milliseconds. */
const longestSnooze = 400 * 86_400_000;

/** Registers a rule that is only colleagues': to everybody else there is no such thing. */
export function forColleagues<T extends keyof DeskActions & string>(
  host: PluginHost,
  type: T,
  rule: (context: Asking<T>) => MaybePromise<Effects>,
): void {
  host.on(
    type,
    (context) => (context.user.kind === 'colleague' ? rule(context as unknown as Asking<T>) : [refuse('not_found')]),
    { schema: deskActions[type] },
  );
}

interface Deciding {
  readonly books: Books;
  readonly row: CaseRow;
  /** Stores the case as it is from now on, and `more` before it. */
  readonly become: (row: CaseRow, more?: Effects) => Promise<Effects>;
}

/** What colleagues wish of one case. */
export function decideOnCases(host: PluginHost, floor: Floor): void {
  const onCase = <T extends keyof DeskActions & string>(
    type: T,
    decide: (context: Asking<T>, deciding: Deciding) => MaybePromise<Effects>,
  ): void =>
    forColleagues(host, type, async (context) => {
      const { conversation } = context.action.body as Pick<Actions['conversation.open'], 'conversation'>;
      const books = booksOf(context.read, floor);
      const row = await books.case(conversation);
      if (row === undefined) return [refuse('not_found')];
      const become: Deciding['become'] = async (next, more = []) => {
        if (!(await books.hasRoomFor(next))) return [refuse('quota', { detail: `${most.held} cases` })];
        await books.set(next);
        return [...more, ...reminders(floor.desk, row, next, context.now), ...(await books.effects())];
      };
      return decide(context, { books, row, become });
    });
  const isFull = async (books: Books, user: string): Promise<boolean> => {
    const { has } = await books.seat(user);
    const options = floor.colleagues.get(user)?.options;
    return has.length >= floor.capacityOf({ options });
  };

  onCase('desk.take', ({ action, user, now }, { row, become }) => {
    if (row.state === 'assigned' && row.assignee === user.id) return [];
    const { from } = action.body;
    if (row.assignee !== undefined && row.assignee !== user.id && row.assignee !== from) return [refuse('too_late')];
    if (row.assignee === undefined && from !== undefined) return [refuse('too_late')];
    return become(moved(row, now, { state: 'assigned', assignee: user.id }));
  });

  onCase('desk.assign', async ({ action, read, user, now }, { books, row, become }) => {
    const { to } = action.body;
    if ((await read.user(to))?.kind !== 'colleague') return [refuse('not_found', { detail: 'to' })];
    if (row.state === 'assigned' && row.assignee === to) return [];
    const mayOverload =
      floor.isSupervisor({ options: floor.colleagues.get(user.id)?.options }) && floor.desk.colleagues.size > 0;
    if (to !== user.id && !mayOverload && (await isFull(books, to))) return [refuse('quota', { detail: 'cases' })];
    return become(moved(row, now, { state: 'assigned', assignee: to }));
  });

  onCase('desk.move', ({ action, now }, { row, become }) => {
    const { queue } = action.body;
    if (!floor.desk.queues.has(queue))
      return [refuse('kind_unknown', { detail: [...floor.desk.queues.keys()].join(', ') })];
    const isSame = queue === queueOf(floor.desk, row.queue).id;
    if (isSame && (row.state === 'waiting' || row.state === 'away')) return [];
    const to: Move = isSame ? landingAhead(floor, queue, now) : landing(floor.desk, queue, now);
    return become({ ...moved({ ...row, queue }, now, to) });
  });

  onCase('desk.invite', async ({ action, read }, { row, become }) => {
    const { user } = action.body;
    if ((await read.user(user))?.kind !== 'colleague') return [refuse('not_found', { detail: 'user' })];
    const { invited = [] } = row;
    if (invited.includes(user) || row.assignee === user) return [];
    if (invited.length >= mostInvited) return [refuse('too_many', { detail: `${mostInvited} invited` })];
    return become({ ...row, invited: [...invited, user] });
  });

  onCase('desk.note', async ({ action, read }, { row }) => {
    const { conversation, text, mentions = [] } = action.body;
    const named = await Promise.all(mentions.map((id) => read.user(id)));
    if (named.some((one) => one?.kind !== 'colleague')) return [refuse('not_found', { detail: 'mentions' })];
    return [noted(row, { conversation, text, ...(mentions.length === 0 ? {} : { mentions }) })];
  });

  onCase('desk.snooze', ({ action, user, now }, { row, become }) => {
    const { until } = action.body;
    if (until <= now || until > now + longestSnooze) {
      return [refuse('schema', { detail: 'until: expects a time to come, at most 400 days from now' })];
    }
    return become(moved(row, now, { state: 'snoozed', assignee: row.assignee ?? user.id, until }));
  });

  onCase('desk.close', async (context, { row, become }) => {
    if (row.state === 'closed') return [];
    return become(closed(row, context.now), await goodbye(floor, context, row));
  });

  onCase('desk.reopen', ({ user, now }, { row, become }) =>
    row.state === 'closed' ? become(moved(row, now, { state: 'assigned', assignee: user.id })) : [],
  );

  forColleagues(host, 'desk.available', async ({ action, read, user }) => {
    const books = booksOf(read, floor);
    await books.setAway(user.id, !action.body.available);
    return books.effects();
  });
}

/** The case when it is over: nothing waits, and nobody is asked in. */
export function closed(row: CaseRow, now: number): CaseRow {
  const { asked: _asked, invited: _invited, ...rest } = row;
  return moved(rest, now, { state: 'closed' });
}

/** What the visitor is told when it is over; who was with somebody is asked how it was. */
export function goodbye(
  { desk }: Floor,
  { read, now }: Pick<Context, 'read' | 'now'>,
  row: CaseRow,
): Promise<Effect[]> {
  if (!desk.declared) return Promise.resolve([]);
  const texts = textsFor(desk, row.language);
  const asks = desk.rating && row.answered !== undefined && texts.rate !== '';
  const words = [texts.closed, asks ? texts.rate : ''].filter((text) => text !== '').join(' ');
  return says({ desk, read, now }, row.conversation, words, asks ? ratingOffer() : undefined);
}

/** Something that only colleagues see; `by` is who says it where that is not who acts. */
export function noted(
  { conversation }: Pick<CaseRow, 'conversation'>,
  note: { readonly conversation: string; readonly text: string; readonly mentions?: readonly string[] },
  by?: Pick<UserRow, 'id'>,
): Effect {
  return append(deskLogOf(conversation), 'note.added', note, by === undefined ? {} : { by: by.id, answers: false });
}
