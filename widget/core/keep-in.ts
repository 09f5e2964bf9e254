import type { OutboxStore } from './ports.ts';
import type { State } from './state.ts';

/**
 * Keeps what waits in `store` from now on, without one only in memory; what was left there is taken over, and then `shown`
 * is called. What stands in the former store stays there. Resolves when all is kept.
 */
export async function keepIn(state: State, store: OutboxStore | undefined, shown: () => void): Promise<void> {
  const { outbox } = state;
  const before = outbox.entries;
  outbox.store = store;
  state.change({ durable: store !== undefined });
  await outbox.adopt(undefined, shown);
  await Promise.all(before.map((entry) => store?.put(entry)));
}
