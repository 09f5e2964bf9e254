import type { DatabaseSync } from 'node:sqlite';
import type { Put } from '../core/store.ts';

/** Prepares the statements that remove what stands about a person beside the facts, inside the caller's transaction. */
export function forgetter(db: DatabaseSync): (row: Extract<Put, { table: 'forget' }>['row']) => void {
  const owned = [
    'DELETE FROM login WHERE user = ?1',
    'DELETE FROM connection WHERE user = ?1',
    'DELETE FROM relation WHERE owner = ?1 OR other = ?1',
    'DELETE FROM state WHERE scope = ?1 OR key = ?1',
    'DELETE FROM file WHERE "by" = ?1',
    'DELETE FROM schedule WHERE user = ?1',
    'DELETE FROM reader WHERE who = ?1',
    'UPDATE member SET prefs = NULL WHERE user = ?1 AND prefs IS NOT NULL',
  ].map((sql) => db.prepare(sql));
  const profile = db.prepare('DELETE FROM users WHERE id = ?');

  return ({ name, profile: whole = false }) => {
    for (const statement of owned) statement.run(name);
    if (whole) profile.run(name);
  };
}
