import { opaque } from '../../protocol/ids.ts';
import { append, type Effect, put } from '../core/effect.ts';
import { personOf } from '../core/person.ts';
import type { UserRow } from '../core/rows.ts';
import type { Effects, OpenContext } from '../core/rule.ts';

/** Whose accounts are people, and how many users that nobody knows yet may come. */
export interface Known {
  /** The hosts whose accounts are people, by the domains of their JIDs; no account is anybody where empty. */
  readonly hosts: readonly string[];
  /** Bare JIDs of the accounts that answer for the site. */
  readonly colleagues: readonly string[];
  /** How many users that nobody knows yet may come: one bucket for all of them. */
  readonly newUsers: { take(now: number): number };
}

/** The user of an account, made where it is new, and what stores that. */
export interface Arrival {
  readonly user: UserRow;
  readonly device: string;
  readonly effects: Effects;
}

/** Whose account this is: a refusal where it is nobody's. @param jid bare, as the server has authenticated it */
export async function arrivalOf(
  context: OpenContext,
  jid: string,
  { hosts, colleagues, newUsers }: Known,
): Promise<Arrival | Extract<Effect, { do: 'refuse' }>> {
  const { read, now } = context;
  if (!hosts.includes(jid.replace(/^[^@]*@/, ''))) return { do: 'refuse', code: 'not_found' };
  const login = await read.login('jid', jid);
  const known = login === undefined ? undefined : await read.user(login.user);
  if (login?.revokedAt !== undefined) return { do: 'refuse', code: 'not_found' };
  const isColleague = colleagues.includes(jid);
  if (login === undefined || known === undefined) {
    const retryAfter = newUsers.take(now);
    if (retryAfter > 0) return { do: 'refuse', code: 'rate', retryAfter };
    return newcomer(context, jid, isColleague, login === undefined);
  }
  const { device } = login;
  const appointed = (await read.state('accounts', jid, 'colleague')) !== undefined;
  if (isColleague === appointed) return { user: known, device, effects: [] };
  const user = isColleague ? asColleague(known) : dismissed(known);
  return { user, device, effects: changed(user, jid) };
}

/** An account's user is a colleague from now on, or is none any more. */
export function changed(user: UserRow, jid: string): Effects {
  return [
    put({ table: 'user', row: user }),
    appointment(jid, user.kind === 'colleague'),
    append(user.id, 'profile.changed', { person: personOf(user) }, { rule: true, answers: false, by: user.id }),
  ];
}

/** The same person, who does not answer for the site any more. */
export function dismissed(user: UserRow): UserRow {
  return { ...user, kind: 'user', topics: [] };
}

function newcomer({ random, now }: OpenContext, jid: string, isColleague: boolean, isFresh: boolean): Arrival {
  const id = `u_${opaque(random(20))}`;
  const name = jid.replace(/@.*$/, '').slice(0, 80);
  const plain: UserRow = { id, kind: 'user', name, verified: false, topics: [] };
  const user = isColleague ? asColleague(plain) : plain;
  const device = `d_${opaque(random(20))}`;
  const expected = isFresh ? { expect: 'absent' as const } : {};
  return {
    ...{ user, device },
    effects: [
      put({ table: 'user', row: user }),
      put({ table: 'login', row: { kind: 'jid', subject: jid, user: id, device }, ...expected }),
      put({ table: 'state', row: { plugin: 'accounts', scope: jid, key: 'since', value: String(now) } }),
      ...(isColleague ? [appointment(jid, true)] : []),
    ],
  };
}

/** The site has named him, so his name is as good as its word. */
function asColleague(user: UserRow): UserRow {
  return { ...user, kind: 'colleague', verified: true, topics: ['support'] };
}

function appointment(jid: string, isColleague: boolean): Effect {
  const value = isColleague ? 'listed' : null;
  return put({ table: 'state', row: { plugin: 'accounts', scope: jid, key: 'colleague', value } });
}
