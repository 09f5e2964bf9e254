import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { FileOwner } from './server-folder.ts';
import { XmppServerError } from './xmpp-server.ts';

/** The path of a program in `first`, then in PATH and the system's folders; nothing where it is not installed. */
export function findProgram(name: string, first: readonly string[] = []): string | undefined {
  const system = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/ejabberd/bin'];
  const folders = [...first, ...(process.env.PATH ?? '').split(delimiter), ...system];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Whether `path` is a file that we may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A user and the group of the same name. @throws XmppServerError `not_startable` where the system knows no such user. */
export function ownerNamed(user: string): FileOwner {
  return { uid: idOf('-u', user), gid: idOf('-g', user) };
}

function idOf(flag: '-u' | '-g', user: string): number {
  try {
    return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch (cause) {
    const advice = 'install the XMPP server again';
    throw new XmppServerError('not_startable', `The user ${user} does not exist: ${advice}.`, cause);
  }
}
