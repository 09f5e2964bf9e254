import type { Effect } from '../../core/effect.ts';
import { oneLine } from '../../core/one-line.ts';
import type { Reads } from '../../core/reads.ts';
import type { Effects, OpenContext } from '../../core/rule.ts';
import { askerOf, isCase, visitorOf } from '../../core/support-case.ts';
import { Books } from './books.ts';
import { type CaseRow, moved } from './case-row.ts';
import type { Floor } from './floor.ts';
import { queueFor, queueOf } from './options.ts';
import { shownCase } from './shown.ts';
import { answeredAt, askedAt, landing, landingAhead, reminders } from './steps.ts';
import { awayWords, commentOffer, deskUser, ratingIn, says, textsFor } from './voice.ts';

/** How long somebody may be gone before his cases are given to others, milliseconds. */
export const grace = 60_000;

/** What the desk looks at while it hears. */
export interface Hearing {
  readonly floor: Floor;
  /** Whether a bot answers first. */
  readonly botFirst: () => boolean;
}

/** A fresh view of what is kept. */
export function booksOf(read: Reads, floor: Floor): Books {
  return new Books({ read, shown: (row) => shownCase(read, floor, row) });
}

type Known = OpenContext & { readonly user: NonNullable<OpenContext['user']> };

/** What a word in a conversation with support comes to at the desk, in the commit that stores it. */
export async function heard(hearing: Hearing, context: OpenContext, effects: Effects): Promise<Effects> {
  if (context.user === undefined) return effects;
  const known: Known = { ...context, user: context.user };
  for (const effect of effects) {
    if (effect.do === 'refuse') return effects;
    if (effect.do !== 'append' || !isCase(effect.log)) continue;
    // What the desk itself says is no word of who made it speak.
    if ((effect.by ?? context.user.id) !== context.user.id) continue;
    if (effect.type === 'message.sent') return [...effects, ...(await said(hearing, known, effect))];
    if (effect.type === 'message.answered') return [...effects, ...(await rated(hearing, known, effect))];
  }
  return effects;
}

type Append = Extract<Effect, { do: 'append' }>;

async function said({ floor, botFirst }: Hearing, { user, read, now }: Known, { log, body }: Append): Promise<Effects> {
  if (user.kind === 'bot') return [];
  const books = booksOf(read, floor);
  const before = await books.case(log);
  const asks = user.kind !== 'colleague' || visitorOf(log) === user.id;
  const isFirst = before === undefined;
  const row = before ?? (await begun(read, floor, log, now));
  const wished = asks
    ? heardFrom(floor, row, { isFirst, botFirst: botFirst(), now })
    : takenBy(row, isFirst, user.id, now);
  const fits = await books.hasRoomFor(wished);
  const placed = fits ? wished : asks || isFirst ? moved(row, now, landingAhead(floor, row.queue, now)) : row;
  const next = asks ? askedAt(placed, now) : answeredAt(placed, now);
  if (next === before) return [];
  const { spoken, row: after } = await withWords(floor, read, next, now, asks);
  const { text } = body as { text?: string };
  await books.set(after, { by: user.id, text: (text ?? '').slice(0, 140), at: now });
  return [...spoken, ...(await books.effects({ aside: true })), ...reminders(floor.desk, before, after, now)];
}

/** A case that nobody knew before, not placed yet. */
export async function begun(read: Reads, { desk }: Floor, conversation: string, now: number): Promise<CaseRow> {
  const visitor = visitorOf(conversation);
  const asker = await askerOf(read, visitor);
  const told = JSON.parse((await read.state('page', conversation, 'told')) ?? '{}') as { attributes?: object };
  // What the site has signed goes before what its page says.
  const attributes: Readonly<Record<string, unknown>> = { ...told.attributes, ...asker?.attributes };
  const topic = lineIn(attributes.topic);
  const language = lineIn(attributes.language);
  const queue = queueFor(desk, topic, language).id;
  return {
    ...{ conversation, visitor, queue, since: now, rounds: 0, state: 'bot' },
    ...(topic === undefined ? {} : { topic }),
    ...(language === undefined ? {} : { language }),
  };
}

function lineIn(value: unknown): string | undefined {
  const line = typeof value === 'string' ? oneLine(value).slice(0, 64) : '';
  return line === '' ? undefined : line;
}

/** The visitor, or who he turned out to be, has said something. */
function heardFrom(
  floor: Floor,
  row: CaseRow,
  { isFirst, botFirst, now }: { isFirst: boolean; botFirst: boolean; now: number },
): CaseRow {
  const { desk } = floor;
  const { queue, state, assignee = '' } = row;
  const isBack = state === 'closed' && row.former !== undefined && now - row.since < desk.reopen;
  if (isFirst || state === 'closed') {
    return moved(row, now, botFirst && !isBack ? { state: 'bot' } : landing(desk, queue, now));
  }
  if (state === 'snoozed') {
    const isThere = floor.isHere(assignee) || !floor.isReady;
    return moved(row, now, isThere ? { state: 'assigned', assignee } : landingAhead(floor, queue, now));
  }
  const isGone = state === 'assigned' && floor.isReady && floor.goneFor(assignee, now) >= grace;
  return isGone ? moved(row, now, landingAhead(floor, queue, now)) : row;
}

/** A colleague has said something: he has it, where nobody else does. */
function takenBy(row: CaseRow, isFirst: boolean, user: string, now: number): CaseRow {
  if (!isFirst && (row.state === 'assigned' || row.state === 'snoozed')) return row;
  return moved(row, now, { state: 'assigned', assignee: user });
}

/** What the visitor is told where nobody answers now, once until somebody does. */
export async function withWords(
  floor: Floor,
  read: Reads,
  row: CaseRow,
  now: number,
  asks = true,
): Promise<{ readonly spoken: Effect[]; readonly row: CaseRow }> {
  const { desk } = floor;
  if (!desk.declared || !asks || row.told === true) return { spoken: [], row };
  const queue = queueOf(desk, row.queue);
  const isAlone = row.state === 'waiting' && floor.isReady && floor.staff(queue).length === 0;
  if (row.state !== 'away' && !isAlone) return { spoken: [], row };
  const { nobody } = textsFor(desk, row.language);
  const words = row.state === 'away' ? awayWords(desk, queue, row.language, now) : nobody;
  return { spoken: await says({ desk, read, now }, row.conversation, words), row: { ...row, told: true } };
}

/** What the visitor says of how it was, where the desk has asked him. */
async function rated({ floor }: Hearing, { user, read, now }: Known, { log, body }: Append): Promise<Effects> {
  const { of, ...answer } = body as { of: number; choice?: string; values?: Record<string, unknown> };
  const rating = ratingIn(answer);
  if (rating === undefined || (user.kind === 'colleague' && visitorOf(log) !== user.id)) return [];
  const [question] = await read.page({ log, after: of - 1, upTo: of, limit: 1 });
  const books = booksOf(read, floor);
  const row = await books.case(log);
  if (question?.by !== deskUser || row === undefined) return [];
  await books.set({ ...row, ...rating });
  const texts = textsFor(floor.desk, row.language);
  const asked =
    'score' in rating ? await says({ desk: floor.desk, read, now }, log, texts.thanks, commentOffer(texts)) : [];
  return [...asked, ...(await books.effects({ aside: true }))];
}
