import { expect, test } from 'vitest';
import { memoryStore } from '../stores/memory.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { makeInvite } from './invite.ts';
import { random, sha256 } from './platform.ts';

test.each([
  ['memory', () => memoryStore()],
  ['sqlite', () => sqliteStore({ path: ':memory:' })],
])('makes a token of which the %s store keeps only the hash', async (_, make) => {
  const store = make();
  await store.open();

  const [one, other] = [await makeInvite(store, random, sha256), await makeInvite(store, random, sha256)];

  expect(one).toMatch(/^[\w-]{43}$/);
  expect(other).not.toBe(one);
  expect(await store.login('invite', await sha256(one))).toMatchObject({ kind: 'invite', user: '' });
  expect(await store.login('invite', one)).toBeUndefined();
  await store.close();
});
