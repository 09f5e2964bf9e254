import type { Canned, Case, DeskFacts } from '../../../protocol/desk.ts';
import { deskLogOf } from '../../../protocol/desk.ts';
import { toJson } from '../../../protocol/frame.ts';
import { limits, utf8Length } from '../../../protocol/limits.ts';
import { answer, put, refuse } from '../../core/effect.ts';
import { isNative } from '../../core/gateway.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { StoredFact, UserRow } from '../../core/rows.ts';
import type { Effects } from '../../core/rule.ts';
import { askerOf } from '../../core/support-case.ts';
import { isOpen } from './assignment.ts';
import { lists, plugin } from './books.ts';
import { type CaseRow, caseIn } from './case-row.ts';
import { type Asking, forColleagues } from './deciding.ts';
import { forecastAt } from './estimate.ts';
import { byTurn, type Floor } from './floor.ts';
import { mostCanned, queueOf } from './options.ts';
import { peopleWithin } from './people.ts';
import { seated } from './seating.ts';
import { shownCase } from './shown.ts';

/** The newest facts of a case's own log among which notes are looked for, and notes and bytes of them that are shown. */
const notes = { looked: 300, shown: 50, bytes: 24_576 } as const;

/** Bytes of what one event says. */
const bytesOfEvent = limits.frameBytes - 8_192;

/** How long a list waits for what is open to be known, and how long until it is asked for again, milliseconds. */
const patience = 5_000;
const soon = 500;

/**
 * What colleagues look at.
 * @param owes is given who was shown the desk before all of it was known, and what shows it to him then
 */
export function lookAtDesk(
  host: PluginHost,
  floor: Floor,
  owes: (jid: string, shown: () => Promise<DeskFacts['desk.shown']>) => void,
): void {
  const deskFor = async ({ jid, read, user }: Asking<'desk.show'>): Promise<DeskFacts['desk.shown']> => {
    const known = floor.colleagues.get(user.id) ?? (await seated(read, floor, user));
    // Who asks is there, also where that was not noticed yet. At an account's connection there may be nobody.
    const me = isNative(jid) ? known : { ...known, here: new Set([...known.here, jid]) };
    const { queues } = floor.desk;
    const rest: Omit<DeskFacts['desk.shown'], 'colleagues'> = {
      me: floor.atDesk(me),
      queues: [...queues.values()].map(({ id, name, assignment }) => ({
        ...{ id, name, waiting: floor.waiting(id).length },
        pull: assignment === 'pull',
      })),
      canned: await cannedOf(read, floor),
      hours: hoursAt(floor, host.clock.now()),
    };
    return { ...rest, colleagues: peopleWithin(floor, bytesOfEvent - utf8Length(toJson(rest))) };
  };

  forColleagues(host, 'desk.show', async (context) => {
    if (!floor.isReady) owes(context.jid, () => deskFor(context));
    const shown = await deskFor(context);
    return [answer('desk.shown', shown), { do: 'hear', topic: lists.open }, { do: 'hear', topic: lists.closed }];
  });

  forColleagues(host, 'desk.list', async (context) => {
    if (!(await isKnown(host, floor))) return [refuse('busy', { retryAfter: soon })];
    return [answer('desk.listed', await listed(floor, context))];
  });

  forColleagues(host, 'desk.open', async ({ action, read, now }) => {
    const { conversation } = action.body;
    const text = await read.state(plugin, 'case', conversation);
    return text === undefined
      ? [refuse('not_found')]
      : [answer('desk.case', await opened(floor, read, caseIn(text), now))];
  });

  forColleagues(host, 'desk.can', async ({ action, read, user }): Promise<Effects> => {
    const me = floor.colleagues.get(user.id);
    if (me === undefined || !floor.isSupervisor(me)) return [refuse('not_found')];
    const { id, title, text } = action.body;
    const stored = await read.state(plugin, '', 'canned');
    const others = (await cannedOf(read, floor)).filter((one) => one.id !== id);
    const all = text === undefined ? others : [...others, { id, title: title ?? id, text }];
    const value = toJson(all);
    if (all.length > mostCanned.count || utf8Length(value) > mostCanned.bytes) {
      return [refuse('too_many', { detail: `${mostCanned.count} canned answers, ${mostCanned.bytes} bytes in all` })];
    }
    return [put({ table: 'state', row: { plugin, scope: '', key: 'canned', value }, expect: stored ?? null })];
  });
}

