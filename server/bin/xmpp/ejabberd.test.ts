import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Log } from '../../core/ports.ts';
import { type EjabberdOptions, startEjabberd } from './ejabberd.ts';
import { ejabberdAvailable } from './ejabberd-binary.ts';
import { vmsOf } from './erlang-vm.ts';
import { anonymousClient, type RawStream, rawComponent } from './raw-clients.ts';
import type { XmppServer } from './xmpp-server.ts';

const friendDomain = 'friend.localhost';
const ownOrigin = 'https://shop.example';
const folders: string[] = [];
const streams: RawStream[] = [];
const epmdsBefore = epmds();
let server: XmppServer;
let dataDir: string;
let friend: RawStream;

beforeAll(async () => {
  dataDir = newDataDir();
  server = await startEjabberd(options(dataDir));
  friend = keep(await rawComponent(friendDomain, server.component));
}, 60_000);

afterAll(async () => {
  for (const stream of streams) stream.close();
  await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('finds the installed ejabberd and names its version', () => {
  const found = ejabberdAvailable();

  expect(found).toEqual({ ok: true, version: expect.stringMatching(/^\d+\.\d+/) });
  expect(server.name).toBe(`ejabberd ${found.ok ? found.version : ''}`);
});

test('gives each visitor an address of their own and carries messages to the friend and back', async () => {
  const [ann, ben] = [await visitor(), await visitor()];

  ann.send(`<message to="${friendDomain}" type="chat" xmlns="jabber:client"><body>to the friend</body></message>`);
  const arrived = await friend.until(/to the friend/);
  friend.send(`<message from="${friendDomain}" to="${ann.jid}"><body>to ann</body></message>`);
  const answered = await ann.until(/to ann/);

  expect(ann.jid).toMatch(/^[^@]+@visitors\.localhost\/.+$/);
  expect(ann.jid).not.toBe(ben.jid);
  expect(arrived).toMatch(new RegExp(`from=['"]${ann.jid}['"]`));
  expect(answered).toMatch(/from=['"]friend\.localhost['"]/);
});

test('refuses a component that does not know the secret, and one of another domain', async () => {
  const wrongSecret = rawComponent(friendDomain, { ...server.component, secret: 'guessed' });
  const wrongDomain = rawComponent('other.localhost', server.component);

  const ends = await Promise.allSettled([wrongSecret, wrongDomain]);

  for (const end of ends) expect(end).toMatchObject({ reason: { message: expect.stringContaining('not-authorized') } });
});

test('refuses pages of an origin that is not on the list and lets in those that are', async () => {
  const foreign = anonymousClient(server.service, server.visitorsHost, 'https://evil.example');
  await expect(foreign).rejects.toThrow(/403/);

  const own = keep(await anonymousClient(server.service, server.visitorsHost, ownOrigin));

  expect(own.jid).toContain('@visitors.localhost/');
});

test('keeps what one visitor writes from another one and from the accounts of colleagues', async () => {
  const [ann, ben] = [await visitor(), await visitor()];
  await server.ctl?.('register', 'kim', 'localhost', 'a-password');

  ann.send(`<message to="${ben.jid}" type="chat" id="m1" xmlns="jabber:client"><body>psst</body></message>`);
  const bounce = await ann.until(/id=['"]m1['"]/);
  friend.send(`<message from="${friendDomain}" to="${ben.jid}"><body>end of ben</body></message>`);
  const first = await ben.until(/<message/);
  ann.send('<message to="kim@localhost" type="chat" id="m2" xmlns="jabber:client"><body>psst</body></message>');
  const refused = await ann.until(/id=['"]m2['"]/);

  expect(bounce).toContain('service-unavailable');
  expect(first).toContain('end of ben');
  expect(refused).toContain('service-unavailable');
});

test('bounces at once what is sent to a visitor who is gone', async () => {
  const ann = await visitor();
  ann.send(`<presence to="${friendDomain}" xmlns="jabber:client"/>`);
  await friend.until(new RegExp(ann.jid));

  ann.close();
  const gone = await friend.until(/unavailable/);
  friend.send(`<message from="${friendDomain}" to="${ann.jid}" type="chat" id="late"><body>late</body></message>`);
  const bounce = await friend.until(/id=['"]late['"]/);

  expect(gone).toContain(ann.jid);
  expect(bounce).toMatch(/type=['"]error['"]/);
});

test('delivers one stanza of the friend to more than twenty addresses, and none of a visitor', async () => {
  const visitors = await Promise.all(Array.from({ length: 25 }, visitor));
  const list = visitors.map(({ jid }) => `<address type="bcc" jid="${jid}"/>`).join('');
  const addressed = `<addresses xmlns="http://jabber.org/protocol/address">${list}</addresses><body>to all</body>`;
  const service = `multicast.${server.visitorsHost}`;

  visitors[0]?.send(`<message to="${service}" id="v" xmlns="jabber:client">${addressed}</message>`);
  const refused = await visitors[0]?.until(/id=['"]v['"]/);
  friend.send(`<message from="${friendDomain}" to="${service}">${addressed}</message>`);
  const received = await Promise.all(visitors.map((each) => each.until(/to all/)));

  expect(refused).toContain('service-unavailable');
  expect(received).toHaveLength(25);
});

test('listens on loopback only, starts no epmd, and keeps the secret to itself', () => {
  const [vm = 0] = vmsOf(join(dataDir, 'ejabberd', 'spool'));

  const addresses = listeningAddresses(vm);

  expect(addresses.length).toBeGreaterThanOrEqual(4);
  expect(addresses.filter((address) => address !== '0100007F')).toEqual([]);
  expect(epmds()).toEqual(epmdsBefore);
  for (const file of ['component-secret', 'ejabberd/config/ejabberd.yml']) {
    expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
  }
});

test('says which port is taken and what to do', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const address = blocker.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const start = startEjabberd({ ...options(newDataDir()), wsPort: port });

  await expect(start).rejects.toMatchObject({ code: 'port_taken', message: expect.stringContaining(`Port ${port} `) });
  blocker.close();
});

test('says where it looked for a binary that is not there', async () => {
  const start = startEjabberd({ ...options(newDataDir()), binary: '/nowhere/ejabberdctl' });

  await expect(start).rejects.toMatchObject({
    code: 'missing_binary',
    message: expect.stringContaining('/nowhere/ejabberdctl'),
  });
});

test('says why ejabberd refuses its configuration, and leaves nothing running', async () => {
  const folder = newDataDir();

  const start = startEjabberd({ ...options(folder), accountsHost: 'visitors.localhost' });

  await expect(start).rejects.toMatchObject({ code: 'bad_config', message: expect.stringContaining('hosts') });
  expect(vmsOf(join(folder, 'ejabberd', 'spool'))).toEqual([]);
}, 30_000);

test('refuses a data folder that a living process uses already', async () => {
  const second = startEjabberd(options(dataDir));

  await expect(second).rejects.toMatchObject({
    code: 'not_startable',
    message: expect.stringContaining(String(process.pid)),
  });
});

test('ends what a killed run left behind, keeps its accounts and secret, and leaves no process when it stops', async () => {
  const folder = newDataDir();
  const spool = join(folder, 'ejabberd', 'spool');
  const killed = spawn(process.execPath, ['--input-type=module-typescript', '-e', starter(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(killed.stdout, 'data');
  const left = vmsOf(spool);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const secret = readFileSync(join(folder, 'component-secret'), 'utf8').trim();

  const again = await startEjabberd(options(folder));
  const running = vmsOf(spool);
  const accounts = await again.ctl?.('registered_users', 'localhost');
  await again.stop();
  await again.stop();

  expect(left).toHaveLength(1);
  expect(running).toHaveLength(1);
  expect(running).not.toEqual(left);
  expect(again.component.secret).toBe(secret);
  expect(accounts?.trim()).toBe('kim');
  expect(vmsOf(spool)).toEqual([]);
  expect(processesNaming(folder)).toEqual([]);
}, 60_000);

test('comes back with the same ports after it was killed', async () => {
  const again = await startEjabberd(options(newDataDir()));

  again.kill?.();
  await again.restart?.();
  const ann = await anonymousClient(again.service, again.visitorsHost);
  ann.close();
  await again.stop();

  expect(ann.jid).toContain('@visitors.localhost/');
}, 60_000);

test('keeps its files elsewhere, and says so, when its user cannot reach the data folder', async () => {
  const closed = newDataDir();
  chmodSync(closed, 0o700);
  const folder = join(closed, 'data');
  mkdirSync(folder);
  const warnings: Readonly<Record<string, unknown>>[] = [];
  const log: Log = { info: () => undefined, warn: (_, fields = {}) => warnings.push(fields), error: () => undefined };

  const started = await startEjabberd({ ...options(folder), log });
  await started.stop();

  const used = String(warnings[0]?.folder);
  folders.push(dirname(used));
  expect(used).toMatch(new RegExp(`^${tmpdir()}/befriend-[0-9a-f]{12}/spool$`));
}, 60_000);

function options(folder: string): EjabberdOptions {
  const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ports = { wsPort: 0, componentPort: 0 };
  return {
    dataDir: folder,
    friend: friendDomain,
    visitorsHost: 'visitors.localhost',
    origins: [ownOrigin],
    ...ports,
    log,
  };
}

/** The program of another process that starts ejabberd, makes an account, says so and then waits for its end. */
function starter(folder: string): string {
  const { log, ...plain } = options(folder);
  const module = JSON.stringify(new URL('./ejabberd.ts', import.meta.url).href);
  return `import { startEjabberd } from ${module};
    const silent = () => undefined;
    const log = { info: silent, warn: silent, error: silent };
    const server = await startEjabberd({ ...${JSON.stringify(plain)}, log });
    await server.ctl('register', 'kim', 'localhost', 'a-password');
    console.log('up');
    setInterval(silent, 1_000);`;
}

function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-test-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

function keep(stream: RawStream): RawStream {
  streams.push(stream);
  return stream;
}

async function visitor(): Promise<RawStream> {
  return keep(await anonymousClient(server.service, server.visitorsHost));
}

/** The local addresses, as `proc(5)` writes them, of the TCP sockets on which `pid` listens. */
function listeningAddresses(pid: number): string[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).map((fd) => statSync(`/proc/${pid}/fd/${fd}`, { throwIfNoEntry: false })?.ino),
  );
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1),
  );
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && sockets.has(Number(fields[9])))
    .map((fields) => (fields[1] ?? '').split(':')[0] ?? '');
}

function epmds(): string[] {
  return processesNaming('epmd').filter((command) => command.split('\0')[0]?.endsWith('/epmd'));
}

function processesNaming(word: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.map(commandLine).filter((command) => command.includes(word));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
