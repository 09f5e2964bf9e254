import { existsSync, readFileSync } from 'node:fs';
import type { ServerFolder } from './server-folder.ts';
import { portTaken } from './tcp-ports.ts';
import { XmppServerError } from './xmpp-server.ts';

/**
 * Reads why a Prosody will not come up: from what its log says after byte `logStart`, and, once it has `ended`, from
 * what it printed. A module that cannot be loaded counts, because Prosody would go on without the fence.
 */
export function prosodyFailure(
  { logFile, consoleFile }: Pick<ServerFolder, 'logFile' | 'consoleFile'>,
  logStart: number,
  ended: boolean,
): XmppServerError | undefined {
  const log = tail(logFile, logStart);
  const port = /Failed to open server port (\d+) on/.exec(log)?.[1];
  if (port !== undefined) return portTaken(port);
  const refused = /\b(?:modulemanager|configmanager|hostmanager)\s+error\s+([^\n]+)/.exec(log)?.[1];
  if (refused !== undefined) {
    return new XmppServerError('bad_config', `Prosody refuses its configuration: ${refused} (${logFile})`);
  }
  if (!ended) return undefined;
  const printed = tail(consoleFile, 0);
  const lines = `${printed}\n${log}`.split('\n').filter((line) => /\w/.test(line));
  const why = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '';
  return new XmppServerError('bad_config', `Prosody ended at once: ${why.trim().slice(0, 300)}`);
}

function tail(path: string, start: number): string {
  return existsSync(path) ? readFileSync(path).subarray(start).toString('utf8') : '';
}
