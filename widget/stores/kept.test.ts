import { expect, test } from 'vitest';
import { keepIn } from '../core/staged-friend.ts';
import { entry, outboxContract } from './contract.ts';
import { keptOutbox } from './kept.ts';

outboxContract('session storage', () => {
  const keep = keepIn(new Map());
  return { first: keptOutbox(keep, 'outbox'), again: () => keptOutbox(keep, 'outbox') };
});

test('outlives the page again once no files wait any more', async () => {
  const keep = keepIn(new Map());
  const store = keptOutbox(keep, 'outbox');
  await store.put(entry('a', { extras: { files: [{ blob: new Blob(['milk']) }] } }));
  const before = store.durable;

  await store.put(entry('a', { extras: {} }));

  expect([before, store.durable]).toEqual([false, true]);
  expect(await keptOutbox(keep, 'outbox').load()).toEqual([entry('a', { extras: {} })]);
});
