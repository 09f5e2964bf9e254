import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Crash } from '../core/ports.ts';
import { cutLog } from './sqlite-erasure.ts';
import { isLocked } from './sqlite-fault.ts';
import { migrate } from './sqlite-schema.ts';

/** An open data file. `close` gives its lock back. */
export interface DataFile {
  readonly db: DatabaseSync;
  close(): void;
}

/** How long a statement waits for a lock of another program, such as the `sqlite3` shell, milliseconds. */
const busyMs = 1_000;

/**
 * What SQLite holds of the file by itself, KiB: pages that are written again and again, since the rest is read as memory.
 * Not more, because a commit that splits a page of an index walks over all that is held.
 */
const cacheKib = 3_000;
/** Pages of the write-ahead log at which a commit moves by itself what a thread has not moved yet. */
const longestLog = 4_000;
/** How much of the file is read as memory: a page that the system holds costs no call. Writes go as ever. */
const mappedBytes = 2 ** 30;

/**
 * Opens the data file, makes it and its folder where they are missing, and brings its schema up to date.
 *
 * @throws Error in one line where another friend uses the file or a newer one wrote it
 */
export function openDataFile(path: string, crash?: Crash): DataFile {
  const lock = path === ':memory:' ? undefined : lockFor(path);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: busyMs, enableForeignKeyConstraints: false });
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${longestLog}`);
    db.exec(`PRAGMA cache_size = -${cacheKib}; PRAGMA mmap_size = ${mappedBytes}`);
    db.exec('PRAGMA secure_delete = ON');
    migrate(db, crash);
    // What was overwritten before a crash may still stand in the log.
    cutLog(db);
  } catch (error) {
    db?.close();
    lock?.close();
    throw error;
  }
  const opened = db;
  return {
    db: opened,
    close() {
      opened.close();
      lock?.close();
    },
  };
}

/**
 * Holds `path`-lock until it is closed or the process ends, however it ends. A file of its own, because `PRAGMA
 * locking_mode = EXCLUSIVE` would shut out those who may read along: a backup, and whoever checkpoints.
 */
function lockFor(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(`${path}-lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isLocked(error)) throw error;
    throw new Error(`Another Befriend uses ${path}. Stop it first, or give this one a data folder of its own.`, {
      cause: error,
    });
  }
  return lock;
}
