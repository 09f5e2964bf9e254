import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isExecutable, ownerNamed } from './programs.ts';
import type { FileOwner } from './server-folder.ts';
import { XmppServerError } from './xmpp-server.ts';

/** A Prosody that can be started. */
export interface ProsodyBinary {
  readonly path: string;
  /** Its `prosodyctl`. */
  readonly ctl: string;
  /** `0.12.3`, or `(unknown version)`. */
  readonly version: string;
  /** The user that it will run as, when that is not us: Prosody refuses to be root. */
  readonly owner: FileOwner | undefined;
}

/**
 * Finds `prosody`, in PATH and the system's folders or at `path`, and who would run it: we ourselves, or the user
 * prosody where we are root.
 *
 * @throws XmppServerError `missing_binary`, or `not_startable` where root has no such user.
 */
export function findProsody(path?: string): ProsodyBinary {
  const found = path ?? findProgram('prosody');
  if (found === undefined || !isExecutable(found)) {
    const what = path === undefined ? 'Prosody is not installed' : `There is no prosody at ${path}`;
    throw new XmppServerError('missing_binary', `${what}: run "npm run setup" as root, or "apt install prosody".`);
  }
  const owner = process.getuid?.() === 0 ? ownerNamed('prosody') : undefined;
  return { path: found, ctl: join(dirname(found), 'prosodyctl'), version: versionOf(found), owner };
}

function versionOf(path: string): string {
  const source = /^CFG_SOURCEDIR=['"]([^'"\n]+)/m.exec(readFileSync(path, 'latin1'))?.[1];
  const file = join(source ?? '', 'prosody.version');
  return source !== undefined && existsSync(file) ? readFileSync(file, 'utf8').trim() : '(unknown version)';
}
