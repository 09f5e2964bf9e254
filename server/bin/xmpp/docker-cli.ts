import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { XmppServerError } from './xmpp-server.ts';

/** Whether a Docker engine answers (`DOCKER_HOST` is respected); `why` is one line for people. */
export type DockerAvailability =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly why: string };

/** Looks whether a Docker engine answers within five seconds. Starts nothing. */
export function dockerAvailable(): DockerAvailability {
  try {
    const words = ['version', '--format', '{{.Server.Version}}'];
    const version = execFileSync('docker', words, {
      encoding: 'utf8',
      timeout: 5_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { ok: true, version: version.trim() };
  } catch (error) {
    return { ok: false, why: isMissing(error) ? noClient : noEngine };
  }
}

/**
 * Runs the Docker client and returns what it printed. What stands in `secrets` becomes its environment, so that
 * `--env NAME` passes it on without showing it in the list of processes.
 *
 * @throws XmppServerError `missing_binary` without a client, `not_startable` with what Docker says otherwise.
 */
export async function docker(
  words: readonly string[],
  secrets: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const env = { ...process.env, ...secrets };
    const { stdout } = await promisify(execFile)('docker', words, { env, maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    if (isMissing(error)) throw new XmppServerError('missing_binary', noClient, error);
    throw new XmppServerError('not_startable', `docker ${words[0]} failed: ${complaint(error)}`, error);
  }
}

const noClient = 'Docker is not installed: run "npm run setup" as root, or "apt install docker.io".';
const noEngine = 'No Docker engine answers: start it, set DOCKER_HOST, or run ".ci/docker-engine FOLDER" as root.';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function complaint(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
