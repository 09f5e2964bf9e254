import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, runTool } from './tool.ts';

const isRoot = process.getuid?.() === 0;
const isCi = process.env.CI === 'true';

/** What the tests cannot do without: Debian package → the program in it, or what else shows that it is there. */
const required: Readonly<Record<string, string>> = {
  ejabberd: 'ejabberdctl',
  prosody: 'prosody',
  chromium: 'chromium',
  'firefox-esr': 'firefox-esr',
  'webkit2gtk-driver': 'WebKitWebDriver',
  xvfb: 'Xvfb',
  profanity: 'profanity',
  // Gives a client that needs a terminal one.
  tmux: 'tmux',
  // A library, which lies beside the folder of programs.
  'python3-slixmpp': '../lib/python3/dist-packages/slixmpp',
};

/**
 * Installs missing system packages where we may, as root on Debian or in CI.
 * @returns one line that says what is missing, or nothing when all is there
 */
export async function missingPackages(): Promise<string | undefined> {
  if (isCi || (isRoot && existsSync('/etc/debian_version'))) {
    const { code } = await runTool(['bash', '.ci/setup'], { stream: true });
    return code === 0 ? undefined : 'The system packages could not be installed: see above.';
  }
  const missing = Object.keys(required).filter((name) => !isInstalled(required[name] ?? name));
  if (missing.length === 0) return undefined;
  return `Missing system packages: ${missing.join(' ')}. As root on Debian: npm run setup`;
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** An engine that answers. */
export interface DockerEngine {
  readonly env: Readonly<Record<string, string>>;
  /** Ends it if it was started here. */
  stop(): Promise<void>;
}

/**
 * A Docker engine: the one that answers already, or one of our own, as root.
 * @returns one line that says why there is none
 */
export async function dockerEngine(): Promise<DockerEngine | string> {
  const found = await runTool(['docker', 'version', '--format', '{{.Server.Version}}']);
  if (found.code === 0) return { env: {}, stop: async () => undefined };
  if (!isRoot) return 'no Docker engine answers, and only root can start one';
  const folder = join(root, '.cache/docker');
  const ranBefore = isRunning(join(folder, 'docker.pid'));
  const started = await runTool(['bash', '.ci/docker-engine', folder]);
  const host = /^DOCKER_HOST=(.+)$/m.exec(started.output)?.[1];
  const stop = async (): Promise<void> => {
    if (!ranBefore) await runTool(['bash', '.ci/docker-engine', 'stop', folder]);
  };
  if (started.code === 0 && host !== undefined) return { env: { DOCKER_HOST: host }, stop };
  await stop();
  return started.output.trim().split('\n').at(-1) ?? 'no Docker engine could be started';
}

/** True where a Docker that cannot be had is a failure. */
export const dockerIsRequired = isCi;

function isRunning(pidFile: string): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
