import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { friendSettings, SettingError, startSettings } from './environment.ts';

test('needs nothing to be set', () => {
  const settings = startSettings({});

  expect(settings).toEqual({
    port: 8080,
    xmpp: 'auto',
    data: resolve('.befriend'),
    friend: 'friend.localhost',
    origins: [],
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
  ['BEFRIEND_XMPP', 'prosody'],
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

test('hands settings to the friend’s process as one variable', () => {
  const settings = { port: 1, data: 'd', friend: 'f.example.com', origins: [], invite: true };

  expect(friendSettings({ BEFRIEND_SETTINGS: JSON.stringify(settings) })).toEqual(settings);
  expect(() => friendSettings({})).toThrow('npm start');
});
