import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { processIdentity } from './processes.ts';
import { XmppServerError } from './xmpp-server.ts';

/** Where one XMPP server keeps its things. */
export interface ServerFolder {
  /** Read by the launcher, which may be root: belongs to whoever runs us, never to the server's user. */
  readonly config: string;
  /** Modules of ours; belongs to whom the configuration belongs. */
  readonly modules: string;
  readonly spool: string;
  readonly logs: string;
  /** The server's own log. */
  readonly logFile: string;
  /** What the server and those who start it print. */
  readonly consoleFile: string;
  readonly pidFile: string;
  /** Says which process of ours uses the folder. */
  readonly ownerFile: string;
  /** True when the data folder cannot be reached by the server's user, so that a temporary one is used. */
  readonly elsewhere: boolean;
}

/** A user of the system, as far as files are concerned. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Makes the folders of the server `name` that belongs to `dataDir`. `owner` is the user that the server will run as, when
 * that is another one than ours. Spool and logs become its property; each folder above must let it pass.
 *
 * @throws XmppServerError `not_startable` when no folder can be reached by that user.
 */
export function prepareFolder(dataDir: string, name: string, owner: FileOwner | undefined): ServerFolder {
  const wanted = join(resolve(dataDir), name);
  mkdirSync(wanted, { recursive: true });
  const elsewhere = owner !== undefined && !canPass(dirname(wanted), owner);
  const base = elsewhere ? temporaryFolder(wanted, name, owner) : wanted;
  const folder = layout(base, name, elsewhere);
  for (const path of [base, folder.config]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  }
  for (const path of [folder.spool, folder.logs]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o700);
    give(path, owner);
  }
  return folder;
}

/**
 * Says that this process runs the server of `folder`.
 *
 * @throws XmppServerError `not_startable` when another process that lives does.
 */
export function claimFolder({ ownerFile }: ServerFolder, name: string): void {
  const own = processIdentity(process.pid);
  if (existsSync(ownerFile)) {
    const owner = readFileSync(ownerFile, 'utf8').trim();
    const pid = Number(owner.split(' ')[0]);
    if (owner !== '' && processIdentity(pid) === owner) {
      const advice = 'stop it, or choose another data folder';
      throw new XmppServerError('not_startable', `Process ${pid} runs ${name} with this data folder: ${advice}.`);
    }
  }
  writeFileSync(ownerFile, `${own}\n`);
}

/** Writes a file that only `owner` may read. */
export function writePrivateFile(path: string, text: string, owner: FileOwner | undefined): void {
  writeFileSync(path, text, { mode: 0o600 });
  chmodSync(path, 0o600);
  give(path, owner);
}

/** The secret between friend and server: made once per data folder from 24 random bytes, kept with mode 600. */
export function componentSecret(dataDir: string): string {
  const path = join(resolve(dataDir), 'component-secret');
  if (existsSync(path)) {
    const kept = readFileSync(path, 'utf8').trim();
    if (/^[A-Za-z0-9_-]{16,}$/.test(kept)) return kept;
  }
  mkdirSync(dirname(path), { recursive: true });
  const secret = randomBytes(24).toString('base64url');
  writePrivateFile(path, `${secret}\n`, undefined);
  return secret;
}

function layout(base: string, name: string, elsewhere: boolean): ServerFolder {
  const logs = join(base, 'logs');
  const spool = join(base, 'spool');
  return {
    config: join(base, 'config'),
    modules: join(base, 'modules'),
    spool,
    logs,
    logFile: join(logs, `${name}.log`),
    consoleFile: join(base, 'console.log'),
    pidFile: join(spool, `${name}.pid`),
    ownerFile: join(base, 'owner'),
    elsewhere,
  };
}

/** The same folder every time, so that accounts outlive a restart; never one that somebody else has put there. */
function temporaryFolder(wanted: string, name: string, owner: FileOwner): string {
  const path = join(tmpdir(), `befriend-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || !canPass(dirname(path), owner)) {
    const advice = `the user of ${name} cannot reach ${dirname(wanted)}, nor may ${path} be used`;
    throw new XmppServerError('not_startable', `${name} has no folder: ${advice}; choose another data folder.`);
  }
  return path;
}

function canPass(path: string, owner: FileOwner): boolean {
  const { mode, uid, gid } = statSync(path);
  const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  return dirname(path) === path || canPass(dirname(path), owner);
}

function give(path: string, owner: FileOwner | undefined): void {
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
}
