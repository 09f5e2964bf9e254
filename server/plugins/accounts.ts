import { opaque } from '../../protocol/ids.ts';
import { answer, append, type Effect, put, refuse } from '../core/effect.ts';
import { personOf } from '../core/person.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import type { UserRow } from '../core/rows.ts';
import type { Context, Effects, OpenContext } from '../core/rule.ts';

export interface AccountsOptions {
  /** The hosts whose accounts are people, by the domains of their JIDs; no account is anybody where empty. */
  readonly hosts: readonly string[];
  /** Bare JIDs of the accounts that answer for the site. */
  readonly colleagues: readonly string[];
  /** How many users that nobody knows yet may come: one bucket for all of them. */
  readonly newUsers: { take(now: number): number };
}

/** Conversations that an account's connection hears from its first moment. */
const heardAtOnce = 1_000;

/** People whose presence one account may ask for. */
const watched = 200;

/**
 * XMPP accounts as people: the bare JID that a server has authenticated is a login of a user, who is made when it is heard
 * of first. All types of actions here are the gateway's own: they have no schema, so no client can send them.
 */
export function accounts({ hosts, colleagues, newUsers }: AccountsOptions): Plugin {
  return {
    name: 'accounts',
    needs: ['relations', 'presence'],
    install(host) {
      const relations = host.service('relations');
      const shown = host.service('presence');

      host.onOpening('account.open', async (context) => {
        const { jid } = context.action.body as { jid: string };
        const { read } = context;
        if (!hosts.includes(jid.replace(/^[^@]*@/, ''))) return [refuse('not_found')];
        const login = await read.login('jid', jid);
        const known = login === undefined ? undefined : await read.user(login.user);
        if (login?.revokedAt !== undefined) return [refuse('not_found')];
        const isColleague = colleagues.includes(jid);
        if (login === undefined || known === undefined) {
          const retryAfter = newUsers.take(context.now);
          if (retryAfter > 0) return [refuse('rate', { retryAfter })];
          return newcomer(context, jid, isColleague, login === undefined);
        }
        const appointed = (await read.state('accounts', jid, 'colleague')) !== undefined;
        if (isColleague === appointed) return welcome(context, jid, known, login.device);
        const user = isColleague ? asColleague(known) : { ...known, kind: 'user' as const, topics: [] };
        return [
          put({ table: 'user', row: user }),
          appointment(jid, isColleague),
          append(user.id, 'profile.changed', { person: personOf(user) }, { rule: true, answers: false }),
          ...(await welcome(context, jid, user, login.device)),
        ];
      });

      host.on('account.cursors', async ({ action, read, jid }) => {
        const { logs } = action.body as { logs: readonly string[] };
        const cursors = await Promise.all(logs.map(async (log) => [log, await read.readSeq(log, jid)] as const));
        return [answer('account.cursors', { cursors: Object.fromEntries(cursors) })];
      });

      host.on('account.sent', ({ action, jid }) => {
        const { logs } = action.body as { logs: Readonly<Record<string, number>> };
        // No member has this name, so what the friend has sent moves no mark that anybody sees.
        return Object.entries(logs).map(([conversation, read]) =>
          put({ table: 'marker', row: { conversation, user: jid, read } }),
        );
      });

      host.on('account.shows', ({ action, jid }) => {
        shown.says(jid, (action.body as { show: 'available' | 'away' | 'dnd' }).show);
        return [];
      });

      host.on('account.subscribed', async ({ jid, read }) => [told(await subscribed(read, jid))]);

      host.on('account.subscribe', async ({ action, jid, read, user, now }) => {
        const { user: other } = action.body as { user: string };
        const between = (await read.user(other)) && (await relations.between(read, user.id, other, now));
        if (between?.may('presence') !== true) return [refuse('not_found')];
        return resubscribed(jid, [...(await subscribed(read, jid)).filter((one) => one !== other), other]);
      });

      host.on('account.unsubscribe', async ({ action, jid, read }) => {
        const { user: other } = action.body as { user: string };
        return resubscribed(
          jid,
          (await subscribed(read, jid)).filter((one) => one !== other),
        );
      });
    },
  };
}

async function newcomer(context: OpenContext, jid: string, isColleague: boolean, isFresh: boolean): Promise<Effects> {
  const id = `u_${opaque(context.random(20))}`;
  const name = jid.replace(/@.*$/, '').slice(0, 80);
  const plain: UserRow = { id, kind: 'user', name, verified: false, topics: [] };
  const user = isColleague ? asColleague(plain) : plain;
  const device = `d_${opaque(context.random(20))}`;
  const expected = isFresh ? { expect: 'absent' as const } : {};
  return [
    put({ table: 'user', row: user }),
    put({ table: 'login', row: { kind: 'jid', subject: jid, user: id, device }, ...expected }),
    put({ table: 'state', row: { plugin: 'accounts', scope: jid, key: 'since', value: String(context.now) } }),
    ...(isColleague ? [appointment(jid, true)] : []),
    ...(await welcome(context, jid, user, device)),
  ];
}

async function welcome(context: OpenContext, jid: string, user: UserRow, device: string): Promise<Effects> {
  const since = Number((await context.read.state('accounts', jid, 'since')) ?? context.now);
  const memberships = await context.read.memberships(user.id, heardAtOnce);
  return [
    { do: 'bind', user, device },
    ...memberships.map((row): Effect => ({ do: 'hear', topic: row.conversation })),
    answer('account.opened', { user: personOf(user), since }),
  ];
}

/** The site has named him, so his name is as good as its word. */
function asColleague(user: UserRow): UserRow {
  return { ...user, kind: 'colleague', verified: true, topics: ['support'] };
}

function appointment(jid: string, isColleague: boolean): Effect {
  const value = isColleague ? 'listed' : null;
  return put({ table: 'state', row: { plugin: 'accounts', scope: jid, key: 'colleague', value } });
}

async function subscribed(read: Reads, scope: Context['jid']): Promise<readonly string[]> {
  return JSON.parse((await read.state('accounts', scope, 'subscribed')) ?? '[]') as string[];
}

function resubscribed(scope: string, users: readonly string[]): Effects {
  const kept = users.slice(-watched);
  const value = kept.length === 0 ? null : JSON.stringify(kept);
  return [put({ table: 'state', row: { plugin: 'accounts', scope, key: 'subscribed', value } }), told(kept)];
}

function told(users: readonly string[]): Effect {
  return answer('account.subscriptions', { users });
}
