import { guestName } from '../../protocol/guest-name.ts';
import { opaque } from '../../protocol/ids.ts';
import { versions } from '../../protocol/limits.ts';
import { answer, append, type Effect, put, refuse } from '../core/effect.ts';
import { personOf } from '../core/person.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Sha256, TokenVerifier } from '../core/ports.ts';
import type { UserRow } from '../core/rows.ts';
import type { Context, Effects, OpenContext } from '../core/rule.ts';
import { bindByToken } from './identity-binding.ts';
import { ownDevices } from './identity-devices.ts';
import { isLiving, seen, signedOut } from './identity-logins.ts';
import { ownProfile } from './identity-profile.ts';
import { welcome } from './identity-welcome.ts';

export interface IdentityOptions {
  readonly sha256: Sha256;
  /** How many users that nobody knows yet may come: one bucket for all of them. */
  readonly newUsers: { take(now: number): number };
  /** Checks the site's tokens; absent, nobody is signed in by one. */
  readonly tokens?: TokenVerifier;
  /** People may choose another name than the site has signed; it is not verified then. */
  readonly rename?: boolean;
}

type OpenBody = { versions: number[]; secret: string; name?: string };

/**
 * Who is there. A browser proves itself by its device secret, of which only the SHA-256 is kept; a secret that nobody
 * knows makes a new visitor. A token that the site has signed makes the device a known user's until he logs out or its
 * time is over; an invite's token makes a colleague, once.
 */
export function identity({ sha256, newUsers, tokens, rename = false }: IdentityOptions): Plugin {
  return {
    name: 'identity',
    needs: ['relations', 'conversations'],
    install(host) {
      bindByToken(host, sha256, tokens);
      ownDevices(host);
      ownProfile(host, sha256, rename);

      host.onOpening('connection.open', async (context) => {
        const { action, now, read } = context;
        const { body } = action;
        if (!body.versions.some((spoken) => versions.includes(spoken as 1))) return [refuse('outdated')];
        const subject = await sha256(body.secret);
        const login = await read.login('device', subject);
        if (login !== undefined && !isLiving(login, now)) return [signedOut];
        const known = login === undefined ? undefined : await read.user(login.user);
        // The user of a login may be erased: then the same browser is a newcomer.
        if (login === undefined || known === undefined || known.mergedInto !== undefined) {
          const expected = login === undefined ? { expect: 'absent' as const } : {};
          return newcomer(context, body, { subject, ...expected }, newUsers);
        }
        return [
          ...renamed(known, body.name),
          ...(await seen(read, login, now)),
          ...(await welcome(context, withName(known, body.name), login)),
        ];
      });

      host.on('invite.accept', async (context) => {
        const { token, name } = context.action.body;
        const subject = await sha256(token);
        const invite = await context.read.login('invite', subject);
        // Whoever was made a colleague by it may say so again, after every new stream: his answer may be lost.
        if (invite?.user === context.user.id) return [answer('profile.changed', { person: personOf(context.user) })];
        if (invite === undefined || invite.revokedAt !== undefined) return [refuse('invite_invalid')];
        const used = { ...invite, user: context.user.id, revokedAt: context.now };
        return [put({ table: 'login', row: used, expect: 'unused' }), ...colleague(context, name)];
      });
    },
  };
}

async function newcomer(
  context: OpenContext,
  body: OpenBody,
  login: { readonly subject: string; readonly expect?: 'absent' },
  newUsers: IdentityOptions['newUsers'],
): Promise<Effects> {
  const retryAfter = newUsers.take(context.now);
  if (retryAfter > 0) return [refuse('rate', { retryAfter })];
  const id = `u_${opaque(context.random(20))}`;
  const name = body.name ?? guestName(id);
  const user: UserRow = { id, kind: 'visitor', name, verified: false, topics: [] };
  const device = `d_${opaque(context.random(20))}`;
  return [put({ table: 'user', row: user }), loginOf(login, id, device), ...(await welcome(context, user, { device }))];
}

function loginOf(
  { subject, ...expected }: { readonly subject: string; readonly expect?: 'absent' },
  user: string,
  device: string,
): Effect {
  return put({ table: 'login', row: { kind: 'device', subject, user, device }, ...expected });
}

function withName(user: UserRow, name: string | undefined): UserRow {
  return name === undefined || user.verified ? user : { ...user, name };
}

/** An unsigned name is a nickname: the page may change it at any time, and it is never shown as verified. */
function renamed(user: UserRow, name: string | undefined): Effects {
  const row = withName(user, name);
  if (row.name === user.name) return [];
  return [put({ table: 'user', row })];
}

function colleague(context: Context, name: string | undefined): Effects {
  const { user } = context;
  const row: UserRow = { ...user, kind: 'colleague', name: name ?? user.name, verified: true, topics: ['support'] };
  return [put({ table: 'user', row }), append(user.id, 'profile.changed', { person: personOf(row) }, { rule: true })];
}
