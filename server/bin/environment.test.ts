import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { friendSettings, SettingError, startSettings, visitorsHostOf } from './environment.ts';

test('needs nothing to be set', () => {
  const settings = startSettings({});

  expect(settings).toEqual({
    port: 8080,
    xmpp: 'auto',
    data: resolve('.befriend'),
    files: { folder: resolve('.befriend/files') },
    friend: 'friend.localhost',
    origins: [],
    jwt: { audience: 'friend.localhost' },
    accounts: { hosts: ['localhost'], colleagues: [] },
  });
});

test('takes a variable that is set to nothing as not set', () => {
  const names = ['PORT', 'BEFRIEND_XMPP', 'BEFRIEND_DATA', 'BEFRIEND_FRIEND', 'BEFRIEND_ORIGINS', 'BEFRIEND_SECRET'];

  const settings = startSettings(Object.fromEntries(names.map((name) => [name, ''])));

  expect(settings).toEqual(startSettings({}));
});

test('reads what is set', () => {
  const settings = startSettings({
    PORT: '0',
    BEFRIEND_XMPP: 'xmpp://xmpp.example.com:5347',
    BEFRIEND_SERVICE: 'wss://xmpp.example.com/ws',
    BEFRIEND_SECRET: 'hush',
    BEFRIEND_DATA: '/var/lib/befriend',
    BEFRIEND_FRIEND: 'friend.example.com',
    BEFRIEND_ORIGINS: 'https://example.com, https://www.example.com:8443',
  });

  expect(settings).toMatchObject({
    port: 0,
    xmpp: { component: 'xmpp://xmpp.example.com:5347', service: 'wss://xmpp.example.com/ws' },
    secret: 'hush',
    data: '/var/lib/befriend',
    friend: 'friend.example.com',
    origins: ['https://example.com', 'https://www.example.com:8443'],
  });
});

test('reads where the keys of the HTTP API are', () => {
  expect(startSettings({ BEFRIEND_API_KEYS: 'keys' }).apiKeys).toBe(resolve('keys'));
  expect(startSettings({ BEFRIEND_API_KEYS: '' })).not.toHaveProperty('apiKeys');
});

test('reads where files are kept, and how many', () => {
  const settings = startSettings({
    BEFRIEND_FILES: '/srv/f',
    BEFRIEND_FILES_MB: '5',
    BEFRIEND_ADDRESS: 'https://a.example/x',
  });

  expect(settings.files).toEqual({ folder: '/srv/f', diskBytes: 5_000_000, address: 'https://a.example/x/' });
  expect(startSettings({ BEFRIEND_FILES: 'off' })).not.toHaveProperty('files');
});

test.each([
  { BEFRIEND_FILES_MB: 'many' },
  { BEFRIEND_FILES_MB: '0' },
  { BEFRIEND_ADDRESS: 'friend.example.com' },
  { BEFRIEND_ADDRESS: 'https://friend.example.com/?a' },
])('takes no bounds of files that nobody can read: %j', (env) => {
  expect(() => startSettings(env)).toThrow(SettingError);
});

test('reads what tokens are checked with', () => {
  const settings = startSettings({
    BEFRIEND_FRIEND: 'friend.example.com',
    BEFRIEND_JWT_SECRET: 'a secret of the site, 32 bytes +',
    BEFRIEND_JWT_KEYS: 'keys.json',
    BEFRIEND_JWT_ISSUER: 'https://shop.example',
  });
  const elsewhere = startSettings({ BEFRIEND_JWT_AUDIENCE: 'chat of the shop' });

  expect(settings.jwt).toEqual({
    secret: 'a secret of the site, 32 bytes +',
    keys: resolve('keys.json'),
    audience: 'friend.example.com',
    issuer: 'https://shop.example',
  });
  expect(elsewhere.jwt).toEqual({ audience: 'chat of the shop' });
});

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', ' '],
  ['PORT', '8080.5'],
  ['BEFRIEND_WS_PORT', '1e9'],
  ['BEFRIEND_FRIEND', 'localhost'],
  ['BEFRIEND_FRIEND', 'friend.example.com/x'],
  ['BEFRIEND_ORIGINS', 'https://example.com/path'],
  ['BEFRIEND_ORIGINS', 'example.com'],
  ['BEFRIEND_XMPP', 'jabberd'],
  ['BEFRIEND_XMPP', 'xmpp://host:5347'],
])('says in one line what to do about %s=%j', (name, value) => {
  const read = (): unknown => startSettings({ [name]: value });

  expect(read).toThrow(SettingError);
  expect(read).toThrow(
    new RegExp(
      `^${name} .*${JSON.stringify(value)
        .slice(1, -1)
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}.*$`,
    ),
  );
});

const account = {
  BEFRIEND_ACCOUNT: 'friend@example.com/server',
  BEFRIEND_ACCOUNT_PASSWORD: 'hush',
  BEFRIEND_ACCOUNT_SERVICE: 'xmpp://127.0.0.1:5222',
  BEFRIEND_SERVICE: 'wss://xmpp.example.com/ws',
};

