import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { optionsAt, serverContract } from './contract.ts';
import { processesOf } from './processes.ts';
import { startProsody } from './prosody.ts';
import { findProsody } from './prosody-binary.ts';
import { type ProsodySettings, prosodyCfg } from './prosody-config.ts';
import { prosodyFailure } from './prosody-log.ts';
import { anonymousClient, type RawOptions, type RawStream, rawComponent } from './raw-clients.ts';
import type { XmppServer } from './xmpp-server.ts';

const configFile = 'prosody/config/prosody.cfg.lua';

const prosody = {
  start: startProsody,
  startedBy: [new URL('./prosody.ts', import.meta.url), 'startProsody'],
  processes: (dataDir: string) => processesOf(join(dataDir, configFile)),
  configFile,
} as const;

serverContract('Prosody', prosody, ({ server }) => {
  test('names the version of the installed Prosody', () => {
    const { version } = findProsody();

    expect(version).toMatch(/^\d+\.\d+/);
    expect(server().name).toBe(`Prosody ${version}`);
  });

  test('has room for one friend only: the second connection is a conflict', async () => {
    const second = rawComponent('friend.localhost', server().component);

    await expect(second).rejects.toThrow(/conflict/);
  });
});

const settings: ProsodySettings = {
  ...{ friend: 'friend.localhost', visitorsHost: 'visitors.localhost', accountsHost: 'localhost' },
  ...{ origins: [], ip: '127.0.0.1', wsPort: 5280, componentPort: 5347, clientPort: 5222 },
  ...{ secret: 'a-secret', bytesPerSecond: 1_000 },
  ...{ spool: '/data/spool', modules: '/data/modules', logFile: '/data/log' },
};

test('ends a visitor who answers no ping, tells the friend, and keeps one who does', async () => {
  const dataDir = newFolder();
  const server = await startProsody(optionsAt(dataDir));
  onTestFinished(() => server.stop());
  const config = join(dataDir, configFile);
  writeFileSync(config, readFileSync(config, 'utf8').replace('read_timeout = 25', 'read_timeout = 1'));
  await server.restart?.();
  const friend = await rawComponent('friend.localhost', server.component);
  const [ann, ben] = await Promise.all([false, true].map((autoPong) => visitor(server, { autoPong })));

  await friend.until(/unavailable/);
  await friend.until(/ $/);
  await friend.until(/ $/);

  const gone = friend.received.filter((xml) => xml.includes('unavailable')).join();
  expect(gone).toContain(ann?.jid);
  expect(gone).not.toContain(ben?.jid);
}, 30_000);

test('writes the folders of Prosody as strings of Lua, whatever they are called', () => {
  const cfg = prosodyCfg({ ...settings, spool: '/it"s/a\\folder' });

  expect(cfg).toContain('data_path = "/it\\"s/a\\\\folder"');
  expect(() => prosodyCfg({ ...settings, spool: '/two\nlines' })).toThrow(/cannot be given to Prosody/);
});

test('lets visitors of Prosody reach the account of a friend that logs in as one, and no other account', () => {
  const cfg = prosodyCfg({ ...settings, friendAccount: 'friend@localhost/server' });

  expect(cfg).toContain('befriend_friend_account = "friend@localhost"\n');
  expect(cfg).toContain('unlimited_jids = { "friend@localhost" }');
  expect(prosodyCfg(settings)).toContain('befriend_friend_account = nil\n');
});

test('limits what one connection of Prosody sends, and does not where the limit is 0', () => {
  const limited = prosodyCfg(settings);
  const unlimited = prosodyCfg({ ...settings, bytesPerSecond: 0 });

  expect(limited).toContain('"limits"');
  expect(limited).toContain('rate = "1000b/s"');
  expect(unlimited).not.toContain('"limits"');
});

test('takes a module that Prosody could not load for a failure: it would run without its fence', () => {
  const folder = newFolder();
  const files = { logFile: join(folder, 'log'), consoleFile: join(folder, 'console') };
  writeFileSync(files.logFile, 'visitors:modulemanager\terror\tUnable to load module befriend_fence\n');

  const failure = prosodyFailure(files, 0, false);
  const before = prosodyFailure(files, 1_000, false);

  expect(failure).toMatchObject({ code: 'bad_config', message: expect.stringContaining('befriend_fence') });
  expect(before).toBeUndefined();
});

/** A visitor whose end the friend is told. */
async function visitor({ service, visitorsHost }: XmppServer, options: RawOptions): Promise<RawStream> {
  const stream = await anonymousClient(service, visitorsHost, options);
  onTestFinished(() => stream.close());
  stream.send('<presence xmlns="jabber:client" to="friend.localhost"/>');
  return stream;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-test-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
