import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyIn, keysOf } from '../server/http/api-keys.ts';
import { keyOf } from '../server/plugins/hooks/signature.ts';
import { ran } from './staged-files.ts';

test('makes a key of the API, and the line by which it is known', async () => {
  const { exit, said } = await ran('key api shop send,read --bot ava');

  const [key = ''] = said.split('\n');
  const line = said.split('\n').find((one) => one.startsWith('shop ')) ?? '';
  const found = keyIn(`Bearer ${key}`, keysOf(line));
  expect([exit, found?.name, found?.bot, [...(found?.scopes ?? [])]]).toEqual([0, 'shop', 'ava', ['send', 'read']]);
  expect(line).not.toContain(key);
  expect((await ran('key api shop send')).said.split('\n')[0]).not.toBe(key);
});

test('adds the line to a file of keys, and leaves what stands there', async () => {
  const other = `desk ${createHash('sha256').update('another key').digest('hex')} act`;

  const { exit, said, written } = await ran('key api shop send -o api-keys', { 'api-keys': other });
  const fresh = await ran('key api shop send -o new-keys');

  const keys = keysOf(written['api-keys'] ?? '');
  expect([exit, keys.map(({ name }) => name)]).toEqual([0, ['desk', 'shop']]);
  expect(keyIn(`Bearer ${said.split('\n')[0]}`, keys)?.name).toBe('shop');
  expect(said).toContain('BEFRIEND_API_KEYS=api-keys');
  expect(keysOf(fresh.written['new-keys'] ?? '')).toHaveLength(1);
});

test('makes a secret of webhooks that can be used', async () => {
  const { exit, said } = await ran('key webhook');

  const [secret = ''] = said.split('\n');
  expect(exit).toBe(0);
  expect(keyOf(secret)).toHaveLength(32);
  expect(said).toContain(`SHOP_WEBHOOK_SECRET='${secret}'`);
});

test.each([
  ['key', 'befriend key needs a word more. There is befriend key api, befriend key webhook.\n'],
  ['key api', 'befriend key api needs a name and scopes: befriend key api shop send,users,read\n'],
  ['key api Shop send', 'a name is lower case, letters, digits and hyphens\n'],
  [
    'key api shop send,fly',
    '"fly" is no scope; there are send, act, read, users, relations, erase, export, webhooks\n',
  ],
  ['key api desk send -o api-keys', 'api-keys, line 2: desk stands there already\n'],
  ['key webhook shop', 'befriend key webhook takes no more words.\n'],
  ['key webhook --json', 'befriend key webhook knows no --json.\n'],
])('says what is meant of: %s', async (words, complaint) => {
  const file = `desk ${'0'.repeat(64)} act\n`;

  const { exit, complaints, said, written } = await ran(words, { 'api-keys': file });

  expect({ exit, complaints, said, written }).toEqual({ exit: 2, complaints: complaint, said: '', written: {} });
});
