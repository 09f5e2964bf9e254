import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../core/ports.ts';
import type { Put, Unit } from '../core/store.ts';

/** How long words that were taken away may still stand in the write-ahead log, milliseconds. */
export const erasedWithin = 30_000;

/** How much earlier a log is cut, and how long after an attempt that failed the next one comes, milliseconds. */
const pause = 2_000;

/** What overwrites or removes what somebody has said, or who he is. */
const overwriting: readonly Put['table'][] = ['fact', 'changes', 'forget'];

/** Cuts the write-ahead log some time after something was overwritten. */
export interface Erasure {
  /** Takes what was committed. */
  committed(units: readonly Unit[]): void;
  stop(): void;
}

/**
 * What is overwritten leaves the data file at once (`secure_delete`), but the write-ahead log keeps its older pages
 * until it is cut. That is done once for all that was overwritten meanwhile, because a checkpoint blocks; while
 * another program reads along, or a checkpoint is under way, it is tried again.
 */
export function erasure(db: DatabaseSync, clock: Pick<Clock, 'after'>): Erasure {
  let cancel: (() => void) | undefined;

  function soon(ms: number): void {
    cancel ??= clock.after(ms, () => {
      cancel = undefined;
      if (!cutLog(db)) soon(pause);
    });
  }

  return {
    committed(units) {
      if (units.some(({ puts }) => puts.some(({ table }) => overwriting.includes(table)))) soon(erasedWithin - pause);
    },
    stop: () => cancel?.(),
  };
}

/**
 * Writes the write-ahead log into the data file and cuts it to nothing (https://www.sqlite.org/wal.html §3.3). False
 * where another connection is in the way, or the disk: nothing is lost by that.
 */
export function cutLog(db: DatabaseSync): boolean {
  const { timeout: patience } = db.prepare('PRAGMA busy_timeout').get() ?? {};
  try {
    // The event loop waits for it: no patience with readers.
    db.exec('PRAGMA busy_timeout = 0');
    return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } catch {
    return false;
  } finally {
    db.exec(`PRAGMA busy_timeout = ${Number(patience)}`);
  }
}
