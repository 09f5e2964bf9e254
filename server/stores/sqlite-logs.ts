import type { DatabaseSync } from 'node:sqlite';
import type { LogRow } from '../core/rows.ts';
import type { Cursor } from '../core/store.ts';
import { integer, logRow } from './sqlite-rows.ts';

/** A log's counters while a batch is written. `ref` is its number in the file. */
export interface BatchLog extends Pick<LogRow, 'id'> {
  readonly ref: number;
  lastSeq: number;
  ruleSeq: number;
  toldSeq: number;
  reactedSeq: number;
  at: number;
  list: string | undefined;
  audienced: boolean;
}

/**
 * The logs that one batch reads and raises. Each is read once and written once, however many units touch it: that
 * stores a fifth more than one upsert for each append. Nothing is kept from one batch to the next, so a rollback has
 * nothing to undo here.
 */
export interface BatchLogs {
  /** The log as the batch has made it so far; all counters are 0 where it is absent. */
  get(id: string): BatchLog;
  /** To be called after a change of what `get` returned. */
  changed(log: BatchLog): void;
  /** Raises what the cursor names; a log that is absent stays so. */
  raise(cursor: Cursor): void;
  /** Writes what changed. */
  flush(): void;
}

/** Prepares the statements; each call of the result begins another batch. */
export function batchLogs(db: DatabaseSync): () => BatchLogs {
  const select = db.prepare('SELECT * FROM log WHERE id = ?');
  const selectRef = db.prepare('SELECT coalesce(max(ref), 0) AS ref FROM log');
  const update = db.prepare(
    'UPDATE log SET last_seq = ?, rule_seq = ?, told_seq = ?, reacted_seq = ?, at = ?, list = ?, audienced = ? WHERE ref = ?',
  );
  const insert = db.prepare(
    'INSERT INTO log (ref, id, last_seq, rule_seq, told_seq, reacted_seq, at, audienced) VALUES (?, ?, 0, 0, 0, 0, 0, 0)',
  );

  return () => {
    const logs = new Map<string, BatchLog>();
    const absent = new Set<BatchLog>();
    const dirty = new Set<BatchLog>();
    let newestRef: number | undefined;

    function read(id: string): BatchLog {
      const row = select.get(id);
      if (row) return { list: undefined, ...logRow(row), ref: integer(row.ref) };
      newestRef = (newestRef ?? integer(selectRef.get()?.ref)) + 1;
      const log: BatchLog = { id, ref: newestRef, list: undefined, audienced: false, at: 0, ...zero };
      absent.add(log);
      return log;
    }

    function get(id: string): BatchLog {
      const known = logs.get(id);
      if (known) return known;
      const log = read(id);
      logs.set(id, log);
      return log;
    }

    function write({ ref, lastSeq, ruleSeq, toldSeq, reactedSeq, at, list, audienced }: BatchLog): void {
      update.run(lastSeq, ruleSeq, toldSeq, reactedSeq, at, list ?? null, audienced ? 1 : 0, ref);
    }

    return {
      get,

      changed(log) {
        // At once and not in `flush`: a repeat in this same batch names the log of its answer.
        if (absent.delete(log)) insert.run(log.ref, log.id);
        dirty.add(log);
      },

      raise({ log: id, told = 0, reacted = 0 }) {
        const log = get(id);
        if (log.lastSeq === 0 || (told <= log.toldSeq && reacted <= log.reactedSeq)) return;
        log.toldSeq = Math.max(log.toldSeq, told);
        log.reactedSeq = Math.max(log.reactedSeq, reacted);
        dirty.add(log);
      },

      flush: () => dirty.forEach(write),
    };
  };
}

const zero = { lastSeq: 0, ruleSeq: 0, toldSeq: 0, reactedSeq: 0 };
