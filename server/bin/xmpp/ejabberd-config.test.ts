import { expect, test } from 'vitest';
import { type EjabberdSettings, ejabberdctlCfg, ejabberdYml } from './ejabberd-config.ts';
import { webOrigin } from './server-config.ts';

const settings: EjabberdSettings = {
  friend: 'friend.localhost',
  visitorsHost: 'visitors.localhost',
  accountsHost: 'localhost',
  origins: [],
  ip: '127.0.0.1',
  wsPort: 5280,
  componentPort: 5347,
  clientPort: 5222,
  secret: 'a-secret',
  bytesPerSecond: 1_000,
  compiledFence: true,
};

test('writes origins as browsers send them', () => {
  const origins = ['https://Shop.Example/', ' http://localhost:3000 '];

  const yml = ejabberdYml({ ...settings, origins });

  expect(yml).toContain('websocket_origin: ["https://shop.example","http://localhost:3000"]');
});

test('accepts every origin when none is named', () => {
  const yml = ejabberdYml(settings);

  expect(yml).toContain('websocket_origin: []');
});

test('refuses what is not an origin', () => {
  const texts = ['shop.example', 'file:///etc/passwd', '*', ''];

  for (const text of texts) expect(() => webOrigin(text)).toThrow(/is not a web origin/);
});

test('refuses a domain that would change the configuration around it', () => {
  const domains = ['', 'a"b', 'two\nlines', 'UPPER.example', '@HOST@', '-a'];

  for (const friend of domains) expect(() => ejabberdYml({ ...settings, friend })).toThrow(/is not a domain/);
});

test('limits what one connection sends, and does not where the limit is 0', () => {
  const limited = ejabberdYml(settings);
  const unlimited = ejabberdYml({ ...settings, bytesPerSecond: 0 });

  expect(limited).toMatch(/rate: 1000\n\s+burst_size: 10000/);
  expect(limited).toContain('    - none: friend\n    - person\n');
  expect(unlimited).toContain('    - none: friend\n    - none\n');
});

test('lets visitors reach the account of the friend where it has one, and refuses what is none', () => {
  const open = ejabberdYml({ ...settings, friendAccount: 'friend@localhost/server' });
  const closed = ejabberdYml(settings);
  const wrong = ['friend@localhost', 'friend.localhost', 'a"b@localhost/server', '@localhost/server', 'a@b/c/d'];

  expect(open).toContain('    server: "friend.localhost"\n    user: "friend@localhost"\n');
  expect(closed).not.toContain('user:');
  for (const friendAccount of wrong) {
    expect(() => ejabberdYml({ ...settings, friendAccount })).toThrow(/is not the full JID of an account/);
  }
});

test('loads the compiled fence where there is one, and leaves it out where there is none', () => {
  const fenced = ejabberdYml(settings);
  const unfenced = ejabberdYml({ ...settings, compiledFence: false });

  expect(fenced).toContain('      mod_befriend_fence: {access: from_friend}\n');
  expect(unfenced).not.toContain('mod_befriend_fence:');
});

test('refuses a folder whose name the shell would run', () => {
  const folder = '/data/$(reboot)';

  const write = (): string => ejabberdctlCfg({ distPort: 4370, pidFile: `${folder}/ejabberd.pid`, ebin: '/ebin' });

  expect(write).toThrow(/cannot be given to ejabberd/);
});
