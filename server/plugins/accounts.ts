import { answer, type Effect, put, refuse } from '../core/effect.ts';
import { takesPart } from '../core/membership.ts';
import { personOf } from '../core/person.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import type { UserRow } from '../core/rows.ts';
import type { Context, Effects, OpenContext } from '../core/rule.ts';
import { type EntryOptions, enterByAccount } from './account-entry.ts';
import { arrivalOf } from './account-user.ts';

export type AccountsOptions = EntryOptions;

/** Conversations that an account's connection hears from its first moment. */
const heardAtOnce = 1_000;

/** People whose presence one account may ask for. */
const watched = 200;

/**
 * XMPP accounts as people: the bare JID that a server has authenticated is a login of a user, who is made when it is heard
 * of first. All types of actions here but `account.enter` are the gateway's own: they have no schema, so no client can send
 * them.
 */
export function accounts(options: AccountsOptions): Plugin {
  return {
    name: 'accounts',
    needs: ['relations', 'presence'],
    install(host) {
      const relations = host.service('relations');
      const shown = host.service('presence');

      enterByAccount(host, options);

      host.onOpening('account.open', async (context) => {
        const { jid } = context.action.body as { jid: string };
        const arrival = await arrivalOf(context, jid, options);
        if ('do' in arrival) return [arrival];
        const { user, device, effects } = arrival;
        return [...effects, ...(await welcome(context, jid, user, device))];
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

async function welcome(context: OpenContext, jid: string, user: UserRow, device: string): Promise<Effects> {
  const since = Number((await context.read.state('accounts', jid, 'since')) ?? context.now);
  const memberships = await context.read.memberships(user.id, heardAtOnce);
  return [
    { do: 'bind', user, device },
    ...memberships.flatMap((row): Effect[] => (takesPart(row, user) ? [{ do: 'hear', topic: row.conversation }] : [])),
    answer('account.opened', { user: personOf(user), since }),
  ];
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
