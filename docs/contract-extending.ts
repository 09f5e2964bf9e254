import { onTestFinished } from 'vitest';
import { composeFriend } from '../server/bin/compose.ts';
import type { Friend } from '../server/core/friend.ts';
import type { FriendOptions } from '../server/core/friend-options.ts';
import type { Store } from '../server/core/store.ts';
import { memoryStore } from '../server/stores/memory.ts';

/** Whoever acts on the friends of the examples. */
export const user = 'u_0123456789abcdefghjk';

/** What a friend needs that nobody connects to. */
export function options(store: Store = memoryStore()): FriendOptions {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    transport: {
      address: 'friend.example.com',
      start: () => undefined,
      send: () => true,
      sendStanza: () => true,
      stop: async () => undefined,
    },
    store,
    clock: {
      now: () => 1_721_000_000_000,
      after: () => () => undefined,
      defer: (task: () => void) => void setImmediate(task),
    },
    random: { bytes: (count: number) => new Uint8Array(count) },
    log: silent,
    fatal: () => undefined,
  };
}

/** A friend with the shipped plugins and what `add` adds, started, with one user. */
export async function started(add: (friend: Friend) => void): Promise<{ friend: Friend; store: Store }> {
  const store = memoryStore();
  onTestFinished(() => store.close());
  const friend = composeFriend({ ...options(store), sha256: async (text) => text });
  add(friend);
  await friend.start();
  const row = { id: user, kind: 'visitor', name: 'Ann', verified: false, topics: [] } as const;
  await store.commit([{ id: 'ann', digest: '', reads: [], appends: [], puts: [{ table: 'user', row }] }], []);
  return { friend, store };
}

export function actionOf(last: number, type: string, body: object) {
  return { id: `0190f3c0-0000-7000-8000-00000000000${last}`, type, at: 0, body };
}
