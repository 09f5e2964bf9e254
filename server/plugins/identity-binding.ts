import { guestName } from '../../protocol/guest-name.ts';
import { opaque } from '../../protocol/ids.ts';
import { answer, append, type Effect, put, refuse, tell } from '../core/effect.ts';
import { personOf } from '../core/person.ts';
import type { PluginHost } from '../core/plugin.ts';
import type { Sha256, TokenClaims, TokenVerifier } from '../core/ports.ts';
import type { Reads } from '../core/reads.ts';
import type { LoginRow, UserRow } from '../core/rows.ts';
import type { Effects, OpenContext } from '../core/rule.ts';
import { awaited, deviceLogins, isAwaited, isLiving, signedOut, withRoom } from './identity-logins.ts';
import { withoutPicture } from './identity-profile.ts';
import { usedOnce } from './identity-token-once.ts';
import { heardBy } from './identity-welcome.ts';

/** How long a device stays a known user's at most, and where the token says nothing else; milliseconds. */
export const longestBinding: number = 30 * 24 * 60 * 60 * 1_000;

/** The device that is to become somebody's. */
interface Device {
  readonly id: string;
  /** Whose it is; absent where it is nobody's, or not any more. */
  readonly former?: UserRow;
  /** Its secrets. */
  readonly logins: readonly LoginRow[];
}

/** Lets the site's tokens say who is there; see docs/identity.md. */
export function bindByToken(host: PluginHost, sha256: Sha256, verify: TokenVerifier | undefined): void {
  host.onOpening('user.identify', async (context) => {
    const { action, now, read } = context;
    const subject = await sha256(action.body.secret);
    const given = await read.login('device', subject);
    const device = await deviceOf(context, given);
    if ('refused' in device) return [device.refused];
    // Whoever has got a new secret in before has lost the answer and nothing else.
    if (given !== undefined && device.former?.id === given.user && (await isAwaited(read, given))) {
      return [...bound(device.former, given.device, given.until), tell('sender', 'friend.hello', {})];
    }
    const claims = await claimsOf(context, verify, host);
    if (claims === undefined) return [refuse('token_invalid')];
    const once = await usedOnce(context, sha256, claims, device.id);
    if (once === undefined) {
      host.log.warn('A token was refused', { why: 'used' });
      return [refuse('token_invalid')];
    }
    const known = await knownBy(context, claims, device.former);
    const until = Math.min(claims.bindUntil ?? Number.POSITIVE_INFINITY, now + longestBinding);
    if (known.row.id === device.former?.id) return [...once, ...known.effects, ...extended(device, known.row, until)];
    const secret: LoginRow = { kind: 'device', subject, user: known.row.id, device: device.id, until };
    return [...once, ...known.effects, ...(await moved(context, host, device, known.row, secret, given === undefined))];
  });
}

/** The sender's device; a refusal where it may not become anybody's by this secret. */
async function deviceOf(
  context: OpenContext,
  given: LoginRow | undefined,
): Promise<Device | { readonly refused: Effect }> {
  const { now, random, read, user: former, device: id } = context;
  if (given?.revokedAt !== undefined) return { refused: signedOut };
  if (former === undefined || id === undefined) {
    if (given === undefined) return { id: `d_${opaque(random(20))}`, logins: [] };
    // Not opened: the secret says whose it is, or was. The device stays what it is, and so does what it has sent.
    const owner = isLiving(given, now) ? await read.user(given.user) : undefined;
    return { id: given.device, logins: [given], ...(owner === undefined ? {} : { former: owner }) };
  }
  const logins = (await deviceLogins(read, former.id)).filter(({ device }) => device === id);
  // It was logged out while this was on its way.
  if (logins.length === 0) return { refused: refuse('not_open') };
  if (given !== undefined && given.device !== id)
    return { refused: refuse('schema', { detail: 'body.secret: belongs to another device' }) };
  return { id, former, logins };
}

async function claimsOf(
  { action, now }: OpenContext<{ readonly token: string }>,
  verify: TokenVerifier | undefined,
  { log }: PluginHost,
): Promise<TokenClaims | undefined> {
  if (verify === undefined) {
    log.warn('A token came, and there is no key to check it with: set BEFRIEND_JWT_SECRET or BEFRIEND_JWT_KEYS');
    return undefined;
  }
  const verdict = await verify(action.body.token, now);
  if (verdict.ok) return verdict.claims;
  log.warn('A token was refused', { why: verdict.why });
  return undefined;
}

