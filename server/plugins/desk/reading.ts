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
import { isOpen } from './assignment.ts';
import { lists, plugin } from './books.ts';
import { type CaseRow, caseIn } from './case-row.ts';
import { type Asking, forColleagues } from './deciding.ts';
import { forecastAt } from './estimate.ts';
import { byTurn, type Floor } from './floor.ts';
import { seated } from './seating.ts';
import { askerOf, shownCase } from './shown.ts';

/** Canned answers, and their bytes in all: they are told in one event. */
const mostCanned = { count: 100, bytes: 24_576 } as const;

/** The newest facts of a case's own log among which notes are looked for, and notes and bytes of them that are shown. */
const notes = { looked: 300, shown: 50, bytes: 24_576 } as const;

/** Bytes of one page of cases. */
const bytesOfCases = limits.frameBytes - 8_192;

/** How long until it is known what is open, milliseconds. */
const soon = 500;

/** What colleagues look at. */
export function lookAtDesk(host: PluginHost, floor: Floor): void {
  forColleagues(host, 'desk.show', async ({ jid, read, user, now }) => {
    if (!floor.isReady) return [refuse('busy', { retryAfter: soon })];
    const known = floor.colleagues.get(user.id) ?? (await seated(read, floor, user));
    // Who asks is there, also where that was not noticed yet. At an account's connection there may be nobody.
    const me = isNative(jid) ? known : { ...known, here: new Set([...known.here, jid]) };
    const { queues } = floor.desk;
    const shown: DeskFacts['desk.shown'] = {
      me: floor.atDesk(me),
      colleagues: [...floor.colleagues.values()].slice(0, limits.watched).map((colleague) => floor.atDesk(colleague)),
      queues: [...queues.values()].map(({ id, name, assignment }) => ({
        ...{ id, name, waiting: floor.waiting(id).length },
        pull: assignment === 'pull',
      })),
      canned: await cannedOf(read, floor),
      hours: hoursAt(floor, now),
    };
    return [answer('desk.shown', shown), { do: 'hear', topic: lists.open }, { do: 'hear', topic: lists.closed }];
  });

  forColleagues(host, 'desk.list', async (context) => {
    if (!floor.isReady) return [refuse('busy', { retryAfter: soon })];
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
  const rows =
    view === 'closed' ? await closedPage(read, queue, before, limit) : openPage(floor, action.body, user, limit);
  const forecast = forecastAt(floor, now);
  const cases: Case[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, limit)) {
    const shown = { ...(await shownCase(read, floor, row, forecast)), ...(await newsOf(read, row, user)) };
    bytes += utf8Length(toJson(shown)) + 1;
    if (bytes > bytesOfCases && cases.length > 0) break;
    cases.push(shown);
  }
  const last = rows[cases.length - 1];
  return cases.length === rows.length || last === undefined ? { cases } : { cases, next: placeOf(view, last) };
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
    if (queue !== undefined && row.queue !== queue) return false;
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

/** Closed cases stand in a list of the store's own, by when something was stored of them last. */
async function closedPage(
  read: Reads,
  queue: string | undefined,
  before: string | undefined,
  limit: number,
): Promise<CaseRow[]> {
  const cursor = before === undefined ? undefined : cursorOf(before);
  const from = cursor && { at: cursor.at, id: deskLogOf(cursor.conversation) };
  const logs = await read.listed(lists.closed, limit + 1, from);
  const rows: CaseRow[] = [];
  for (const log of logs) {
    const text = await read.state(plugin, 'case', log.id.replace(/^c_desk_/, 'c_support_'));
    // Its place is that of its log: a note may have been added since.
    if (text !== undefined) rows.push({ ...caseIn(text), since: log.at });
  }
  return queue === undefined ? rows : rows.filter((row) => row.queue === queue);
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
  const asker = await askerOf(read, row);
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
