import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { folderBlobs } from '../blobs/folder.ts';
import { serveBuiltin } from '../builtin/node.ts';
import { builtinServer } from '../builtin/server.ts';
import type { Friend } from '../core/friend.ts';
import type { Counter } from '../core/meter.ts';
import { pictures } from '../core/picture.ts';
import type { Clock, TokenVerifier, Transport } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { webFetch } from '../fetch/web.ts';
import type { ApiOptions } from '../http/api.ts';
import { httpApp } from '../http/app.ts';
import { filesIn, type ServedFile } from '../http/files.ts';
import { metricsOf } from '../http/metrics.ts';
import type { Config } from '../package/config.ts';
import { fileDoor } from '../plugins/file-door.ts';
import { sweepFiles } from '../plugins/file-sweep.ts';
import type { FilesOptions } from '../plugins/files.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { jwtVerifier } from '../tokens/jwt.ts';
import { keysIn } from '../tokens/keys.ts';
import { accountTransport } from '../transports/account.ts';
import { componentTransport } from '../transports/component.ts';
import { memoryTransport } from '../transports/memory.ts';
import { apiKeysIn } from './api-keys.ts';
import { buildPage, builtFolder, builtPages } from './build-pages.ts';
import { composeFriend } from './compose.ts';
import { type FriendSettings, friendSettings, SettingError, visitorsHostOf } from './environment.ts';
import { crashBy, faultsOf } from './faults.ts';
import { makeInvite } from './invite.ts';
import { keptTransport } from './kept-transport.ts';
import { clock, hmac, lineLog, random, sha256 } from './platform.ts';
import { recordIn } from './record-file.ts';
import { RunningFriend, type RunningFriendOptions } from './running-friend.ts';
import { ConfigError } from './site-config.ts';
import { SiteLogic } from './site-logic.ts';
import { watchEventLoop } from './watchdog.ts';

/** Exit codes that the starting process understands: a new start cannot help, or it is needed (sysexits.h). */
const exits = { unusable: 78, commitUnknown: 74 } as const;

/** Primary result codes of SQLite: an I/O error, a full disk. */
const passing = [10, 13];

const root = join(import.meta.dirname, '..', '..');
const log = lineLog('info');

/** Of these there is one copy, whatever a site's own logic imports. */
const productFolders = [join(root, 'server'), join(root, 'protocol')];

/** The friend's process: one friend, its store, its web side. */
async function main(settings: FriendSettings): Promise<void> {
  mkdirSync(settings.data, { recursive: true });
  const http = createServer();
  const crash = crashBy(faultsOf(process.env.BEFRIEND_FAULT), Math.random, () => process.kill(process.pid, 'SIGKILL'));
  const planted = crash === undefined ? {} : { crash };
  const store = sqliteStore({ path: join(settings.data, 'befriend.db'), log, clock, ...planted });
  const tokens = verifierOf(settings);
  const files = await filesOf(settings);
  const keys = settings.apiKeys === undefined ? undefined : apiKeysIn(settings.apiKeys, { clock, log });
  const site = await SiteLogic.open({
    folder: process.cwd(),
    dev: settings.dev ?? false,
    product: productFolders,
    say,
  });
  const link = settings.xmpp === undefined ? builtinTransport(http, settings) : outside(settings, settings.xmpp);
  const transport = keptTransport(link, log);
  const fatal = (error: unknown): void => {
    log.error('A commit’s outcome is unknown; starting again to read what is on disk', { error: String(error) });
    process.exit(exits.commitUnknown);
  };
  const trace = settings.record === undefined ? undefined : recordIn(settings.record, { clock, log });
  const compose = (logic: Config, time: Clock): Friend =>
    composeFriend({
      ...logic,
      ...(tokens === undefined ? {} : { tokens }),
      ...(settings.accounts === undefined ? {} : { accounts: settings.accounts }),
      ...(files === undefined ? {} : { files }),
      ...(settings.jwt?.issuer === undefined ? {} : { site: { issuer: settings.jwt.issuer } }),
      ...{ transport, store, clock: time, random, log, sha256, fatal, fetch: webFetch() },
      ...planted,
      ...(trace && { trace }),
      rate: { perSecond: 20, burst: 100 },
    });
  if (settings.dev) process.on('uncaughtException', (error) => uncaught(error, site));
  const friend = await started({ compose, transport, clock, lost: fatal }, site);
  // Not before: a data file that is lifted to a new schema may take its time.
  watchEventLoop();
  serve(http, friend, store, settings, { files, keys });
  const port = await listening(http, settings.port);
  const sweep = files === undefined ? undefined : sweepFiles({ store, blobs: files.blobs, clock, log });
  endOn(['SIGINT', 'SIGTERM', 'disconnect'], () => {
    site.end();
    sweep?.();
    return stop(http, friend);
  });
  await linkUp(friend);
  site.whenSaved((logic) => friend.change(logic));
  const logic = site.name === undefined ? {} : { logic: site.name };
  process.send?.({ ready: { port, ...logic, ...(settings.invite ? { invite: await invited(store) } : {}) } });
}

