import type { View } from '../../core/view.ts';
import { withName } from '../../i18n/texts.ts';
import { type Env, presenceOf } from '../env.ts';
import { peopleTexts } from './people-texts.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago a moment was, as the language says it: “2 hours ago”. Both in milliseconds since 1970 on one clock. */
export function ago(at: number, now: number, locale: string): string {
  const past = Math.max(now - at, 0);
  const [unit, ms] = units.find(([, length]) => past >= length) ?? units[2];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(past / ms), unit);
}

/** Whether somebody is there, in words: what he says himself, else that he is, else when he was. Empty: not known. */
export function presenceWords(env: Env, view: View, user: string): string {
  const texts = peopleTexts(env);
  const { show, status, seen } = presenceOf(env, view, user) ?? {};
  if (status !== undefined) return status;
  if (show === undefined) return '';
  if (show !== 'offline') return texts.shows[show];
  return seen === undefined ? '' : withName(texts.seen, ago(seen, env.now() + view.clockOffset, env.locale));
}
