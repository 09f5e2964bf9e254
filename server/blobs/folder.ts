import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '../core/ports.ts';
import { StorageFull } from '../core/store.ts';

/** Bytes of one read. */
const chunkBytes = 65_536;

/** Only who runs the friend reads what people have sent. */
const modes = { folder: 0o700, file: 0o600 } as const;

const ids = /^f_[0-9a-z]{20}$/;

/**
 * Files in folders of one folder, `7k/f_7k…` and while it is not whole `7k/f_7k….part`. A name is an id and nothing else, so
 * that no path leads out.
 */
export function folderBlobs(folder: string): Blobs {
  let total = 0;
  /** Files that bytes are coming to. */
  const coming = new Set<string>();

  /** @throws RangeError for what is no id */
  function pathOf(id: string): string {
    if (!ids.test(id)) throw new RangeError('Not the id of a file');
    return join(folder, id.slice(2, 4), id);
  }

  async function drop(path: string): Promise<void> {
    const bytes = await removed(path);
    // Not in one line: what else is counted meanwhile would be lost.
    total -= bytes;
  }

  async function shards(): Promise<string[]> {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).sort();
  }

  return {
    async open() {
      await mkdir(folder, { recursive: true, mode: modes.folder });
      total = 0;
      for (const shard of await shards()) {
        for (const name of await readdir(join(folder, shard))) {
          const path = join(folder, shard, name);
          // A replacement that a crash has left half made.
          if (name.endsWith('.new')) await rm(path, { force: true });
          else total += (await sizeOf(path)) ?? 0;
        }
      }
    },

    async stat(id) {
      const path = pathOf(id);
      const whole = await sizeOf(path);
      const bytes = whole ?? (await sizeOf(`${path}.part`));
      return bytes === undefined ? undefined : { bytes, isWhole: whole !== undefined };
    },

    async append(id, chunks) {
      const path = pathOf(id);
      coming.add(id);
      try {
        const before = await sizeOf(`${path}.part`);
        const made = await full(() => mkdir(join(path, '..'), { recursive: true, mode: modes.folder }));
        if (made !== undefined) await syncFolder(folder);
        let counted = 0;
        try {
          const file = await full(() => open(`${path}.part`, 'a', modes.file));
          try {
            for await (const chunk of chunks) {
              await full(() => file.appendFile(chunk));
              counted += chunk.length;
              total += chunk.length;
            }
          } finally {
            await synced(file);
          }
        } finally {
          // Of the chunk that finds the disk full, a part may be written.
          const after = (await sizeOf(`${path}.part`)) ?? 0;
          total += after - (before ?? 0) - counted;
        }
        if (before === undefined) await syncFolder(join(path, '..'));
        return (before ?? 0) + counted;
      } finally {
        coming.delete(id);
      }
    },

    async *read(id, from, to) {
      const path = pathOf(id);
      const file = await open(path).catch(() => open(`${path}.part`));
      try {
        for (let at = from; at < to; ) {
          const wanted = Math.min(chunkBytes, to - at);
          const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
          if (bytesRead === 0) return;
          yield buffer.subarray(0, bytesRead);
          at += bytesRead;
        }
      } finally {
        await file.close();
      }
    },

    async finish(id, bytes) {
      const path = pathOf(id);
      if ((await sizeOf(path)) !== undefined) return;
      if (bytes !== undefined) {
        const file = await open(`${path}.new`, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, modes.file);
        try {
          await full(() => file.writeFile(bytes));
        } finally {
          await synced(file);
        }
      }
      await rename(bytes === undefined ? `${path}.part` : `${path}.new`, path);
      total += bytes?.length ?? 0;
      await syncFolder(join(path, '..'));
      if (bytes !== undefined) await drop(`${path}.part`);
    },

    async remove(id) {
      const path = pathOf(id);
      if (coming.has(id)) return;
      for (const each of [path, `${path}.part`]) await drop(each);
      await rm(`${path}.new`, { force: true });
    },

    async list(limit, after = '') {
      const found = new Set<string>();
      for (const shard of await shards()) {
        if (shard < after.slice(2, 4)) continue;
        const names = (await readdir(join(folder, shard))).map((name) => name.replace(/\..*$/, ''));
        for (const name of names.sort()) if (name > after && ids.test(name) && found.size < limit) found.add(name);
        if (found.size >= limit) break;
      }
      return [...found];
    },

    total: () => total,
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes a file; returns how many bytes went with it, none where somebody else was first. */
async function removed(path: string): Promise<number> {
  const bytes = await sizeOf(path);
  if (bytes === undefined) return 0;
  try {
    await unlink(path);
    return bytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** @throws StorageFull for a disk, or a quota of it, that is full */
async function full<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) throw new StorageFull('The disk is full', { cause: error });
    throw error;
  }
}

async function synced(file: FileHandle): Promise<void> {
  try {
    await full(() => file.sync());
  } finally {
    await file.close();
  }
}

/** A name is durable once its folder is (fsync(2)). */
async function syncFolder(path: string): Promise<void> {
  await synced(await open(path));
}
