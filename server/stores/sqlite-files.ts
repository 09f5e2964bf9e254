import type { DatabaseSync } from 'node:sqlite';
import type { FileRow } from '../core/rows.ts';
import type { Put, Store } from '../core/store.ts';
import { integer, type SqlRow, text } from './sqlite-rows.ts';

/** Prepares the statements and returns what writes one row of a file, inside the caller's transaction. */
export function fileWriter(db: DatabaseSync): (put: Extract<Put, { table: 'file' | 'unfile' }>) => void {
  const file = db.prepare(
    `INSERT INTO file (id, "by", conversation, name, type, size, width, height, at, ready_at, log, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET type = excluded.type,
     size = excluded.size, width = excluded.width, height = excluded.height, ready_at = excluded.ready_at,
     log = excluded.log, seq = excluded.seq`,
  );
  const unfile = db.prepare('DELETE FROM file WHERE id = ?');

  return (put) => {
    if (put.table === 'unfile') {
      unfile.run(put.row.id);
      return;
    }
    const { id, by, conversation, name, type, size, width, height, at, readyAt, log, seq } = put.row;
    const shape = [width ?? null, height ?? null] as const;
    file.run(id, by, conversation, name, type, size, ...shape, at, readyAt ?? null, log ?? null, seq ?? null);
  };
}

/** Prepares the statements that read files. */
export function fileReads(db: DatabaseSync): Pick<Store, 'file' | 'filesOf' | 'fileBytes' | 'filesUnsent'> {
  const file = db.prepare('SELECT * FROM file WHERE id = ?');
  const ofMessage = db.prepare('SELECT * FROM file INDEXED BY file_message WHERE log = ? AND seq = ? ORDER BY id');
  const bytes = db.prepare(
    `SELECT coalesce(sum(CASE WHEN seq IS NULL THEN size END), 0) AS waiting,
            coalesce(sum(CASE WHEN seq IS NULL THEN 0 ELSE size END), 0) AS kept
     FROM file INDEXED BY file_by WHERE "by" = ?`,
  );
  const unsent = db.prepare(
    'SELECT * FROM file INDEXED BY file_unsent WHERE seq IS NULL AND at < ? ORDER BY at, id LIMIT ?',
  );

  return {
    async file(id) {
      const row = file.get(id);
      return row && fileRow(row);
    },
    filesOf: async (log, seq) => ofMessage.all(log, seq).map(fileRow),
    async fileBytes(user) {
      const row = bytes.get(user);
      return { waiting: integer(row?.waiting), kept: integer(row?.kept) };
    },
    filesUnsent: async (at, limit) => unsent.all(at, limit).map(fileRow),
  };
}

/** Table `file`. */
export function fileRow(row: SqlRow): FileRow {
  return {
    id: text(row.id),
    by: text(row.by),
    conversation: text(row.conversation),
    name: text(row.name),
    type: text(row.type),
    size: integer(row.size),
    at: integer(row.at),
    ...(row.width === null ? {} : { width: integer(row.width) }),
    ...(row.height === null ? {} : { height: integer(row.height) }),
    ...(row.ready_at === null ? {} : { readyAt: integer(row.ready_at) }),
    ...(row.log === null ? {} : { log: text(row.log) }),
    ...(row.seq === null ? {} : { seq: integer(row.seq) }),
  };
}
