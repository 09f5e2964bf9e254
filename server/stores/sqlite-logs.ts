import type { DatabaseSync } from 'node:sqlite';
import type { LogRow } from '../core/rows.ts';
import type { Cursor } from '../core/store.ts';
import { integer, logRow } from './sqlite-rows.ts';

/** A log's counters while a batch is written. `ref` is its number in the file, or will be. */
export interface BatchLog extends Pick<LogRow, 'id'> {
  readonly ref: number;
  lastSeq: number;
  ruleSeq: number;
  toldSeq: number;
  reactedSeq: number;
  at: number;
  list: string | undefined;
  audienced: boolean;
  /** Whether it has a row. */
  stored: boolean;
}

/**
 * The logs that one batch reads and raises. Each is written once, however many units touch it: that stores a fifth more
 * than one upsert for each append.
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

/** The logs of all batches. */
export interface Logs {
  begin(): BatchLogs;
  /** The batch is on disk. One of which this is not said has changed nothing. */
  committed(): void;
}

/** Logs that are held in memory between batches: each message rests on up to three. */
const held = 20_000;

/**
 * Prepares the statements. Nobody else writes this table while the data file is open, so what a batch has made of a log is
 * held for the next one, and all of it forgotten where a batch was not committed.
 */
export function logsOf(db: DatabaseSync): Logs {
  const select = db.prepare('SELECT * FROM log WHERE id = ?');
  const selectRef = db.prepare('SELECT coalesce(max(ref), 0) AS ref FROM log');
  const update = db.prepare(
    'UPDATE log SET last_seq = ?, rule_seq = ?, told_seq = ?, reacted_seq = ?, at = ?, list = ?, audienced = ? WHERE ref = ?',
  );
  const insert = db.prepare(
    'INSERT INTO log (ref, id, last_seq, rule_seq, told_seq, reacted_seq, at, audienced) VALUES (?, ?, 0, 0, 0, 0, 0, 0)',
  );
  const logs = new Map<string, BatchLog>();
  let newestRef: number | undefined;
  let isWriting = false;

  function read(id: string): BatchLog {
    const row = select.get(id);
    if (row) return { list: undefined, ...logRow(row), ref: integer(row.ref), stored: true };
    newestRef = (newestRef ?? integer(selectRef.get()?.ref)) + 1;
    return { id, ref: newestRef, list: undefined, audienced: false, at: 0, ...zero };
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

  function forget(): void {
    if (isWriting) {
      logs.clear();
      newestRef = undefined;
    }
    for (const id of logs.keys()) {
      if (logs.size <= held) break;
      logs.delete(id);
    }
  }

  return {
    begin() {
      forget();
      isWriting = true;
      const dirty = new Set<BatchLog>();
      return {
        get,

        changed(log) {
          // At once and not in `flush`: a repeat in this same batch names the log of its answer.
          if (!log.stored) insert.run(log.ref, log.id);
          log.stored = true;
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
    },

    committed() {
      isWriting = false;
    },
  };
}

const zero = { lastSeq: 0, ruleSeq: 0, toldSeq: 0, reactedSeq: 0, stored: false };
