import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const service = 'wss://xmpp.example.com/xmpp-websocket';

test('finds the host of visitors beside the friend, a component or an account', () => {
  const friends = ['friend.example.com', 'friend.chat.example.com', 'friend@example.com/server', 'a.b@localhost/x.1'];

  const settings = friends.map((friend) => readSettings({ service, friend }, 'en'));

  expect(settings.map(({ friend }) => friend)).toEqual(friends);
  expect(settings.map(({ domain }) => domain)).toEqual([
    'visitors.example.com',
    'visitors.chat.example.com',
    'visitors.example.com',
    'visitors.localhost',
  ]);
});

test('takes the host of visitors that the tag names', () => {
  const { domain } = readSettings({ service, friend: 'friend@example.com/server', domain: 'anon.example.com' }, 'en');

  expect(domain).toBe('anon.example.com');
});
