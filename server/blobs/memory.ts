import type { Blobs } from '../core/ports.ts';

interface Kept {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/** Files that live as long as their page or process: for demos in a page and for tests. Keeps the whole contract. */
export function memoryBlobs(): Blobs {
  const files = new Map<string, Kept>();
  const coming = new Set<string>();

  return {
    open: async () => {},

    async stat(id) {
      const kept = files.get(id);
      return kept && { bytes: kept.bytes.length, isWhole: kept.isWhole };
    },

    async append(id, chunks) {
      coming.add(id);
      try {
        for await (const chunk of chunks) {
          const before = files.get(id)?.bytes ?? new Uint8Array();
          const bytes = new Uint8Array(before.length + chunk.length);
          bytes.set(before);
          bytes.set(chunk, before.length);
          files.set(id, { bytes, isWhole: false });
        }
      } finally {
        coming.delete(id);
      }
      return files.get(id)?.bytes.length ?? 0;
    },

    async *read(id, from, to) {
      const kept = files.get(id);
      if (kept === undefined) throw new Error('There is no such file.');
      if (from < to) yield kept.bytes.slice(from, to);
    },

    async finish(id, bytes) {
      const kept = files.get(id);
      if (kept === undefined) throw new Error('There is no such file.');
      if (!kept.isWhole) files.set(id, { bytes: bytes ?? kept.bytes, isWhole: true });
    },

    async remove(id) {
      if (!coming.has(id)) files.delete(id);
    },
    list: async (limit, after = '') =>
      [...files.keys()]
        .filter((id) => id > after)
        .sort()
        .slice(0, limit),
    total: () => [...files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}