/** Whether all that is open is known, now or soon. */
async function isKnown({ clock }: PluginHost, floor: Floor): Promise<boolean> {
  if (floor.isReady) return true;
  const over = Promise.withResolvers<void>();
  const cancel = clock.after(patience, over.resolve);
  await Promise.race([floor.ready, over.promise]);
  cancel();
  return floor.isReady;
}

/** Whether the site is open, and until when or from when on that changes. */
export function hoursAt({ desk }: Floor, now: number): { readonly open: boolean; readonly until?: number } {
  const queues = [...desk.queues.values()];
  const open = queues.some((queue) => isOpen(queue, now));
  const changes = queues.flatMap(({ hours }) => hours?.nextChange(now) ?? []);
  return changes.length === 0 ? { open } : { open, until: Math.min(...changes) };
}

/** What supervisors have written, else what the site has declared. */
async function cannedOf(read: Reads, { desk }: Floor): Promise<readonly Canned[]> {
  const stored = await read.state(plugin, '', 'canned');
  return stored === undefined ? desk.canned : (JSON.parse(stored) as Canned[]);
}

async function listed(
  floor: Floor,
  { action, read, user, now }: Asking<'desk.list'>,
): Promise<DeskFacts['desk.listed']> {
  const { view, queue, before, limit = 20 } = action.body;
  const { rows, more } =
    view === 'closed'
      ? await closedPage(read, floor, { queue, before, limit })
      : { rows: openPage(floor, action.body, user, limit), more: undefined };
  const forecast = forecastAt(floor, now);
  const cases: Case[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, limit)) {
    const shown = { ...(await shownCase(read, floor, row, forecast)), ...(await newsOf(read, row, user)) };
    bytes += utf8Length(toJson(shown)) + 1;
    if (bytes > bytesOfEvent && cases.length > 0) break;
    cases.push(shown);
  }
  const last = rows[cases.length - 1];
  const next = cases.length < rows.length && last !== undefined ? placeOf(view, last) : more;
  return next === undefined ? { cases } : { cases, next };
}

/** A place in a list: by turn among those that wait, by time among the others. */
function placeOf(view: string, { turn = 0, since, conversation }: CaseRow): string {
  return `${view === 'waiting' ? turn : since} ${conversation}`;
}

function openPage(
  floor: Floor,
  { view, queue, before }: Asking<'desk.list'>['action']['body'],
  user: UserRow,
  limit: number,
): readonly CaseRow[] {
  const isWaiting = view === 'waiting';
  const fits = (row: CaseRow): boolean => {
    if (!isOf(floor, row, queue)) return false;
    if (view !== 'mine') return row.state === view;
    return row.state === 'assigned' && (row.assignee === user.id || row.invited?.includes(user.id) === true);
  };
  const order = (one: CaseRow, other: CaseRow): number => (isWaiting ? byTurn(one, other) : newest(one, other));
  const cursor = before === undefined ? undefined : cursorOf(before);
  const after = (row: CaseRow): boolean => {
    if (cursor === undefined) return true;
    const { at, conversation } = cursor;
    return order({ ...row, turn: at, since: at, conversation }, row) < 0;
  };
  const rows: CaseRow[] = [];
  for (const row of floor.cases.values()) if (fits(row) && after(row)) rows.push(row);
  return rows.sort(order).slice(0, limit + 1);
}

function newest(one: CaseRow, other: CaseRow): number {
  const times = other.since - one.since;
  return times !== 0
    ? times
    : one.conversation < other.conversation
      ? -1
      : Number(one.conversation > other.conversation);
}