/** @throws ConfigError for what the site's own logic throws, where nobody is at work on it */
async function started(
  options: Omit<RunningFriendOptions<Config>, 'logic'>,
  site: SiteLogic,
): Promise<RunningFriend<Config>> {
  for (;;) {
    let friend: RunningFriend<Config> | undefined;
    try {
      friend = new RunningFriend({ ...options, logic: site.config });
      await friend.start();
      return friend;
    } catch (error) {
      // Made, it may fail for other reasons than its logic: a disk, a port.
      if (friend !== undefined && !site.isOwn(error)) throw error;
      await site.repaired(error);
    }
  }
}

/** What the site's own code throws where nobody waits for it is said while somebody is at work on it, and ends nothing. */
function uncaught(error: unknown, site: SiteLogic): void {
  if (site.isOwn(error))
    return say(`${(site.fault(error) as Error).message}\nNobody waited for that; all else goes on.`);
  log.error('Something failed that nobody waited for', { error: String((error as Error)?.stack ?? error) });
  if (!site.isWaiting) process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function builtinTransport(http: Server, { friend, origins }: FriendSettings): Transport {
  const host = visitorsHostOf(friend);
  const builtin = builtinServer({ host, clock, random, log, origins: origins.length === 0 ? '*' : origins });
  serveBuiltin(http, builtin);
  return memoryTransport({ address: friend, link: builtin.component(friend), log });
}

function outside({ friend }: FriendSettings, xmpp: NonNullable<FriendSettings['xmpp']>): Transport {
  const outer = { clock, random, log };
  if ('component' in xmpp) {
    return componentTransport({ service: xmpp.component, domain: friend, secret: xmpp.secret, ...outer });
  }
  return accountTransport({ service: xmpp.login, address: friend, password: xmpp.password, ...outer });
}

/** @throws SettingError that names the variable which cannot be used */
function verifierOf({ jwt }: FriendSettings): TokenVerifier | undefined {
  if (jwt?.secret === undefined && jwt?.keys === undefined) return undefined;
  const { keys: path, ...options } = jwt;
  try {
    return jwtVerifier({ ...options, keys: path === undefined ? [] : keysIn(readFileSync(path, 'utf8')) });
  } catch (error) {
    throw new SettingError(`BEFRIEND_JWT_KEYS is ${JSON.stringify(path)}; ${(error as Error).message}`);
  }
}

/** @throws SettingError for a folder that cannot be used */
async function filesOf({ files }: FriendSettings): Promise<FilesOptions | undefined> {
  if (files === undefined) return undefined;
  const { folder, diskBytes, address } = files;
  const blobs = folderBlobs(folder);
  await blobs.open().catch((error: Error) => {
    throw new SettingError(
      `The folder of files cannot be used: ${error.message}; set BEFRIEND_FILES to another, or to off.`,
    );
  });
  const bounds = diskBytes === undefined ? {} : { diskBytes };
  return { blobs, hmac, bounds, ...(address === undefined ? {} : { address }) };
}

function serve(
  http: Server,
  friend: RunningFriend<Config>,
  store: Store,
  { friend: address, xmpp, dev = false }: FriendSettings,
  { files, keys }: { files: FilesOptions | undefined; keys: ApiOptions['keys'] | undefined },
): void {
  const metrics = metricsOf(friend);
  const count = (counter: Counter, by?: number): void => friend.meter.count(counter, by);
  const failed = (error: unknown): void => log.error('A request of the API failed', { error: String(error) });
  const app = httpApp({
    widget: join(root, 'dist', 'widget'),
    pages: join(root, 'pages'),
    site: sitePages(join(process.cwd(), 'public'), dev),
    built: builtPages.map((page) => ({
      ...page,
      folder: builtFolder(page),
      build: () => buildPage(page),
      failed: (error) => log.error(`The ${page.name} could not be built`, { error: String(error) }),
    })),
    friend: address,
    service: (origin) => xmpp?.service ?? `${origin.replace(/^http/, 'ws')}/xmpp-websocket`,
    status: () => friend.status,
    picture: (key) => store.state(pictures.plugin, pictures.scope, key),
    ...(files === undefined ? {} : { files: fileDoor({ ...files, store, clock, count }) }),
    ...(keys === undefined
      ? {}
      : { api: { keys, clock, random, inject: (user, action) => friend.inject(user, action), failed } }),
    metrics: async () => ({ type: metrics.contentType, text: await metrics.metrics() }),
  });
  // Who neither sends nor takes for a minute is not waited for; a WebSocket has its own keepalive.
  http.setTimeout(60_000);
  const listener = getRequestListener(app.fetch);
  http.on('request', (request, response) => void friend.settled().then(() => listener(request, response)));
}

/** A site's own pages, where it has any; while they are made they are read each time. */
function sitePages(folder: string, dev: boolean): () => ReadonlyMap<string, ServedFile> {
  const read = (): ReadonlyMap<string, ServedFile> => (existsSync(folder) ? filesIn(folder) : new Map());
  const files = read();
  return dev ? read : () => files;
}

/** Resolves when the link is up, or when it takes too long to wait for: `/healthz` says what is wrong. */
async function linkUp(friend: Pick<Friend, 'status'>): Promise<void> {
  const patience = clock.now() + 10_000;
  while (friend.status.link.state !== 'up' && clock.now() < patience) {
    await new Promise<void>((resolve) => clock.after(20, resolve));
  }
  if (friend.status.link.state !== 'up') log.warn('No link to the XMPP server yet', { ...friend.status.link });
}

function invited(store: Store): Promise<string> {
  return makeInvite(store, random, sha256);
}

function listening(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      const address = http.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function stop(http: Server, friend: RunningFriend<Config>): Promise<void> {
  http.close();
  await friend.stop();
  http.closeAllConnections();
}

/** Ends cleanly once; whoever has not finished after 5 s is ended. */
function endOn(events: readonly string[], finish: () => Promise<void>): void {
  let ending = false;
  for (const event of events) {
    process.on(event, () => {
      if (ending) return;
      ending = true;
      setTimeout(() => process.exit(1), 5_000).unref();
      finish().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('The friend did not stop cleanly', { error: String(error) });
          process.exit(1);
        },
      );
    });
  }
}

main(friendSettings(process.env)).catch((error: unknown) => {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(exits.unusable);
  }
  const { code, errcode = 0, message } = error as { code?: string; errcode?: number; message?: string };
  const taken = code === 'EADDRINUSE';
  log.error(
    taken ? 'The port is taken. Set PORT to a free one.' : `The friend could not start: ${message ?? String(error)}`,
  );
  // A full disk or one that fails may be well again at the next start.
  process.exit(passing.includes(errcode & 0xff) ? exits.commitUnknown : exits.unusable);
});