/** The user that a token names, as the token says he is; made where he is new. */
async function knownBy(
  { read, random }: OpenContext,
  claims: TokenClaims,
  former: UserRow | undefined,
): Promise<{ row: UserRow; effects: Effects }> {
  const subject = JSON.stringify([claims.issuer, claims.subject]);
  const login = await read.login('jwt', subject);
  const known = login === undefined ? undefined : await read.user(login.user);
  const id = known?.id ?? `u_${opaque(random(20))}`;
  const nickname = former?.kind === 'visitor' ? former.name : guestName(id);
  const before: UserRow = known ?? { id, kind: 'user', name: nickname, verified: false, topics: [] };
  const appointed = (await read.state('identity', id, 'role')) !== undefined;
  const row = withRole(withClaims(before, claims), claims, appointed);
  const fresh = JSON.stringify(row) !== JSON.stringify(before);
  const told = JSON.stringify(personOf(row)) !== JSON.stringify(personOf(before));
  const way: LoginRow = { kind: 'jwt', subject, user: id, device: '' };
  return {
    row,
    effects: [
      ...(known === undefined
        ? [put({ table: 'login', row: way, ...(login === undefined ? { expect: 'absent' as const } : {}) })]
        : []),
      ...(known === undefined || fresh ? [put({ table: 'user', row })] : []),
      ...(fresh ? withoutPicture(before, row) : []),
      ...appointment(id, claims, before, appointed),
      ...(before.kind === 'colleague' && row.kind === 'user' ? await dismissed(read, id) : []),
      ...(known !== undefined && told
        ? [append(id, 'profile.changed', { person: personOf(row) }, { rule: true, by: id, answers: false })]
        : []),
    ],
  };
}

/** A name that the site has signed is verified; what a token does not mention stays. */
function withClaims(user: UserRow, { name, avatar, attributes }: TokenClaims): UserRow {
  return {
    ...user,
    ...(name === undefined ? {} : { name, verified: true }),
    ...(avatar === undefined ? {} : { avatar }),
    ...(attributes === undefined ? {} : { attributes }),
  };
}

/** Whom the site signs as its colleague is one until it signs him otherwise; who is one for another reason stays one. */
function withRole(user: UserRow, { role }: TokenClaims, appointed: boolean): UserRow {
  if (role === 'colleague') return { ...user, kind: 'colleague', verified: true, topics: ['support'] };
  return appointed ? { ...user, kind: 'user', topics: [] } : user;
}

/** What is noted of it, where it changes. */
function appointment(scope: string, { role }: TokenClaims, before: UserRow, appointed: boolean): Effects {
  const isNew = role === 'colleague' && before.kind !== 'colleague';
  if (!isNew && (role === 'colleague' || !appointed)) return [];
  return [put({ table: 'state', row: { plugin: 'identity', scope, key: 'role', value: isNew ? 'token' : null } })];
}

/** What colleagues hear is not his any more: wherever he is, he opens again. */
async function dismissed(read: Reads, user: string): Promise<Effects> {
  const devices = new Set((await deviceLogins(read, user)).map(({ device }) => device));
  return [...devices].map((device) => ({ do: 'end', user, device }) as const);
}

/** Else what was revoked while its token was looked at would live on. */
function kept(row: LoginRow): Effects[number] {
  return put({ table: 'login', row, expect: 'unused' });
}

/** The same user once more: his device stays his for longer. */
function extended({ id, logins }: Device, user: UserRow, until: number): Effects {
  return [...logins.map((row) => kept({ ...row, until })), ...bound(user, id, until)];
}

/**
 * The device becomes another user's. Its secrets so far lead there too, until the new one was seen; its connections
 * open again.
 */
async function moved(
  context: OpenContext,
  host: PluginHost,
  { id, former, logins }: Device,
  user: UserRow,
  secret: LoginRow,
  isNew: boolean,
): Promise<Effects> {
  const { now, read } = context;
  const isMerged = former !== undefined && (await isMergeable(read, former, id));
  const before = logins.filter(({ subject }) => subject !== secret.subject);
  return [
    ...before.map((row) => kept({ ...row, user: user.id, until: secret.until ?? now })),
    put({ table: 'login', row: secret, ...(isNew ? { expect: 'absent' } : {}) }),
    awaited(id, secret.subject),
    ...(isMerged ? await merged(context, host, former, user) : []),
    ...(await withRoom(read, user.id, id, now)),
    ...bound(user, id, secret.until),
    ...(await heardBy(read, user)),
    ...(former === undefined ? [] : [{ do: 'end', user: former.id, device: id, others: true } as const]),
    tell(isMerged ? { users: [user.id] } : 'sender', 'friend.hello', {}),
  ];
}

/** Only who is nobody yet: a visitor with no other way in. Two known users are never made one. */
async function isMergeable(read: Reads, { id, kind, mergedInto }: UserRow, device: string): Promise<boolean> {
  if (kind !== 'visitor' || mergedInto !== undefined) return false;
  const ways = await read.logins(id, 10);
  return ways.every((way) => way.kind === 'device' && way.device === device);
}

/** The visitor turns out to be `user`. His own log says so too: what he has under way is decided again. */
async function merged(context: OpenContext, host: PluginHost, visitor: UserRow, user: UserRow): Promise<Effects> {
  const { read, now } = context;
  return [
    put({ table: 'user', row: { ...visitor, mergedInto: user.id } }),
    append(visitor.id, 'profile.changed', { person: personOf(visitor) }, { rule: true, answers: false }),
    ...(await host.service('relations').handOver(read, visitor, user, now)),
    ...((await host.offered('groups')?.handOver(read, visitor, user, now)) ?? []),
    ...(await host.service('conversations').handOver(read, visitor, user, now)),
  ];
}

function bound(user: UserRow, device: string, until: number | undefined): Effects {
  const ends = until === undefined ? {} : { until };
  return [{ do: 'bind', user, device, ...ends }, answer('user.identified', { user: personOf(user), ...ends })];
}
