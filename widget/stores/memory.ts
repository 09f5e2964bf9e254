import type { OutboxStore, StoredAction } from '../core/ports.ts';

/** An outbox in `rows`: it outlives a chat as long as they do. */
export function memoryOutbox(rows: Map<string, StoredAction> = new Map()): OutboxStore {
  return {
    durable: true,
    load: async () => [...rows.values()],
    put: async (entry) => void rows.set(entry.action.id, entry),
    remove: async (id) => void rows.delete(id),
  };
}
