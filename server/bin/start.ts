import '../../.ci/node-version.cjs';
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { extname, join } from 'node:path';
import { buildWidget } from './build-widget.ts';
import { type FriendSettings, SettingError, type StartSettings, startSettings, visitorsHostOf } from './environment.ts';
import { faultsOf } from './faults.ts';
import { lineLog } from './platform.ts';
import { startDockerEjabberd } from './xmpp/docker.ts';
import { startEjabberd } from './xmpp/ejabberd.ts';
import { ejabberdAvailable } from './xmpp/ejabberd-binary.ts';
import { startProsody } from './xmpp/prosody.ts';
import { type XmppServer, XmppServerError } from './xmpp/xmpp-server.ts';

const root = join(import.meta.dirname, '..', '..');
const log = lineLog('warn');

/** `befriend dev` and `npm run dev`. */
const dev = process.argv[2] === 'dev';

/** Another start cannot help. */
const unusable = 78;

/** Starts everything that `npm start` promises, and ends all of it on Ctrl-C. */
async function main(): Promise<void> {
  const settings = startSettings(process.env);
  faultsOf(process.env.BEFRIEND_FAULT);
  let starting: ReturnType<typeof xmppServer> = Promise.resolve({});
  let friend: FriendProcess | undefined;
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    // An XMPP server that is still on its way up is waited for: nothing may be left running.
    void Promise.resolve(friend?.stop())
      .then(() => starting)
      .then(({ server }) => server?.stop())
      .finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0));
  await portFree(settings.port);
  await buildWidget();
  mkdirSync(settings.data, { recursive: true });
  if (ending) return;
  starting = xmppServer(settings);
  const { server, note } = await starting;
  if (ending) return;
  friend = new FriendProcess(settings, server, (ready) => announce(ready, server, note));
  friend.onUnusable = () => end(1);
  friend.start();
}

interface Ready {
  readonly port: number;
  readonly invite?: string;
  /** The name of the file with the site's own logic. */
  readonly logic?: string;
}

function announce({ port, invite, logic }: Ready, server: XmppServer | undefined, note: string | undefined): void {
  const origin = `http://127.0.0.1:${port}`;
  const name = server?.name ?? 'built-in, for demo and development only';
  const lines = [
    `Befriend is ready: ${origin} (XMPP: ${name})`,
    ...(logic === undefined ? [] : [`Logic: ${logic}${dev ? ', loaded again when it is saved' : ''}`]),
    `Ask for help as a visitor: ${origin}/support`,
    ...(invite === undefined ? [] : [`Answer as a colleague (this link works once): ${origin}/inbox/#${invite}`]),
    ...(note === undefined ? [] : [note]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The friend's own process, started again when it dies of itself. */
class FriendProcess {
  onUnusable: () => void = () => undefined;
  readonly #settings: StartSettings;
  readonly #server: XmppServer | undefined;
  readonly #announce: (ready: Ready) => void;
  #child: ChildProcess | undefined;
  #port: number;
  #announced = false;
  #stopping = false;
  #deaths = 0;

  constructor(settings: StartSettings, server: XmppServer | undefined, announced: (ready: Ready) => void) {
    this.#settings = settings;
    this.#server = server;
    this.#announce = announced;
    this.#port = settings.port;
  }

  start(): void {
    const env = { ...process.env, BEFRIEND_SETTINGS: JSON.stringify(this.#friendSettings()) };
    // A group of its own: Ctrl-C reaches only this process, which ends the friend first and the XMPP server after it.
    const child = fork(join(root, 'server', 'bin', `friend${extname(import.meta.filename)}`), { env, detached: true });
    this.#child = child;
    const startedAt = Date.now();
    child.on('message', ({ ready }: { ready: Ready }) => {
      this.#port = ready.port;
      if (!this.#announced) this.#announce(ready);
      this.#announced = true;
    });
    child.on('exit', (code, signal) => {
      if (this.#stopping) return;
      if (code === unusable) return this.onUnusable();
      this.#deaths = Date.now() - startedAt > 10_000 ? 1 : this.#deaths + 1;
      log.warn('The friend ended and is started again', { code, signal, deaths: this.#deaths });
      setTimeout(() => this.#stopping || this.start(), Math.min(10_000, 100 * 2 ** this.#deaths));
    });
  }

  stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  }

  #friendSettings(): FriendSettings {
    const { accounts, apiKeys, data, files, friend, jwt, origins, record, secret, xmpp } = this.#settings;
    const own = this.#server && {
      component: `xmpp://${this.#server.component.host}:${this.#server.component.port}`,
      secret: this.#server.component.secret,
      service: this.#server.service,
    };
    const given = typeof xmpp !== 'object' ? own : 'login' in xmpp ? xmpp : { ...xmpp, secret: secret ?? '' };
    const common = {
      ...{ port: this.#port, data, friend, jwt, accounts, origins, invite: !this.#announced, dev },
      ...(files === undefined ? {} : { files }),
      ...(apiKeys === undefined ? {} : { apiKeys }),
      ...(record === undefined ? {} : { record }),
    };
    return given === undefined ? common : { ...common, xmpp: given };
  }
}

/** The XMPP server that was asked for; none where the friend's process brings its own, or one runs elsewhere. */
async function xmppServer(settings: StartSettings): Promise<{ server?: XmppServer; note?: string }> {
  const { data, friend, origins, xmpp } = settings;
  const visitorsHost = visitorsHostOf(friend);
  if (typeof xmpp === 'object') return { server: elsewhere(xmpp, settings.secret ?? '', visitorsHost) };
  const wsPort = settings.wsPort ?? (await usualOrFree(5280));
  const componentPort = settings.componentPort ?? (await usualOrFree(5347));
  const clients = settings.clientPort === undefined ? {} : { clientPort: settings.clientPort };
  const options = { dataDir: data, friend, visitorsHost, origins, wsPort, componentPort, ...clients, log };
  if (xmpp === 'builtin') return {};
  if (xmpp === 'docker') return { server: await startDockerEjabberd(options) };
  if (xmpp === 'native') return { server: await startEjabberd(options) };
  if (xmpp === 'prosody') return { server: await startProsody(options) };
  const available = ejabberdAvailable();
  if (!available.ok) return { note: `Not ejabberd: ${available.why}` };
  try {
    return { server: await startEjabberd(options) };
  } catch (error) {
    if (!(error instanceof XmppServerError) || error.code !== 'not_startable') throw error;
    return { note: `Not ejabberd: ${error.message}` };
  }
}

function elsewhere(xmpp: Exclude<StartSettings['xmpp'], string>, secret: string, visitorsHost: string): XmppServer {
  const place = 'login' in xmpp ? xmpp.login : xmpp.component;
  const { hostname, port } = new URL(place.replace(/^xmpp:/, 'http:'));
  const component = { host: hostname, port: Number(port), secret };
  return {
    kind: 'external',
    name: place,
    service: xmpp.service,
    visitorsHost,
    component,
    stop: () => Promise.resolve(),
  };
}

async function portFree(port: number): Promise<void> {
  if (await isTaken(port)) throw new SettingError(`Port ${port} is taken. Set PORT to a free one: PORT=8081 npm start`);
}

/** The same port at every start where that can be, so that a copied tag stays true. */
async function usualOrFree(port: number): Promise<number> {
  return (await isTaken(port)) ? 0 : port;
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(true));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)));
  });
}

main().catch((error: unknown) => {
  const known = error instanceof SettingError || error instanceof XmppServerError;
  process.stderr.write(`${known ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
});
