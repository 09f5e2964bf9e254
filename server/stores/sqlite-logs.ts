import type { DatabaseSync } from 'node:sqlite';
import type { LogRow } from '../core/rows.ts';
import type { Cursor } from '../core/store.ts';
import { integer, logRow, type SqlRow } from './sqlite-rows.ts';

/** What is counted of a log. */
export interface Counters {
  /** Its number in the file, or what that will be. */
  readonly ref: number;
  /** The number of its newest fact in the table of all, null before the first. */
  newest: number | null;
  lastSeq: number;
  /** When the newest fact was stored, milliseconds. */
  at: number;
}

/** A log as the last commit, or the batch that is being written, has made it. */
export interface BatchLog extends Counters, Pick<LogRow, 'id'> {
  ruleSeq: number;
  toldSeq: number;
  reactedSeq: number;
  list: string | undefined;
  audienced: boolean;
  /** Whether it has a row. */
  stored: boolean;
}

/** The logs that one batch reads and raises. Each is written once, however many units touch it. */
export interface BatchLogs {
  /** The log as the batch has made it so far; all counters are 0 where it is absent. */
  get(id: string): BatchLog;
  /** To be called after a fact was appended, and before the next one. */
  counted(log: BatchLog): void;
  /** To be called where more than its counters changed: its row is written with this batch. */
  changed(log: BatchLog): void;
  /** Raises what the cursor names, and writes it with this batch; a log that is absent stays so. */
  raise(cursor: Cursor): void;
  /** Writes what has to be; `all`: every row that is behind. */
  flush(all: boolean): void;
}

/** The logs of all batches. */
export interface Logs {
  /** Undefined where it is absent. */
  find(id: string): BatchLog | undefined;
  /** Those whose rows on disk count less than there is. */
  behind(): ReadonlySet<BatchLog>;
  begin(): BatchLogs;
  /** The batch was not committed: what it has made of logs is forgotten. */
  failed(): void;
}

/** Logs that are held in memory between batches: each message rests on up to three. */
const held = 20_000;

/** Rows that may be behind, and facts that they do not count: as many are read when the file is opened. */
const patience = { logs: 1_000, facts: 10_000 } as const;

const nothing = { ruleSeq: 0, toldSeq: 0, reactedSeq: 0, at: 0, list: undefined, audienced: false } as const;

/**
 * Prepares the statements. Nobody else writes this table while the data file is open, so what a batch has made of a log is
 * held for the next one. A message that does no more than lengthen a log leaves its row behind: rows are written when
 * cursors are, some hundred milliseconds later, and what they do not count then is counted from the facts themselves, since
 * the number of the last fact that all rows count stands in `counted`.
 */
export function logsOf(db: DatabaseSync): Logs {
  const select = db.prepare('SELECT * FROM log WHERE id = ?');
  const selectRef = db.prepare('SELECT coalesce(max(ref), 0) AS ref FROM log');
  const update = db.prepare(
    `UPDATE log SET last_seq = ?, newest = ?, rule_seq = ?, told_seq = ?, reacted_seq = ?, at = ?, list = ?, audienced = ?
     WHERE ref = ?`,
  );
  const insert = db.prepare(
    'INSERT INTO log (ref, id, last_seq, rule_seq, told_seq, reacted_seq, at, audienced) VALUES (?, ?, 0, 0, 0, 0, 0, 0)',
  );
  const selectCounted = db.prepare('SELECT fact FROM counted');
  const updateCounted = db.prepare('UPDATE counted SET fact = ?');
  // With one max(), the other columns are those of its row (https://www.sqlite.org/lang_select.html §2.5).
  const uncounted = db.prepare(
    `SELECT log.*, after.* FROM
       (SELECT log AS of_log, max(seq) AS after_seq, n AS after_n, at AS after_at FROM fact WHERE n > ? GROUP BY log) AS after
     JOIN log ON log.ref = after.of_log WHERE after_seq > last_seq`,
  );
  const logs = new Map<string, BatchLog>();
  const behind = new Set<BatchLog>();
  let newestRef = 0;
  let newestFact = 0;
  let counted = 0;
  let isStale = false;
  load();

  /** Begins anew from what is on disk. */
  function load(): void {
    logs.clear();
    behind.clear();
    newestRef = integer(selectRef.get()?.ref);
    counted = integer(selectCounted.get()?.fact);
    newestFact = counted;
    for (const row of uncounted.all(counted)) {
      const newest = integer(row.after_n);
      const log = { ...batchLog(row), lastSeq: integer(row.after_seq), at: integer(row.after_at), newest };
      newestFact = Math.max(newestFact, newest);
      logs.set(log.id, log);
      behind.add(log);
    }
    isStale = false;
  }

  function find(id: string): BatchLog | undefined {
    if (isStale) load();
    const known = logs.get(id);
    if (known) return known.stored ? known : undefined;
    const row = select.get(id);
    if (row === undefined) return undefined;
    const log = batchLog(row);
    if (logs.size < held) logs.set(id, log);
    return log;
  }

  function get(id: string): BatchLog {
    const log = logs.get(id) ?? find(id) ?? absent(id);
    logs.set(id, log);
    return log;
  }

  function absent(id: string): BatchLog {
    newestRef += 1;
    return { id, ref: newestRef, newest: null, lastSeq: 0, stored: false, ...nothing };
  }

  function write(log: BatchLog): void {
    const { lastSeq, newest, ruleSeq, toldSeq, reactedSeq, at, list = null, audienced, ref } = log;
    update.run(lastSeq, newest, ruleSeq, toldSeq, reactedSeq, at, list, audienced ? 1 : 0, ref);
    behind.delete(log);
  }

  function forget(): void {
    if (logs.size <= held) return;
    for (const [id, log] of logs) {
      if (logs.size <= held) return;
      if (!behind.has(log)) logs.delete(id);
    }
  }

  return {
    find,
    behind() {
      if (isStale) load();
      return behind;
    },

    begin() {
      if (isStale) load();
      forget();
      const due = new Set<BatchLog>();
      return {
        get,

        counted(log) {
          newestFact = Math.max(newestFact, log.newest ?? 0);
          behind.add(log);
        },

        changed(log) {
          // At once and not in `flush`: a repeat in this same batch names the log of its answer.
          if (!log.stored) insert.run(log.ref, log.id);
          log.stored = true;
          due.add(log);
        },

        raise({ log: id, told = 0, reacted = 0 }) {
          const log = get(id);
          if (log.lastSeq === 0 || (told <= log.toldSeq && reacted <= log.reactedSeq)) return;
          log.toldSeq = Math.max(log.toldSeq, told);
          log.reactedSeq = Math.max(log.reactedSeq, reacted);
          due.add(log);
        },

        flush(all) {
          due.forEach(write);
          if (!all && behind.size < patience.logs && newestFact - counted < patience.facts) return;
          behind.forEach(write);
          if (counted < newestFact) updateCounted.run(newestFact);
          counted = newestFact;
        },
      };
    },

    failed() {
      isStale = true;
    },
  };
}

/** Table `log`. */
function batchLog(row: SqlRow): BatchLog {
  const newest = row.newest === null ? null : integer(row.newest);
  return { list: undefined, ...logRow(row), ref: integer(row.ref), newest, stored: true };
}
