import type { Extras } from '../../../protocol/extras.ts';
import { append, type Effect, put } from '../../core/effect.ts';
import { joined } from '../../core/membership.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Desk, Queue } from './options.ts';
import { type DeskTexts, filledIn, textsIn } from './texts.ts';

/** The user as whom the desk itself speaks. */
export const deskUser = `u_desk${'0'.repeat(16)}`;

const supportList = 'support';

/** What visitors read of this desk in a language. */
export function textsFor(desk: Desk, language: string | undefined): DeskTexts {
  return textsIn(desk.texts, language, desk.language);
}

/** The desk says something in a conversation; an empty text is not said. It answers no action. */
export async function says(
  { desk, read, now }: { readonly desk: Desk; readonly read: Reads; readonly now: number },
  conversation: string,
  text: string,
  extras?: Partial<Extras>,
): Promise<Effect[]> {
  if (text === '') return [];
  const known = await read.user(deskUser);
  const { name } = textsFor(desk, undefined);
  const user: UserRow = { id: deskUser, kind: 'bot', name, verified: true, topics: [] };
  const row = { id: conversation, kind: 'support', public: false } as const;
  const member = await read.member(conversation, deskUser);
  const coming = { role: 'member', now, list: supportList };
  const enters = member === undefined ? joined(row, user, coming) : [];
  const body = extras === undefined ? { text } : { text, extras };
  return [
    ...(known?.name === name ? [] : [put({ table: 'user', row: user })]),
    ...enters.map((effect) => (effect.do === 'append' ? { ...effect, by: deskUser, answers: false as const } : effect)),
    append(conversation, 'message.sent', body, { item: true, list: supportList, by: deskUser, answers: false }),
  ];
}

/** What is said where nobody answers before `hours` open. */
export function awayWords(desk: Desk, { hours, zone }: Queue, language: string | undefined, now: number): string {
  const texts = textsFor(desk, language);
  const opens = hours?.nextChange(now);
  if (opens === undefined) return texts.awayLong;
  return filledIn(texts.away, { time: timeIn(language ?? desk.language, zone, opens) });
}

function timeIn(language: string, timeZone: string | undefined, at: number): string {
  const style = { weekday: 'long', hour: '2-digit', minute: '2-digit' } as const;
  const options = timeZone === undefined ? style : { ...style, timeZone };
  try {
    return new Intl.DateTimeFormat(language, options).format(at);
  } catch {
    return new Intl.DateTimeFormat('en', options).format(at);
  }
}

/** `rate-1` to `rate-5`, and the field of what one adds. */
const choices = /^desk-rate-([1-5])$/;
const field = 'desk-comment';

/** The question how it was, as buttons. */
export function ratingOffer(): Partial<Extras> {
  return { buttons: [1, 2, 3, 4, 5].map((score) => ({ id: `desk-rate-${score}`, label: String(score) })) };
}

/** The form for what one adds to a rating. */
export function commentOffer({ comment, send }: DeskTexts): Partial<Extras> {
  return { form: { fields: [{ id: field, label: comment, kind: 'long' }], send } };
}

/** What an answer to the desk says of how it was; undefined where it says something else. */
export function ratingIn(answer: {
  readonly choice?: string | undefined;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
}): { readonly score: number } | { readonly comment: string } | undefined {
  const score = choices.exec(answer.choice ?? '')?.[1];
  if (score !== undefined) return { score: Number(score) };
  const comment = answer.values?.[field];
  return typeof comment === 'string' && comment.trim() !== '' ? { comment: comment.trim().slice(0, 2_000) } : undefined;
}
