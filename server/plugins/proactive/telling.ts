import { append, type Effect, put } from '../../core/effect.ts';
import { joined } from '../../core/membership.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Effects } from '../../core/rule.ts';
import { fits } from './address.ts';
import type { Declared, ProactiveOptions } from './options.ts';
import { mayHear, type Standing, saidToday } from './standing.ts';

/** States of a case in which people have it, or will: nobody talks in between. */
const taken: readonly string[] = ['waiting', 'assigned', 'snoozed'];

/** How long a conversation has to have been still, milliseconds. */
const usualStill = 10 * 60_000;

/** Who is to be told something, and when. */
export interface Telling {
  readonly read: Reads;
  readonly user: UserRow;
  readonly now: number;
}

/** Whether a message is for this person, where he is. */
export function isFor(message: Declared, { user, now }: Telling, standing: Standing): boolean {
  const { to = 'everybody', when, urls } = message;
  const url = standing.page?.url;
  return (
    (to === 'everybody' || user.kind === to) &&
    (urls.length === 0 || (url !== undefined && urls.some((one) => fits(one, url)))) &&
    standing.visits >= (when.visits ?? 1) &&
    mayHear(standing, message, now)
  );
}

/** Whether it may be said at this hour, and today. */
export function isTime({ hours }: Declared, { now }: Telling, standing: Standing, options: ProactiveOptions): boolean {
  return saidToday(standing, now) < (options.perDay ?? 2) && (hours ?? options.hours)?.isOpen(now) !== false;
}

/** What is stored where a message is said in the person's conversation with support; undefined where it cannot be now. */
export async function said(
  host: PluginHost,
  message: Declared,
  { read, user, now }: Telling,
  { still = usualStill }: ProactiveOptions,
): Promise<Effects | undefined> {
  const access = await host.service('conversations').access(read, user, 'support', now);
  if (access === undefined || !access.maySend) return undefined;
  const { id, row, exists } = access;
  if (exists) {
    const standing = await host.offered('desk')?.state(read, id);
    if (standing !== undefined && taken.includes(standing.state)) return undefined;
    const log = await read.log(id);
    if (log !== undefined && log.at > now - still) return undefined;
  }
  const { by, extras } = message;
  const text = wordsFor(message, user);
  const known = await read.user(by.id);
  const isKnown = known?.name === by.name && known.avatar === by.avatar;
  const isMember = exists && (await read.member(id, by.id)) !== undefined;
  return [
    ...(isKnown ? [] : [put({ table: 'user', row: by })]),
    ...access.enter().map((effect) => aside(effect, user.id)),
    ...(isMember ? [] : joined(row, by, { role: 'bot', now }).map((effect) => aside(effect, by.id))),
    aside(append(id, 'message.sent', extras === undefined ? { text } : { text, extras }, { item: true }), by.id),
  ];
}

/** It is no answer to what has led to it, and no colleague has to look at it before the person says something. */
function aside(effect: Effect, by: string): Effect {
  if (effect.do !== 'append') return effect;
  const { list: _, ...rest } = effect;
  return { ...rest, by, answers: false };
}

function wordsFor({ words }: Declared, { attributes = {} }: UserRow): string {
  const tag = [attributes.language, attributes.locale, attributes.lang].find((one) => typeof one === 'string');
  const language = typeof tag === 'string' ? tag.toLowerCase() : '';
  const narrow = words.find(([one]) => one.toLowerCase() === language);
  const wide = words.find(([one]) => one.toLowerCase() === language.split('-')[0]);
  return (narrow ?? wide ?? words[0])?.[1] ?? '';
}
