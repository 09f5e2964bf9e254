import { existsSync, readFileSync } from 'node:fs';
import type { ServerFolder } from './server-folder.ts';
import { portTaken } from './tcp-ports.ts';
import { XmppServerError } from './xmpp-server.ts';

/**
 * Reads why an ejabberd will not come up: from what its log says after byte `logStart`, and, once the launcher has
 * `ended`, from what was printed. Nothing while it may still succeed.
 */
export function failureIn(
  folder: Pick<ServerFolder, 'logFile' | 'consoleFile'>,
  logStart: number,
  ended: boolean,
): XmppServerError | undefined {
  const log = tail(folder.logFile, logStart);
  const port = /Failed to (?:open|start) \w+ socket at [^\n]*?:(\d+)[^\n]*address already in use/.exec(log)?.[1];
  if (port !== undefined) return portTaken(port);
  const critical = /\[critical\] (?:<[\d.]+>)?(?:@[\w:/]+)? ?([^\n]+)/.exec(log)?.[1];
  if (critical !== undefined) {
    return new XmppServerError('bad_config', `ejabberd refuses its configuration: ${critical} (${folder.logFile})`);
  }
  if (!ended) return undefined;
  const last = `${tail(folder.consoleFile, 0)}\n${log}`.trim().split('\n').at(-1) ?? '';
  return new XmppServerError('not_startable', `ejabberd ended at once: ${last.trim().slice(0, 300)}`);
}

function tail(path: string, start: number): string {
  return existsSync(path) ? readFileSync(path).subarray(start).toString('utf8') : '';
}
