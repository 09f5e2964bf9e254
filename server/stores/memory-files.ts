import type { FileRow } from '../core/rows.ts';
import type { Put, Store } from '../core/store.ts';

/** The files of a store in memory. */
export interface MemoryFiles {
  put(row: FileRow): void;
  remove(id: string): void;
  all(): readonly FileRow[];
  /** Whether what the put expects is so. */
  meets(put: Extract<Put, { table: 'file' | 'unfile' }>): boolean;
  readonly reads: Pick<Store, 'file' | 'filesOf' | 'fileBytes' | 'filesUnsent'>;
}

/** Keeps rows of files, empty at first. */
export function memoryFiles(): MemoryFiles {
  const files = new Map<string, FileRow>();

  function sum(user: string, isKept: boolean): number {
    const rows = [...files.values()].filter(({ by, seq }) => by === user && (seq !== undefined) === isKept);
    return rows.reduce((bytes, { size }) => bytes + size, 0);
  }

  return {
    put: (row) => void files.set(row.id, row),
    remove: (id) => void files.delete(id),
    all: () => [...files.values()],

    meets({ row, expect }) {
      if (expect === undefined) return true;
      const file = files.get(row.id);
      return expect === 'absent' ? file === undefined : file !== undefined && file.seq === undefined;
    },

    reads: {
      file: async (id) => files.get(id),
      filesOf: async (log, seq) =>
        [...files.values()].filter((row) => row.log === log && row.seq === seq).sort((a, b) => (a.id < b.id ? -1 : 1)),
      fileBytes: async (user) => ({ waiting: sum(user, false), kept: sum(user, true) }),
      filesUnsent: async (at, limit) =>
        [...files.values()]
          .filter((row) => row.seq === undefined && row.at < at)
          .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
          .slice(0, limit),
    },
  };
}