test('takes an account for the friend’s address, and where it logs in', () => {
  const settings = startSettings(account);

  expect(settings).toMatchObject({
    friend: 'friend@example.com/server',
    xmpp: { login: 'xmpp://127.0.0.1:5222', password: 'hush', service: 'wss://xmpp.example.com/ws' },
  });
});

test.each([
  ['BEFRIEND_PUPPETS', 'yes', 'puppets need a component'],
  ['BEFRIEND_STORE', 'postgres://127.0.0.1/befriend', 'an account is one process'],
  ['BEFRIEND_STORE', 'postgresql://127.0.0.1/befriend', 'an account is one process'],
  ['BEFRIEND_FRIEND', 'friend.example.com', 'the account is the address'],
  ['BEFRIEND_XMPP', 'native', 'XMPP server that runs already'],
  ['BEFRIEND_SECRET', 'hush', 'a password'],
  ['BEFRIEND_WS_PORT', '5280', 'XMPP server that runs already'],
])('says in one line why an account does not go with %s=%s', (name, value, why) => {
  const read = (): unknown => startSettings({ ...account, [name]: value });

  expect(read).toThrow(SettingError);
  expect(read).toThrow(new RegExp(`^BEFRIEND_ACCOUNT does not go with ${name}: .*${why}.* Unset one of the two.$`));
});

test.each([
  ['BEFRIEND_ACCOUNT', 'friend@example.com', 'a full JID'],
  ['BEFRIEND_ACCOUNT', 'Friend@example.com/server', 'a full JID'],
  ['BEFRIEND_ACCOUNT', 'friend@example.com/a"b', 'a full JID'],
  ['BEFRIEND_ACCOUNT_PASSWORD', '', 'BEFRIEND_ACCOUNT needs BEFRIEND_ACCOUNT_PASSWORD'],
  ['BEFRIEND_SERVICE', '', 'and BEFRIEND_SERVICE'],
  ['BEFRIEND_ACCOUNT_SERVICE', '', 'set it to xmpp://HOST:PORT'],
  ['BEFRIEND_ACCOUNT_SERVICE', 'http://127.0.0.1:5222', 'set it to xmpp://HOST:PORT'],
])('says in one line what to do about %s=%j of an account', (name, value, words) => {
  const read = (): unknown => startSettings({ ...account, [name]: value });

  expect(read).toThrow(SettingError);
  expect(read).toThrow(words);
});

test('keeps SQLite for an account where it is named', () => {
  const settings = startSettings({ ...account, BEFRIEND_STORE: 'sqlite' });

  expect(settings.friend).toBe('friend@example.com/server');
});

test('finds the visitors’ host of a component and of an account', () => {
  const hosts = ['friend.localhost', 'friend.chat.example.com', 'friend@localhost/server', 'a.b@example.com/s.1'];

  expect(hosts.map(visitorsHostOf)).toEqual([
    'visitors.localhost',
    'visitors.chat.example.com',
    'visitors.localhost',
    'visitors.example.com',
  ]);
});

test('reads whose accounts are people, and who of them answers', () => {
  const running = { BEFRIEND_XMPP: 'xmpp://x:5347', BEFRIEND_SERVICE: 'wss://x/ws', BEFRIEND_SECRET: 'hush' };
  const accounts = {
    BEFRIEND_ACCOUNTS: 'Example.com, example.org',
    BEFRIEND_COLLEAGUES: 'Kim@Example.com lea@example.org',
  };

  const own = startSettings({ BEFRIEND_COLLEAGUES: 'kim@localhost' });
  const named = startSettings({ ...running, ...accounts });

  expect(own.accounts).toEqual({ hosts: ['localhost'], colleagues: ['kim@localhost'] });
  expect(named.accounts).toEqual({
    hosts: ['example.com', 'example.org'],
    colleagues: ['kim@example.com', 'lea@example.org'],
  });
  expect(startSettings(running).accounts).toEqual({ hosts: [], colleagues: [] });
});

test.each([
  [{ BEFRIEND_ACCOUNTS: 'localhost visitors.localhost' }, 'BEFRIEND_ACCOUNTS holds visitors.localhost'],
  [{ BEFRIEND_COLLEAGUES: 'kim' }, 'BEFRIEND_COLLEAGUES holds "kim"'],
  [{ BEFRIEND_COLLEAGUES: 'kim@localhost/phone' }, 'BEFRIEND_COLLEAGUES holds "kim@localhost/phone"'],
  [{ BEFRIEND_COLLEAGUES: 'kim@elsewhere.example' }, 'BEFRIEND_COLLEAGUES holds "kim@elsewhere.example"'],
])('takes no account for a person that anybody may be: %j', (env, message) => {
  expect(() => startSettings(env)).toThrow(message);
});

test('wants 32 bytes of a secret, and does not repeat it', () => {
  const read = (): unknown => startSettings({ BEFRIEND_JWT_SECRET: 'too short' });

  expect(read).toThrow('BEFRIEND_JWT_SECRET has 9 bytes; set it to at least 32 random ones.');
});

test('hands settings to the friend’s process as one variable', () => {
  const settings = { port: 1, data: 'd', friend: 'f.example.com', origins: [], invite: true };

  expect(friendSettings({ BEFRIEND_SETTINGS: JSON.stringify(settings) })).toEqual(settings);
  expect(() => friendSettings({})).toThrow('npm start');
});
