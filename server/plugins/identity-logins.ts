import { type Effect, put } from '../core/effect.ts';
import type { Reads } from '../core/reads.ts';
import type { LoginRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';

/** Ways in of one user that are looked at. */
const loginsRead = 1_000;

/** Devices that may be one known user's; beyond it, those whose binding ends first are logged out. */
const devicesKept = 100;

/** By device: the SHA-256 of its newest secret, until that was seen. */
const unseen = { plugin: 'identity', scope: 'unseen' } as const;

/** Whether a way in leads in at `now`. */
export function isLiving({ revokedAt, until }: LoginRow, now: number): boolean {
  return revokedAt === undefined && (until === undefined || now < until);
}

/** The secrets of a user's devices: none that was revoked, but those whose time is over. */
export async function deviceLogins(read: Reads, user: string): Promise<LoginRow[]> {
  return (await read.logins(user, loginsRead)).filter(({ kind }) => kind === 'device');
}

/** Ends ways in, and the connections of their devices; `others`: but not the sender's own. */
export function revoked(logins: readonly LoginRow[], now: number, others = false): Effect[] {
  const devices = new Map(logins.map((login) => [login.device, login.user]));
  return [
    ...logins.map((row) => put({ table: 'login', row: { ...row, revokedAt: now } })),
    ...Array.from(devices, ([device, user]): Effect => ({ do: 'end', user, device, others })),
  ];
}

/** What opens nothing any more is answered with. */
export const signedOut = {
  do: 'refuse',
  code: 'not_found',
  detail: 'this device was signed out',
} as const satisfies Effect;

/** Whether this is the newest secret of its device and was not seen yet. */
export async function isAwaited(read: Reads, { device, subject }: LoginRow): Promise<boolean> {
  return (await read.state(unseen.plugin, unseen.scope, device)) === subject;
}

/** Remembers the newest secret of a device. */
export function awaited(device: string, subject: string): Effect {
  return put({ table: 'state', row: { ...unseen, key: device, value: subject } });
}

/** Once the newest secret of a device was seen, the ones before it are over, and what was opened by them. */
export async function seen(read: Reads, login: LoginRow, now: number): Promise<Effects> {
  if (!(await isAwaited(read, login))) return [];
  const before = (await deviceLogins(read, login.user)).filter(
    ({ device, subject }) => device === login.device && subject !== login.subject,
  );
  return [put({ table: 'state', row: { ...unseen, key: login.device, value: null } }), ...revoked(before, now, true)];
}

/** Makes room for one more device of a user: what has ended goes, and of too many those that end first. */
export async function withRoom(read: Reads, user: string, device: string, now: number): Promise<Effects> {
  const others = (await deviceLogins(read, user)).filter((login) => login.device !== device);
  const living = others.filter((login) => isLiving(login, now)).sort((one, other) => ending(other) - ending(one));
  return revoked([...others.filter((login) => !isLiving(login, now)), ...living.slice(devicesKept - 1)], now);
}

function ending({ until }: LoginRow): number {
  return until ?? Number.POSITIVE_INFINITY;
}
