import type { OutboxStore, StoredAction } from '../core/ports.ts';

type Row = StoredAction & { readonly tab?: string | undefined };

/** An outbox in `rows`: it outlives a chat as long as they do. `tab` names who puts something. */
export function memoryOutbox(rows: Map<string, Row> = new Map(), tab?: string): OutboxStore {
  return {
    durable: true,
    load: async (of) =>
      [...rows.values()].filter((row) => of === undefined || row.tab === of).map(({ tab: _, ...entry }) => entry),
    put: async (entry) => void rows.set(entry.action.id, { ...entry, tab }),
    remove: async (id) => void rows.delete(id),
    clear: async () => rows.clear(),
  };
}
