import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '../../core/ports.ts';
import { commandLine } from './processes.ts';
import { accountClient, anonymousClient, type RawStream, rawComponent } from './raw-clients.ts';
import type { XmppServer, XmppServerOptions } from './xmpp-server.ts';

/** A server that Befriend starts from a package, as the contract sees it. */
export interface ServerUnderTest {
  readonly start: (options: XmppServerOptions & { readonly binary?: string }) => Promise<XmppServer>;
  /** The file and the name of `start`, for another process. */
  readonly startedBy: readonly [url: URL, name: string];
  /** The server's own processes that belong to a data folder. */
  readonly processes: (dataDir: string) => readonly number[];
  /** The file that holds the component's secret, below the data folder. */
  readonly configFile: string;
}

/** What the tests of one server share, beside the contract. */
export interface RunningServer {
  readonly server: () => XmppServer;
  /** The friend's component, connected. */
  readonly friend: () => RawStream;
  readonly dataDir: () => string;
  readonly visitor: () => Promise<RawStream>;
}

const friendDomain = 'friend.localhost';
const ownOrigin = 'https://shop.example';

/** What `npm start` promises of every server that it starts; `more` adds what only one of them does. */
export function serverContract(name: string, under: ServerUnderTest, more: (running: RunningServer) => void): void {
  const { start, processes } = under;
  const folders: string[] = [];
  const streams: RawStream[] = [];
  let server: XmppServer;
  let dataDir: string;
  let friend: RawStream;

  beforeAll(async () => {
    dataDir = newDataDir();
    server = await start(optionsAt(dataDir));
    friend = keep(await rawComponent(friendDomain, server.component));
  }, 60_000);

  afterAll(async () => {
    for (const stream of streams) stream.close();
    await server.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  describe(name, () => {
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

      for (const end of ends) {
        expect(end).toMatchObject({ reason: { message: expect.stringMatching(/not-authorized|host-unknown/) } });
      }
    });

    test('refuses pages of an origin that is not on the list and lets in those that are', async () => {
      const foreign = anonymousClient(server.service, server.visitorsHost, { origin: 'https://evil.example' });
      await expect(foreign).rejects.toThrow(/403/);

      const own = keep(await anonymousClient(server.service, server.visitorsHost, { origin: ownOrigin }));

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

    test('tells at once that a visitor is gone, and bounces what is sent to them', async () => {
      const ann = await visitor();
      ann.send(`<presence to="${friendDomain}" xmlns="jabber:client"/>`);
      await friend.until(new RegExp(ann.jid));

      ann.close();
      const gone = await friend.until(/unavailable/);
      friend.send(`<message from="${friendDomain}" to="${ann.jid}" type="chat" id="late"><body>late</body></message>`);
      const bounce = await friend.until(/id=['"]late['"]/);

      expect(gone).toContain(ann.jid);
      expect(bounce).toMatch(/type=['"]error['"]/);
      expect(bounce).toMatch(/type=['"]cancel['"]/);
    });

    test('listens on loopback only, and keeps the secret to itself', () => {
      const [pid = 0] = processes(dataDir);

      const addresses = listeningAddresses(pid);

      expect(addresses.length).toBeGreaterThanOrEqual(3);
      expect(addresses.filter((address) => address !== '0100007F')).toEqual([]);
      for (const file of ['component-secret', under.configFile]) {
        expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
      }
    });

    test('says which port is taken and what to do', async () => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      const address = blocker.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;

      const started = start({ ...optionsAt(newDataDir()), wsPort: port });

      const message = expect.stringContaining(`Port ${port} `);
      await expect(started).rejects.toMatchObject({ code: 'port_taken', message });
      blocker.close();
    });

    test('says where it looked for a binary that is not there', async () => {
      const started = start({ ...optionsAt(newDataDir()), binary: '/nowhere/server' });

      const message = expect.stringContaining('/nowhere/server');
      await expect(started).rejects.toMatchObject({ code: 'missing_binary', message });
    });

    test('refuses a data folder that a living process uses already', async () => {
      const second = start(optionsAt(dataDir));

      const message = expect.stringContaining(String(process.pid));
      await expect(second).rejects.toMatchObject({ code: 'not_startable', message });
    });

    test('ends what a killed run left, keeps its accounts and secret, and leaves no process when it stops', async () => {
      const folder = newDataDir();
      const words = ['--input-type=module-typescript', '-e', starter(folder)];
      const killed = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(killed.stdout, 'data');
      const left = processes(folder);
      killed.kill('SIGKILL');
      await once(killed, 'exit');
      const secret = readFileSync(join(folder, 'component-secret'), 'utf8').trim();

      const again = await start(optionsAt(folder));
      const running = processes(folder);
      const kim = await accountClient(again.service, 'localhost', 'kim', 'a-password');
      kim.close();
      await again.stop();
      await again.stop();

      expect(left).toHaveLength(1);
      expect(running).toHaveLength(1);
      expect(running).not.toEqual(left);
      expect(again.component.secret).toBe(secret);
      expect(kim.jid).toMatch(/^kim@localhost\//);
      expect(processes(folder)).toEqual([]);
      expect(processesNaming(folder)).toEqual([]);
    }, 60_000);

    test('comes back with the same ports after it was killed', async () => {
      const again = await start(optionsAt(newDataDir()));

      again.kill?.();
      await again.restart?.();
      const ann = await anonymousClient(again.service, again.visitorsHost);
      ann.close();
      await again.stop();

      expect(ann.jid).toContain('@visitors.localhost/');
    }, 60_000);

    test('lets visitors reach the account of a friend that logs in as one, and no other account', async () => {
      const mine = await start({ ...optionsAt(newDataDir()), friendAccount: 'bo@localhost/friend' });
      await mine.ctl?.('register', 'bo', 'localhost', 'a-password');
      const bo = await accountClient(mine.service, 'localhost', 'bo', 'a-password');
      const ann = await anonymousClient(mine.service, mine.visitorsHost);

      ann.send(`<message to="${bo.jid}" type="chat" xmlns="jabber:client"><x>to the friend</x></message>`);
      const arrived = await bo.until(/to the friend/);
      bo.send(`<message to="${ann.jid}" type="chat" xmlns="jabber:client"><x>to ann</x></message>`);
      const answered = await ann.until(/to ann/);
      ann.send('<message to="kim@localhost/x" type="chat" id="m1" xmlns="jabber:client"><body>psst</body></message>');
      const refused = await ann.until(/id=['"]m1['"]/);
      await mine.stop();

      expect(arrived).toContain(ann.jid);
      expect(answered).toContain(bo.jid);
      expect(refused).toContain('service-unavailable');
    }, 60_000);

    test('keeps its files elsewhere, and says so, when its user cannot reach the data folder', async () => {
      const closed = newDataDir();
      chmodSync(closed, 0o700);
      const folder = join(closed, 'data');
      mkdirSync(folder);
      const warnings: Readonly<Record<string, unknown>>[] = [];
      const warn: Log['warn'] = (_, fields = {}) => warnings.push(fields);

      const started = await start({ ...optionsAt(folder), log: { ...silent, warn } });
      await started.stop();

      const used = String(warnings[0]?.folder);
      folders.push(dirname(used));
      expect(used).toMatch(new RegExp(`^${tmpdir()}/befriend-[0-9a-f]{12}/spool$`));
    }, 60_000);

    more({ server: () => server, friend: () => friend, dataDir: () => dataDir, visitor });
  });

  function newDataDir(): string {
    const folder = mkdtempSync(join(tmpdir(), 'befriend-test-'));
    chmodSync(folder, 0o755);
    folders.push(folder);
    return folder;
  }

  /** The program of another process that starts the server, makes an account, says so and then waits for its end. */
  function starter(folder: string): string {
    const { log, ...plain } = optionsAt(folder);
    const [url, start] = under.startedBy;
    return `import { ${start} } from ${JSON.stringify(url.href)};
      const silent = () => undefined;
      const log = { info: silent, warn: silent, error: silent };
      const server = await ${start}({ ...${JSON.stringify(plain)}, log });
      await server.ctl('register', 'kim', 'localhost', 'a-password');
      console.log('up');
      setInterval(silent, 1_000);`;
  }

  function keep(stream: RawStream): RawStream {
    streams.push(stream);
    return stream;
  }

  async function visitor(): Promise<RawStream> {
    return keep(await anonymousClient(server.service, server.visitorsHost));
  }
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What the contract asks of a server whose data is in `folder`. */
export function optionsAt(folder: string): XmppServerOptions {
  const hosts = { friend: friendDomain, visitorsHost: 'visitors.localhost', origins: [ownOrigin] };
  return { dataDir: folder, ...hosts, wsPort: 0, componentPort: 0, log: silent };
}

/** The command lines of other processes in which `word` stands, their arguments separated by NUL. */
export function processesNaming(word: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.map((pid) => commandLine(Number(pid)).join('\0')).filter((command) => command.includes(word));
}

/** The local addresses, as `proc(5)` writes them, on which `pid` listens. */
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
