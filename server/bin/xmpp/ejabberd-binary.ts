import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { findProgram, isExecutable, ownerNamed } from './programs.ts';
import type { FileOwner } from './server-folder.ts';
import { XmppServerError } from './xmpp-server.ts';

/** An ejabberd that can be started. */
export interface EjabberdBinary {
  readonly path: string;
  /** `23.01`, or `(unknown version)`. */
  readonly version: string;
  /** The user that it will run as, when that is not us. */
  readonly owner: FileOwner | undefined;
  /** The compiler beside the Erlang that runs it, or any in PATH. */
  readonly erlc: string | undefined;
  /** Another text for another compiler; empty without one. */
  readonly erlcVersion: string;
}

/** Whether the machine has an ejabberd that we may start; `why` is one line for people. */
export type EjabberdAvailability =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly why: string };

/** Looks whether an ejabberd is installed that this user can start. Starts nothing. */
export function ejabberdAvailable(): EjabberdAvailability {
  try {
    return { ok: true, version: findEjabberd().version };
  } catch (error) {
    if (error instanceof XmppServerError) return { ok: false, why: error.message };
    throw error;
  }
}

/**
 * Finds `ejabberdctl`, in PATH and the system's folders or at `path`, who would run it, and its compiler, or the one at
 * `erlc`.
 *
 * @throws XmppServerError `missing_binary`, or `not_startable` for a user whom Debian's launcher refuses.
 */
export function findEjabberd(path?: string, erlc?: string): EjabberdBinary {
  const found = path ?? findProgram('ejabberdctl');
  if (found === undefined || !isExecutable(found)) {
    const what = path === undefined ? 'ejabberd is not installed' : `There is no ejabberdctl at ${path}`;
    throw new XmppServerError('missing_binary', `${what}: run "npm run setup" as root, or "apt install ejabberd".`);
  }
  const script = readFileSync(found, 'latin1');
  const user = /^INSTALLUSER=["']?([a-z_][a-z0-9_-]*)/m.exec(script)?.[1];
  return { path: found, version: versionOf(script), owner: ownerFor(user), ...compilerOf(script, erlc) };
}

function compilerOf(script: string, path: string | undefined): Pick<EjabberdBinary, 'erlc' | 'erlcVersion'> {
  const erl = /^ERL=['"]?([^'"\n]+)/m.exec(script)?.[1] ?? '';
  const found = path ?? findProgram('erlc', [dirname(erl)]);
  const erlc = found !== undefined && isExecutable(found) ? found : undefined;
  return { erlc, erlcVersion: erlc === undefined ? '' : String(statSync(erlc).mtimeMs) };
}

function versionOf(script: string): string {
  const libs = /^ERL_LIBS=['"]?([^'"\n]+)/m.exec(script)?.[1];
  try {
    const names = libs === undefined ? [] : readdirSync(libs);
    const version = names.map((name) => /^ejabberd-(\d[\d.]*)/.exec(name)?.[1]).find((found) => found !== undefined);
    return version ?? '(unknown version)';
  } catch {
    return '(unknown version)';
  }
}

function ownerFor(user: string | undefined): FileOwner | undefined {
  if (process.platform !== 'linux') {
    throw new XmppServerError('not_startable', 'An installed ejabberd is started on Linux only: use Docker instead.');
  }
  if (user === undefined) return undefined;
  const wanted = ownerNamed(user);
  const own = process.getuid?.();
  if (own === wanted.uid) return undefined;
  if (own === 0) return wanted;
  const advice = `start Befriend as one of them, or use Docker`;
  throw new XmppServerError('not_startable', `ejabberd can be started by root and the user ${user} only: ${advice}.`);
}
