import type { DatabaseSync } from 'node:sqlite';
import { placed, placedFile } from '../core/here.ts';
import type { Append, Cursor, Outcome, Put, Unit } from '../core/store.ts';
import { factFinder, factWriter } from './sqlite-facts.ts';
import type { BatchLogs, Logs } from './sqlite-logs.ts';
import { putWriter } from './sqlite-puts.ts';
import { doneRow } from './sqlite-rows.ts';

/** Writes batches inside the caller's transactions. */
export interface BatchWriter {
  write(units: readonly Unit[], cursors: readonly Cursor[]): Outcome[];
}

/**
 * Prepares the statements. A unit is judged before its first row is written and cannot fail afterwards, so none needs a
 * savepoint; an error here is one of the file and ends the whole batch.
 */
export function batchWriter(db: DatabaseSync, allLogs: Logs): BatchWriter {
  const factAt = factFinder(db, allLogs);
  const appendFact = factWriter(db);
  const put = putWriter(db, factAt);
  const insertDone = db.prepare(
    'INSERT INTO done (device, id, digest, log, seq) VALUES (?, ?, ?, ?, ?) ON CONFLICT (device, id) DO NOTHING',
  );
  const selectDone = db.prepare(
    'SELECT digest, log.id AS log, seq FROM done LEFT JOIN log ON log.ref = done.log WHERE device = ? AND done.id = ?',
  );
  const isDone = db.prepare('SELECT 1 FROM done WHERE device = ? AND id = ?');
  const selectLogin = db.prepare('SELECT revoked_at FROM login WHERE kind = ? AND subject = ?');
  const selectBody = db.prepare('SELECT body FROM fact WHERE n = ?');
  const selectState = db.prepare('SELECT value FROM state WHERE plugin = ? AND scope = ? AND key = ?');
  const selectFile = db.prepare('SELECT seq FROM file WHERE id = ?');

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
      if (row.expect === undefined) return true;
      const place = factAt(row.row.log, row.row.seq);
      return place !== undefined && selectBody.get(place)?.body === row.expect;
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
    appendFact(log, append, unit);
    logs.counted(log);
    const { rule, list = log.list, audience } = append;
    const audienced = log.audienced || audience !== undefined;
    if (rule) log.ruleSeq = log.lastSeq;
    // A list is read in the order of its logs' rows.
    if (rule || list !== undefined || audienced !== log.audienced || !log.stored) {
      Object.assign(log, { list, audienced });
      logs.changed(log);
    }
    return { seq: log.lastSeq, audienced };
  }

  return {
    write(units, cursors) {
      const logs = allLogs.begin();
      const outcomes = units.map((unit) => write(unit, logs));
      for (const cursor of cursors) logs.raise(cursor);
      logs.flush(cursors.length > 0);
      return outcomes;
    },
  };
}
