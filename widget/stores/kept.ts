import type { Keep, OutboxStore, StoredAction } from '../core/ports.ts';

/** An outbox under one key of `keep`, for the one tab whose it is: it lasts as long as that does. */
export function keptOutbox(keep: Keep, key: string): OutboxStore {
  const rows = (): StoredAction[] => JSON.parse(keep.get(key) ?? '[]') as StoredAction[];
  const write = (left: readonly StoredAction[]): void => {
    if (left.length > 0) keep.set(key, JSON.stringify(left));
    else keep.remove(key);
  };
  return {
    get durable() {
      return keep.durable;
    },
    load: async () => rows(),
    put: async (entry) => {
      const all = rows();
      const at = all.findIndex(({ action }) => action.id === entry.action.id);
      write(at < 0 ? [...all, entry] : all.with(at, entry));
    },
    remove: async (id) => write(rows().filter(({ action }) => action.id !== id)),
    clear: async () => keep.remove(key),
  };
}
