import type { AtDesk, Case, DeskFacts, DeskNote } from '../../../protocol/desk.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { oneLine } from '../../core/one-line.ts';

/** UTF-16 units of a case's newest message in a list, and of one answer in all. */
const bounds = { line: 80, answer: 6_000 } as const;

/** Notes that are shown with a case. */
const notesShown = 5;

const breaks = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;

/** Why something was not done, for who has asked for it. */
const reasons: Partial<Record<ErrorCode, string>> = {
  not_found: 'There is no such case for you, or it is over already.',
  too_late: 'Somebody else was quicker. /who says who has it.',
  too_large: 'That is too long.',
  schema: 'That is too long, or it cannot be read.',
  quota: 'Who should get it has as many cases as he may have.',
  kind_unknown: 'There is no such queue.',
  too_many: 'There are too many of these already.',
  unknown_type: 'This site has no desk, so there is nothing to take or to give on.',
  rate: 'That was too much at once. Try again in a moment.',
  limited: 'Your own limit on this person forbids it.',
};

/** A refusal in words. */
export function reasonOf(code: ErrorCode): string {
  return reasons[code] ?? `That could not be done just now (${code}). Try again in a moment.`;
}

/** A text of several lines, no longer than one message shows. */
export function linesOf(lines: readonly (string | undefined)[]): string {
  const text = lines.filter((line) => line !== undefined && line !== '').join('\n');
  return text.length <= bounds.answer ? text : `${text.slice(0, bounds.answer - 1).toWellFormed()}…`;
}

/** A span in words; milliseconds. */
export function spanOf(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 1) return 'less than a minute';
  if (minutes < 90) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/** What somebody at the desk is called. */
export function nameOf(user: string | undefined, colleagues: readonly AtDesk[]): string {
  return colleagues.find((one) => one.user === user)?.name ?? 'a colleague';
}

/** One case of a list. */
export function caseLine({ visitor, queue, since, line, topic, language }: Case, now: number): string {
  const about = [queue, topic, language].flatMap((part) => (part === undefined ? [] : oneLine(part))).join(', ');
  const last = line === undefined ? '' : `: ${shortened(line.text)}`;
  return `${oneLine(visitor.name)} (${about}, ${spanOf(now - since)})${last}`;
}

/** Where a case stands, in one line. */
export function standing(one: Case, me: string, colleagues: readonly AtDesk[], now: number): string {
  const { state, queue, since, until, place, estimate } = one;
  const who = one.assignee === me ? 'You have' : `${sentence(nameOf(one.assignee, colleagues))} has`;
  const guessed = estimate === undefined ? '' : `, about ${spanOf(estimate)} to go`;
  switch (state) {
    case 'bot':
      return 'A bot answers.';
    case 'waiting':
      return `Waits in ${queue} for ${spanOf(now - since)}${place === undefined ? '' : `, place ${place}`}${guessed}.`;
    case 'assigned':
      return `${who} this case in ${queue}, for ${spanOf(now - since)}.`;
    case 'snoozed':
      return `Is set aside${until === undefined ? '' : ` for ${spanOf(until - now)}`}, or until the visitor writes.`;
    case 'away':
      return `Was left as a message out of hours, for ${queue}.`;
    case 'closed':
      return `Is closed${one.score === undefined ? '' : `; the visitor gave ${one.score} of 5`}.`;
    default:
      return state satisfies never;
  }
}

/** Everything that is known of a case and its visitor. */
export function cardOf(card: DeskFacts['desk.case'], me: string, colleagues: readonly AtDesk[], now: number): string {
  const { case: one, page, attributes, signed, before, notes } = card;
  const asked = (one.invited ?? []).map((user) => (user === me ? 'you' : nameOf(user, colleagues)));
  return linesOf([
    `${oneLine(one.visitor.name)}${one.visitor.verified ? '' : ' (nobody has signed this name)'}`,
    standing(one, me, colleagues, now),
    asked.length === 0 ? undefined : `Asked in: ${asked.join(', ')}`,
    one.topic === undefined ? undefined : `Topic: ${oneLine(one.topic)}`,
    one.language === undefined ? undefined : `Language: ${oneLine(one.language)}`,
    page === undefined
      ? undefined
      : `Page: ${oneLine(page.title)} – ${oneLine(page.url)} (${spanOf(now - page.at)} ago)`,
    page?.referrer === undefined ? undefined : `Came from: ${oneLine(page.referrer)}`,
    named('Signed by the site', signed),
    named('The page says', attributes),
    before === 0 ? 'Asks for the first time.' : `Has asked ${before === 1 ? 'once' : `${before} times`} before.`,
    // A bot's note may hold the visitor's words.
    ...notes.slice(-notesShown).map(({ text, by }) => noteLine({ text: oneLine(text) }, nameOf(by, colleagues))),
  ]);
}

/** A note with its author; further lines are quoted (XEP-0393 §5.1.3), so that none can look like the friend's own. */
export function noteLine({ text }: Pick<DeskNote, 'text'>, by: string): string {
  return `Note by ${oneLine(by)}: ${text.trim().replaceAll(breaks, '\n> ')}`;
}

/** Beginning with a capital letter. */
export function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function named(what: string, values: Readonly<Record<string, string | number | boolean>> | undefined): string {
  const pairs = Object.entries(values ?? {}).map(([key, value]) => `${oneLine(key)}: ${oneLine(String(value))}`);
  return pairs.length === 0 ? '' : `${what}: ${pairs.join(' · ')}`;
}

function shortened(text: string): string {
  const line = oneLine(text);
  return line.length <= bounds.line ? line : `${line.slice(0, bounds.line - 1).toWellFormed()}…`;
}
