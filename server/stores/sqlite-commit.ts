import type { DatabaseSync } from 'node:sqlite';
import { version } from '../../protocol/limits.ts';
import { placed, placedFile } from '../core/here.ts';
import type { Append, Cursor, Outcome, Put, Unit } from '../core/store.ts';
import { type BatchLogs, logsOf } from './sqlite-logs.ts';
import { putWriter } from './sqlite-puts.ts';
import { doneRow } from './sqlite-rows.ts';

/** Writes batches inside the caller's transactions. */
export interface BatchWriter {
  write(units: readonly Unit[], cursors: readonly Cursor[]): Outcome[];
  /** The transaction of the last `write` is on disk. */
  committed(): void;
}

/**
 * Prepares the statements. A unit is judged before its first row is written and cannot fail afterwards, so none needs a
 * savepoint; an error here is one of the file and ends the whole batch.
 */
export function batchWriter(db: DatabaseSync): BatchWriter {
  const { begin, committed } = logsOf(db);
  const put = putWriter(db);
  const insertDone = db.prepare(
    'INSERT INTO done (device, id, digest, log, seq) VALUES (?, ?, ?, ?, ?) ON CONFLICT (device, id) DO NOTHING',
  );
  const selectDone = db.prepare(
    'SELECT digest, log.id AS log, seq FROM done LEFT JOIN log ON log.ref = done.log WHERE device = ? AND done.id = ?',
  );
  const isDone = db.prepare('SELECT 1 FROM done WHERE device = ? AND id = ?');
  const selectLogin = db.prepare('SELECT revoked_at FROM login WHERE kind = ? AND subject = ?');
  const selectBody = db.prepare('SELECT body FROM fact WHERE log = (SELECT ref FROM log WHERE id = ?) AND seq = ?');
  const selectState = db.prepare('SELECT value FROM state WHERE plugin = ? AND scope = ? AND key = ?');
  const selectFile = db.prepare('SELECT seq FROM file WHERE id = ?');
  const insertFact = db.prepare(
    'INSERT INTO fact (log, seq, v, type, at, "by", device, action, body, item, audience) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );

  function write(unit: Unit, logs: BatchLogs): Outcome {
    const refusal = refusalOf(unit, logs);
    if (refusal) return repeatOf(unit) ?? refusal;
    if (!remember(unit, logs)) return repeatOf(unit) ?? { kind: 'stale' };
    const appended = unit.appends.map((append) => keep(append, unit, logs));
    for (const row of unit.puts) {
      if (row.table === 'member') put({ ...row, row: placed(row.row, unit.appends, appended) });
      else if (row.table === 'file') put({ ...row, row: placedFile(row.row, unit.appends, appended) });
      else put(row);
    }
    if (unit.reacted) logs.raise({ log: unit.reacted.log, reacted: unit.reacted.seq });
    return { kind: 'stored', appended };
  }

  function refusalOf({ device, after, reads, puts }: Unit, logs: BatchLogs): Outcome | undefined {
    if (device !== undefined && after !== undefined && !isDone.get(device, after)) return { kind: 'early' };
    const holds = reads.every(({ log, ruleSeq }) => logs.get(log).ruleSeq === ruleSeq) && puts.every(meetsExpectation);
    return holds ? undefined : { kind: 'stale' };
  }

  function meetsExpectation(row: Put): boolean {
    if (row.table === 'file' || row.table === 'unfile') {
      if (row.expect === undefined) return true;
      const file = selectFile.get(row.row.id);
      return row.expect === 'absent' ? file === undefined : file !== undefined && file.seq === null;
    }
    if (row.table === 'fact') {
      return row.expect === undefined || selectBody.get(row.row.log, row.row.seq)?.body === row.expect;
    }
    if (row.table === 'state') return row.expect === undefined || row.expect === stateOf(row.row);
    if (row.table !== 'login' || row.expect === undefined) return true;
    const login = selectLogin.get(row.row.kind, row.row.subject);
    return row.expect === 'absent' ? login === undefined : login?.revoked_at === null;
  }

  function stateOf({ plugin, scope, key }: Extract<Put, { table: 'state' }>['row']): unknown {
    return selectState.get(plugin, scope, key)?.value ?? null;
  }

  /** False where (device, id) is known. Its answer is known before the facts are written: seqs are counted here. */
  function remember(unit: Unit, logs: BatchLogs): boolean {
    const { device, id, digest, appends, answer } = unit;
    if (device === undefined) return true;
    const own = answer === undefined ? undefined : appends[answer];
    if (own === undefined) return insertDone.run(device, id, digest, null, null).changes === 1;
    const { ref, lastSeq } = logs.get(own.log);
    const seq = lastSeq + appends.slice(0, answer).filter(({ log }) => log === own.log).length + 1;
    return insertDone.run(device, id, digest, ref, seq).changes === 1;
  }

  function repeatOf({ device, id }: Unit): Outcome | undefined {
    if (device === undefined) return undefined;
    const row = selectDone.get(device, id);
    return row && { kind: 'repeat', done: doneRow(row) };
  }

  function keep(append: Append, unit: Unit, logs: BatchLogs): { seq: number; audienced: boolean } {
    const log = logs.get(append.log);
    const seq = log.lastSeq + 1;
    const { type, at, by, body, audience } = append;
    const { device = '', id } = unit;
    const seenBy = audience ? JSON.stringify(audience) : null;
    insertFact.run(log.ref, seq, version, type, at, by, device, id, body, append.item ? 1 : 0, seenBy);
    log.lastSeq = seq;
    log.at = at;
    if (append.rule) log.ruleSeq = seq;
    if (append.list !== undefined) log.list = append.list;
    if (audience) log.audienced = true;
    logs.changed(log);
    return { seq, audienced: log.audienced };
  }

  return {
    write(units, cursors) {
      const logs = begin();
      const outcomes = units.map((unit) => write(unit, logs));
      for (const cursor of cursors) logs.raise(cursor);
      logs.flush();
      return outcomes;
    },
    committed,
  };
}
