import { CommitUnknown, StorageFull } from '../core/store.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const resultCode = { busy: 5, full: 13 } as const;

/** The primary result code of an error of `node:sqlite`; undefined for any other error. */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

/** True where another connection holds the lock. */
export function isLocked(error: unknown): boolean {
  return codeOf(error) === resultCode.busy;
}

/**
 * What a failed transaction means. `isRolledBack`: the ROLLBACK after it worked, so that nothing of it is left. A full
 * disk is certain then, even where COMMIT reported it: the frame that makes a transaction valid is the last one written
 * to the WAL. So is a lock that never came. An error that is none of SQLite's comes back as it is. Everything else, a
 * failed fsync above all, leaves open what is on disk.
 */
export function faultOf(error: unknown, isRolledBack: boolean): unknown {
  if (error instanceof CommitUnknown) return error;
  const cause = { cause: error };
  if (isRolledBack && codeOf(error) === resultCode.full) return new StorageFull('The disk is full.', cause);
  if (isRolledBack && codeOf(error) === undefined) return error;
  if (isRolledBack && isLocked(error)) return new StorageFull('Another program keeps the data file locked.', cause);
  return new CommitUnknown('Writing to the data file failed; what is on disk is unknown.', cause);
}
