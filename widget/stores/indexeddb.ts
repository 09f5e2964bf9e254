import type { Clock, OutboxStore, StoredAction } from '../core/ports.ts';

type Row = StoredAction & { readonly n: number; readonly tab?: string | undefined };
type Work<T> = (rows: IDBObjectStore) => IDBRequest<T>;

const table = 'outbox';
/** Browsers have been seen that never answer; what is written must not wait for them, milliseconds. Files take longer. */
const patience = 2_000;
const patienceForFiles = 30_000;

/**
 * An outbox in IndexedDB: one database for each friend and scope, whose rows stand in the order in which they were
 * first put. Where there is none, or it is full, the page alone holds what waits. Each write is committed within the
 * call, so that the end of the page does not take it back. `tab` names who puts something.
 */
export function indexedDbOutbox(name: string, clock: Clock, tab?: string): OutboxStore {
  const numbers = new Map<string, IDBValidKey>();
  let durable = true;
  let opening: Promise<IDBDatabase> | undefined;

  const run = async <T>(work: Work<T>): Promise<T> => {
    opening ??= open(name);
    const database = await opening;
    const transaction = database.transaction(table, 'readwrite', { durability: 'strict' });
    const request = work(transaction.objectStore(table));
    transaction.commit();
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  };

  /** Once more with a new connection: Safari ends those of pages that were away. */
  const twice = async <T>(work: Work<T>): Promise<T> => {
    try {
      return await run(work);
    } catch {
      opening = undefined;
      return run(work);
    }
  };

  const tried = async <T>(work: Work<T>, limit = patience): Promise<T | undefined> => {
    let cancel: (() => void) | undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after(limit, () => reject(new Error('IndexedDB is silent')));
    });
    try {
      return await Promise.race([twice(work), late]);
    } catch {
      durable = false;
      return undefined;
    } finally {
      cancel?.();
    }
  };

  return {
    get durable() {
      return durable;
    },
    async load(of) {
      const rows = (await tried<Row[]>((store) => store.getAll())) ?? [];
      const wanted = rows.filter((row) => of === undefined || row.tab === of);
      return wanted.map(({ n, tab: _, ...entry }) => {
        numbers.set(entry.action.id, n);
        return entry;
      });
    },
    async put(entry) {
      const { id } = entry.action;
      const n = numbers.get(id);
      const limit = Object(entry.extras).files ? patienceForFiles : patience;
      const row = { ...entry, tab, ...(n === undefined ? {} : { n }) };
      const key = durable && (await tried((store) => store.put(row), limit));
      if (key) numbers.set(id, key);
    },
    async remove(id) {
      const n = numbers.get(id);
      if (n !== undefined) await tried((store) => store.delete(n));
    },
    async clear() {
      numbers.clear();
      await tried((store) => store.clear());
    },
  };
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'n', autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
