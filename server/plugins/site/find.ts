import { botUser } from '../../core/bot-user.ts';
import { answer, put, refuse } from '../../core/effect.ts';
import { answeredBefore } from '../../core/kept-answer.ts';
import { joined } from '../../core/membership.ts';
import { personOf } from '../../core/person.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Effects } from '../../core/rule.ts';

/** Visitors who turned out to be somebody are looked for so many times. */
const turns = 3;

/**
 * The user whom the site means: `u_…`, `sub:` and its own name for him, `jid:` and his account, `bot:` and a bot's name.
 * Who was a visitor and turned out to be somebody is that one. `issuer`: who signs the site's tokens.
 */
export async function userBy(read: Reads, ref: string, issuer: string): Promise<UserRow | undefined> {
  let row = await read.user(await idBy(read, ref, issuer));
  for (let turn = 0; turn < turns && row?.mergedInto !== undefined; turn += 1) row = await read.user(row.mergedInto);
  return row;
}

async function idBy(read: Reads, ref: string, issuer: string): Promise<string> {
  const [, kind, name = ''] = /^(sub|jid|bot):(.*)$/s.exec(ref) ?? [];
  if (kind === 'bot') return botUser(name);
  if (kind === 'jid') return (await read.login('jid', name))?.user ?? '';
  if (kind === 'sub') return (await read.login('jwt', subjectOf(issuer, name)))?.user ?? '';
  return ref;
}

/** What stands for the site's own name of a user among the ways in. */
export function subjectOf(issuer: string, subject: string): string {
  return JSON.stringify([issuer, subject]);
}

/** What the site is told of a user. */
export function shown(row: UserRow): object {
  return { ...personOf(row), ...(row.attributes === undefined ? {} : { attributes: row.attributes }) };
}

/** Lets the site find users, and speak as a bot of its own. */
export function finding(host: PluginHost, issuer: string): void {
  host.onOpening('site.find', async ({ action, read }) => {
    const { user } = action.body as { user: string };
    const row = await userBy(read, user, issuer);
    return row === undefined ? [refuse('not_found')] : [answer('site.found', { user: shown(row) })];
  });

  host.onOpening('site.bot', async ({ action, read }) => {
    const { name, title = name } = action.body as { name: string; title?: string };
    const id = botUser(name);
    const known = await read.user(id);
    const row: UserRow = known ?? { id, kind: 'bot', name: title, verified: true, topics: [] };
    return [...(known === undefined ? [put({ table: 'user', row })] : []), answer('site.found', { user: shown(row) })];
  });

  // A bot is a member of what it says something in; people's own conversations it cannot come into by this.
  host.onOpening('site.enter', async ({ action, read, now }) => {
    const { bot, conversation } = action.body as { bot: string; conversation: string };
    const [user, row] = [await read.user(bot), await read.conversation(conversation)];
    if (user?.kind !== 'bot' || row?.kind !== 'support') return [answer('ack', {})];
    const member = await read.member(row.id, bot);
    if (member !== undefined && member.untilSeq === undefined) return [answer('ack', {})];
    return quiet(joined(row, user, { role: 'bot', now, list: 'support' }), bot);
  });
}

/** Tells the site once more what it was answered: the answers that are no facts are kept for a week or two. */
export function repeating(host: PluginHost): void {
  host.onOpening('site.answered', async ({ action, read, now }) => {
    const { id } = action.body as { id: string };
    const body = await answeredBefore(read, id, now);
    return body === undefined ? [refuse('not_found')] : [answer('site.answered', { body })];
  });
}

/** Effects of which no append is an answer, by this user. */
export function quiet(effects: Effects, by: string): Effects {
  return effects.map((effect) => (effect.do === 'append' ? { ...effect, by, answers: false as const } : effect));
}
