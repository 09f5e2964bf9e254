import { expect, test } from 'vitest';
import { featuresOf, pictureAt } from './areas.ts';
import { readSettings } from './settings.ts';

const tag = { service: 'wss://xmpp.example.com/xmpp-websocket', friend: 'friend.example.com' };

/** The areas of a tag with these attributes. */
function areas(data: Readonly<Record<string, string>>): string[] {
  return [...featuresOf(readSettings({ ...tag, ...data }, 'en').features)];
}

test('keeps a widget for support to support, unless the tag names more', () => {
  expect(areas({})).toEqual(['files', 'reactions', 'search']);
  expect(areas({ conversation: 'support' })).toEqual(['files', 'reactions', 'search']);
  expect(areas({ conversation: 'support', features: 'people  profile' })).toEqual(['people', 'profile']);
});

test('gives everybody else people, groups, presence and a profile, unless the tag takes them away', () => {
  expect(areas({ conversation: 'room:lobby' })).toEqual([
    ...['people', 'groups', 'presence', 'profile'],
    ...['files', 'reactions', 'search'],
  ]);
  expect(areas({ conversation: 'inbox', features: 'none' })).toEqual([]);
});

test('finds the friend’s pictures beside the widget’s folder, and shows no others than https ones', () => {
  const files = 'https://chat.example.com/befriend/befriend.js';

  expect(pictureAt(files, 'avatar/abc')).toBe('https://chat.example.com/avatar/abc');
  expect(pictureAt(files, 'https://pictures.example.com/a.png')).toBe('https://pictures.example.com/a.png');
  expect(pictureAt('', 'avatar/abc')).toBeUndefined();
  for (const other of [undefined, 'http://a.example/b', 'data:image/png;base64,', '//a.example/b', '../secret']) {
    expect(pictureAt(files, other)).toBeUndefined();
  }
});
