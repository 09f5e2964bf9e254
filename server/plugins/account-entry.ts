import { accountActions } from '../../protocol/account.ts';
import { opaque } from '../../protocol/ids.ts';
import { answer, type Effect, put, refuse } from '../core/effect.ts';
import { isNative } from '../core/gateway.ts';
import { isInjected } from '../core/injections.ts';
import { personOf } from '../core/person.ts';
import type { PluginHost } from '../core/plugin.ts';
import type { Sha256 } from '../core/ports.ts';
import type { Reads } from '../core/reads.ts';
import type { Effects } from '../core/rule.ts';
import { arrivalOf, changed, dismissed, type Known } from './account-user.ts';

/** How long a browser may come as an account's user before the password is asked for again, milliseconds. */
const lasting = 30 * 86_400_000;

/** Browsers that may be one account's; beyond it, those that came first are logged out. */
const browsersKept = 20;

/** Ways in of one user that are looked at. */
const loginsRead = 1_000;

export interface EntryOptions extends Known {
  readonly sha256: Sha256;
}

/**
 * Lets colleagues in at a browser by their XMPP account. Its server has checked the password, and stamps whose stream it is;
 * what the friend keeps is the SHA-256 of a device secret, as for every browser.
 */
export function enterByAccount(host: PluginHost, { sha256, ...known }: EntryOptions): void {
  host.onOpening(
    'account.enter',
    async (context) => {
      const { jid, read, now, random } = context;
      if (isNative(jid) || isInjected(jid)) return [refuse('not_found')];
      const arrival = await arrivalOf(context, jid.replace(/\/.*$/, ''), known);
      if ('do' in arrival) return [arrival];
      const { user, effects } = arrival;
      if (user.kind !== 'colleague') return [refuse('not_found', { detail: 'no colleague' })];
      const subject = await sha256((context.action.body as { secret: string }).secret);
      const login = await read.login('device', subject);
      const entered = answer('account.entered', {});
      if (login !== undefined) {
        const isLiving = login.revokedAt === undefined && now < (login.until ?? Number.POSITIVE_INFINITY);
        // What was logged out, or is over, opens nothing: a browser comes again with a secret that is new.
        return isLiving && login.user === user.id ? [...effects, entered] : [refuse('not_found')];
      }
      const row = { kind: 'device', subject, user: user.id, device: `d_${opaque(random(20))}`, until: now + lasting };
      return [
        ...effects,
        ...(await withRoom(read, user.id, now)),
        put({ table: 'login', row, expect: 'absent' }),
        entered,
      ];
    },
    { schema: accountActions['account.enter'] },
  );

  // Whom the site does not name any more comes as what he is then.
  host.use(async ({ action, read }, next) => {
    const effects = await next();
    const bind = effects.find((effect) => effect.do === 'bind');
    if (action.type !== 'connection.open' || bind?.do !== 'bind' || bind.user.kind !== 'colleague') return effects;
    const jid = await formerAccount(read, bind.user.id, known);
    if (jid === undefined) return effects;
    const user = dismissed(bind.user);
    const now = effects.map((effect): Effect => {
      if (effect.do === 'bind') return { ...effect, user };
      if (effect.do !== 'answer' || effect.type !== 'connection.opened') return effect;
      return { ...effect, body: { ...(effect.body as object), user: personOf(user) } };
    });
    return [...changed(user, jid), ...now];
  });
}

/** The account by which this user was a colleague, where it is none of a colleague any more. */
async function formerAccount(read: Reads, user: string, { colleagues }: Known): Promise<string | undefined> {
  for (const { kind, subject } of await read.logins(user, loginsRead)) {
    if (kind !== 'jid' || colleagues.includes(subject)) continue;
    if ((await read.state('accounts', subject, 'colleague')) !== undefined) return subject;
  }
  return undefined;
}

/** Room for one more browser: of too many, those that end first are logged out. */
async function withRoom(read: Reads, user: string, now: number): Promise<Effects> {
  const logins = await read.logins(user, loginsRead);
  const living = logins
    .filter(({ kind, revokedAt, until = 0 }) => kind === 'device' && revokedAt === undefined && until > now)
    .sort((one, other) => (other.until ?? 0) - (one.until ?? 0));
  return living
    .slice(browsersKept - 1)
    .flatMap((row): Effect[] => [
      put({ table: 'login', row: { ...row, revokedAt: now } }),
      { do: 'end', user, device: row.device },
    ]);
}
