import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { docker, dockerAvailable } from './docker-cli.ts';
import { answering } from './ready.ts';
import { account, defaultBytesPerSecond, deployFolder, webOrigin } from './server-config.ts';
import { componentSecret } from './server-folder.ts';
import { freePorts, portTaken } from './tcp-ports.ts';
import { type XmppServer, XmppServerError, type XmppServerOptions } from './xmpp-server.ts';

/** What is wanted of an ejabberd in Docker. */
export interface DockerEjabberdOptions extends XmppServerOptions {
  /** How long the container may take until it answers, milliseconds, without building the image; 30,000 unless told. */
  readonly readyWithinMs?: number;
}

interface Container {
  readonly id: string;
  readonly options: DockerEjabberdOptions;
  readonly wsPort: number;
  readonly componentPort: number;
  readonly clientPort: number;
  readonly secret: string;
}

const loopback = '127.0.0.1';

/**
 * Runs ejabberd in a container of the engine that `DOCKER_HOST` names, its ports published on 127.0.0.1, and resolves
 * when it answers. The image is built when it is not there: its tag is the hash of `deploy/ejabberd`. Accounts live in
 * a volume that belongs to `dataDir` and outlives the container; a container that an earlier run left is removed.
 *
 * @throws XmppServerError with its code; then no container is left.
 */
export async function startDockerEjabberd(options: DockerEjabberdOptions): Promise<XmppServer> {
  const engine = dockerAvailable();
  if (!engine.ok) throw new XmppServerError('not_startable', engine.why);
  const image = await builtImage(options);
  const volume = `befriend-${createHash('sha256').update(resolve(options.dataDir)).digest('hex').slice(0, 12)}`;
  await removeContainers(volume);
  try {
    const container = await runContainer(options, image, volume);
    await ready(container);
    return await serverOf(container, volume);
  } catch (error) {
    await removeContainers(volume);
    throw error;
  }
}

/** The image of the files in `folder`: another content is another tag. */
export function imageTag(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(folder, name)))
      .update('\0');
  }
  return `befriend-ejabberd:${hash.digest('hex').slice(0, 12)}`;
}

async function builtImage({ log }: DockerEjabberdOptions): Promise<string> {
  const folder = deployFolder('ejabberd');
  const tag = imageTag(folder);
  if ((await docker(['images', '--quiet', tag])) !== '') return tag;
  log.info('building the image of ejabberd, once', { tag });
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy'].filter((name) => process.env[name] !== undefined);
  await docker(['build', '--quiet', '--tag', tag, ...proxies.flatMap((name) => ['--build-arg', name]), folder]);
  return tag;
}

async function runContainer(options: DockerEjabberdOptions, image: string, volume: string): Promise<Container> {
  const wishes = [options.wsPort, options.componentPort, options.clientPort ?? 0];
  const [wsPort = 0, componentPort = 0, clientPort = 0] = await freePorts(wishes);
  const secret = componentSecret(options.dataDir);
  const settings = {
    FRIEND: options.friend,
    FRIEND_ACCOUNT: options.friendAccount === undefined ? '' : account(options.friendAccount),
    VISITORS: options.visitorsHost,
    ACCOUNTS: options.accountsHost ?? 'localhost',
    ORIGINS: options.origins.map(webOrigin).join(' '),
    BYTES_PER_SECOND: String(options.bytesPerSecond ?? defaultBytesPerSecond),
  };
  const ports = { [wsPort]: 5280, [componentPort]: 5347, [clientPort]: 5222 };
  const words = [
    ...['run', '--detach', '--label', `befriend=${volume}`, '--volume', `${volume}:/var/lib/ejabberd`],
    ...Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...['--env', 'SECRET'],
    ...Object.entries(ports).flatMap(([outer, inner]) => ['--publish', `${loopback}:${outer}:${inner}`]),
    image,
  ];
  const id = await docker(words, { SECRET: secret }).catch((error: unknown) => {
    const port = /(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)[^\n]*(?:already|in use)/.exec(String(error))?.[1];
    throw port === undefined ? error : portTaken(port, error);
  });
  return { id, options, wsPort, componentPort, clientPort, secret };
}

async function ready({ id, options, wsPort, componentPort, secret }: Container): Promise<void> {
  const failure = async (): Promise<XmppServerError | undefined> => {
    const runs = (await docker(['inspect', '--format', '{{.State.Running}}', id])) === 'true';
    return runs ? undefined : refusal(id);
  };
  const { friend, visitorsHost, readyWithinMs } = options;
  const component = { host: loopback, port: componentPort, secret };
  const starting = { name: 'ejabberd in Docker', service: serviceAt(wsPort), visitorsHost, friend, component };
  await answering({ ...starting, failure, advice: `see docker logs ${id.slice(0, 12)}` }, readyWithinMs);
}

async function refusal(id: string): Promise<XmppServerError> {
  const printed = await docker(['logs', '--tail', '50', id]);
  const lines = printed.split('\n');
  const line = lines.find((text) => text.includes('[critical]')) ?? lines.at(-1) ?? '';
  return new XmppServerError('bad_config', `ejabberd in Docker refuses its configuration: ${line.slice(0, 300)}`);
}

async function serverOf(container: Container, volume: string): Promise<XmppServer> {
  const { id, options, wsPort, componentPort, clientPort, secret } = container;
  const installed = await docker(['exec', id, 'dpkg-query', '--show', 'ejabberd']);
  const version = /\t([\d.]+)/.exec(installed)?.[1] ?? '(unknown version)';
  return {
    kind: 'docker',
    name: `ejabberd ${version} in Docker`,
    service: serviceAt(wsPort),
    visitorsHost: options.visitorsHost,
    component: { host: loopback, port: componentPort, secret },
    clients: { host: loopback, port: clientPort },
    stop: async () => {
      if ((await docker(['ps', '--quiet', '--no-trunc', '--filter', `id=${id}`])) === id) {
        await docker(['stop', '--time', '10', id]);
      }
      await removeContainers(volume);
    },
    restart: async () => {
      await docker(['stop', '--time', '10', id]);
      await docker(['start', id]);
      await ready(container);
    },
    kill: () => {
      execFileSync('docker', ['kill', id], { stdio: 'ignore' });
    },
    ctl: (...words) => docker(['exec', id, 'ejabberd-ctl', ...words]),
  };
}

function serviceAt(wsPort: number): string {
  return `ws://${loopback}:${wsPort}/xmpp-websocket`;
}

async function removeContainers(volume: string): Promise<void> {
  const ids = await docker(['ps', '--all', '--quiet', '--filter', `label=befriend=${volume}`]);
  if (ids !== '') await docker(['rm', '--force', ...ids.split('\n')]);
}