function cursorOf(text: string): { readonly at: number; readonly conversation: string } {
  const [at = '', conversation = ''] = text.split(' ');
  return { at: Number(at) || 0, conversation };
}

function isOf({ desk }: Floor, row: CaseRow, queue: string | undefined): boolean {
  return queue === undefined || queueOf(desk, row.queue).id === queue;
}

/** Pages of closed cases that are looked through for those of one queue, and the length of one. */
const looked = { pages: 10, length: 100 } as const;

/**
 * Closed cases stand in a list of the store's own, by when something was stored of them last. One more than asked for where
 * there are so many; `more` is where to go on where not all were looked at.
 */
async function closedPage(
  read: Reads,
  floor: Floor,
  { queue, before, limit }: { readonly queue: string | undefined; readonly before: string | undefined; limit: number },
): Promise<{ readonly rows: readonly CaseRow[]; readonly more?: string | undefined }> {
  const rows: CaseRow[] = [];
  const length = queue === undefined ? limit + 1 : looked.length;
  let more = before;
  for (let page = 0; page < looked.pages; page += 1) {
    const cursor = more === undefined ? undefined : cursorOf(more);
    const logs = await read.listed(
      lists.closed,
      length,
      cursor && { at: cursor.at, id: deskLogOf(cursor.conversation) },
    );
    for (const log of logs) {
      const conversation = log.id.replace(/^c_desk_/, 'c_support_');
      more = `${log.at} ${conversation}`;
      const text = await read.state(plugin, 'case', conversation);
      // Its place is that of its log: a note may have been added since.
      const row = text === undefined ? undefined : { ...caseIn(text), since: log.at };
      if (row !== undefined && isOf(floor, row, queue)) rows.push(row);
      if (rows.length > limit) return { rows };
    }
    if (logs.length < length) return { rows };
  }
  return { rows, more };
}

/** The last line of a conversation, and how much of it the reader has not read. */
async function newsOf(read: Reads, { conversation }: CaseRow, user: UserRow): Promise<Pick<Case, 'line' | 'unread'>> {
  const newestFacts = await read.page({
    log: conversation,
    before: Number.MAX_SAFE_INTEGER,
    limit: 8,
    reader: user.id,
  });
  const message = newestFacts.findLast(({ type }) => type === 'message.sent');
  const seen = await read.readSeq(conversation, user.id);
  const unread = await read.unread(conversation, seen, user.id, limits.unread);
  if (message === undefined) return { unread };
  const { text = '' } = JSON.parse(message.body) as { text?: string };
  return { unread, line: { by: message.by, text: text.slice(0, 140), at: message.at } };
}

async function opened(floor: Floor, read: Reads, row: CaseRow, now: number): Promise<DeskFacts['desk.case']> {
  const { conversation } = row;
  const log = deskLogOf(conversation);
  const facts = await read.page({ log, before: Number.MAX_SAFE_INTEGER, limit: notes.looked });
  const added = facts.filter(({ type }) => type === 'note.added').slice(-notes.shown);
  const told = JSON.parse((await read.state('page', conversation, 'told')) ?? '{}') as Pick<
    DeskFacts['desk.case'],
    'page' | 'attributes'
  >;
  const asker = await askerOf(read, row.visitor);
  return {
    case: await shownCase(read, floor, row, forecastAt(floor, now)),
    notes: within(added, notes.bytes).map(({ body, by, at, seq }) => ({ ...JSON.parse(body), by, at, seq })),
    ...(told.page === undefined ? {} : { page: told.page }),
    ...(told.attributes === undefined ? {} : { attributes: told.attributes }),
    ...(asker?.attributes === undefined ? {} : { signed: asker.attributes }),
    before: row.rounds,
  };
}

/** The newest of these facts, as many as fit. */
function within(facts: readonly StoredFact[], bytes: number): StoredFact[] {
  let left = bytes;
  const first = facts.findLastIndex(({ body }) => {
    left -= utf8Length(body);
    return left < 0;
  });
  return facts.slice(first + 1);
}
