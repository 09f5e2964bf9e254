import type { DatabaseSync } from 'node:sqlite';
import { version } from '../../protocol/limits.ts';
import type { Append, Unit } from '../core/store.ts';
import type { Counters, Logs } from './sqlite-logs.ts';
import { integer } from './sqlite-rows.ts';

/**
 * One of so many facts of a log is found by its seq at once, in `waypoint`; a log's row names the newest, and each fact the
 * one before it, so that any other is as many steps away at most. An index of all would have a page of its own for nearly
 * each of many conversations, and each message would write one. Part of the schema.
 */
const stride = 32;

/** The newest fact to be walked from: of the log ?1 with its newest ?2 and its last seq ?3, the first one from seq ?4 on. */
const start = `coalesce(
  (SELECT fact FROM waypoint WHERE ?4 < ?3 AND place BETWEEN (?1 << 32 | ?4) AND (?1 << 32 | ?3) ORDER BY place LIMIT 1),
  ?2)`;

/**
 * Begins a statement with `walk` (n, seq, prev): the facts of a log with seqs of more than ?5, from ?4 or up to 31 newer ones
 * on, the newest first. Nothing is read that a LIMIT leaves out. ?1 to ?4 as `wayTo` gives them.
 */
export const walk = `WITH RECURSIVE walk (n, seq, prev) AS (
  SELECT n, seq, prev FROM fact WHERE n = ${start}
  UNION ALL
  SELECT fact.n, fact.seq, fact.prev FROM walk CROSS JOIN fact ON fact.n = walk.prev WHERE walk.seq > ?5 + 1
)`;

/** After `walk`: its facts up to ?4. */
export const walked = 'walk CROSS JOIN fact USING (n) WHERE walk.seq <= ?4';

/** The first four parameters of `walk`. */
export function wayTo(
  { ref, newest, lastSeq }: Counters,
  seq: number,
): readonly [ref: number, newest: number | null, lastSeq: number, seq: number] {
  return [ref, newest, lastSeq, Math.min(seq, lastSeq)];
}

/** Prepares what finds the number of a fact in the table of all; undefined where there is none. */
export function factFinder(db: DatabaseSync, logs: Logs): (log: string, seq: number) => number | undefined {
  const select = db.prepare(`${walk} SELECT n FROM walk WHERE seq = ?4 LIMIT 1`);
  return (id, seq) => {
    const log = logs.find(id);
    if (log === undefined || seq < 1 || seq > log.lastSeq) return undefined;
    return integer(select.get(...wayTo(log, seq), seq - 1)?.n);
  };
}

/** Prepares what appends a fact to its log inside the caller's transaction, and counts it there. */
export function factWriter(db: DatabaseSync): (log: Counters, append: Append, unit: Unit) => void {
  const insert = db.prepare(
    `INSERT INTO fact (log, seq, v, type, at, "by", device, action, body, item, audience, prev)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const mark = db.prepare('INSERT INTO waypoint (place, fact) VALUES (?1 << 32 | ?2, ?3)');

  return (log, { type, at, by, body, audience, item }, { device = '', id }) => {
    const seq = log.lastSeq + 1;
    const seenBy = audience ? JSON.stringify(audience) : null;
    const row = [log.ref, seq, version, type, at, by, device, id, body, item ? 1 : 0, seenBy, log.newest] as const;
    log.newest = Number(insert.run(...row).lastInsertRowid);
    log.lastSeq = seq;
    log.at = at;
    if (seq % stride === 0) mark.run(log.ref, seq, log.newest);
  };
}
