import type { Keep, OutboxStore, StoredAction } from '../core/ports.ts';

/**
 * An outbox under one key of `keep`, for the one tab whose it is: it lasts as long as that does. What has files does not
 * outlive the page: a text cannot hold their bytes.
 */
export function keptOutbox(keep: Keep, key: string): OutboxStore {
  const withFiles = new Map<string, StoredAction>();
  const rows = (): StoredAction[] => JSON.parse(keep.get(key) ?? '[]') as StoredAction[];
  const write = (left: readonly StoredAction[]): void => {
    if (left.length > 0) keep.set(key, JSON.stringify(left));
    else keep.remove(key);
  };
  const remove = (id: string): void => {
    withFiles.delete(id);
    write(rows().filter(({ action }) => action.id !== id));
  };
  return {
    get durable() {
      return keep.durable && withFiles.size === 0;
    },
    load: async () => [...rows(), ...withFiles.values()],
    put: async (entry) => {
      const { id } = entry.action;
      if (Object(entry.extras).files) {
        remove(id);
        withFiles.set(id, entry);
        return;
      }
      withFiles.delete(id);
      const all = rows();
      const at = all.findIndex(({ action }) => action.id === id);
      write(at < 0 ? [...all, entry] : all.with(at, entry));
    },
    remove: async (id) => remove(id),
    clear: async () => {
      withFiles.clear();
      keep.remove(key);
    },
  };
}
