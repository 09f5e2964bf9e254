import type { DatabaseSync } from 'node:sqlite';
import type { Inventory } from '../core/inventory.ts';
import { fileRow } from './sqlite-files.ts';
import { integer, storedFact, text } from './sqlite-rows.ts';

/** By which a person is looked for when he is erased: each step reads so many facts and no more, however many there are. */
export const erasureQueries = {
  merged: 'SELECT id FROM users INDEXED BY user_merged WHERE merged_into = ? ORDER BY id LIMIT ?',
  // By their numbers: facts are never deleted, so theirs have no gaps. The names are read from the JSON once, not for each row.
  named: `WITH name AS MATERIALIZED (SELECT value FROM json_each(?))
    SELECT fact.n AS place, fact.*, log.id AS of_log FROM fact JOIN log ON log.ref = fact.log
    WHERE fact.n > ? AND fact.n <= ?
      AND EXISTS (SELECT 1 FROM name WHERE value = fact."by" OR instr(fact.body, value) > 0)
    ORDER BY fact.n LIMIT ?`,
  newest: 'SELECT coalesce(max(n), 0) AS place FROM fact',
} as const;

/** Prepares the statements that list. Those that no index serves are for what is done once for a person. */
export function inventoryReads(db: DatabaseSync): Inventory {
  const states = db.prepare(
    'SELECT key, value FROM state WHERE plugin = ? AND scope = ? AND key > ? ORDER BY key LIMIT ?',
  );
  const conversations = db.prepare(
    'SELECT conversation FROM member WHERE user = ? AND conversation > ? ORDER BY conversation LIMIT ?',
  );
  const files = db.prepare('SELECT * FROM file WHERE "by" = ? AND id > ? ORDER BY id LIMIT ?');
  const merged = db.prepare(erasureQueries.merged);
  const named = db.prepare(erasureQueries.named);
  const newest = db.prepare(erasureQueries.newest);
  const waiting = db.prepare('SELECT 1 FROM schedule WHERE id = ?');

  return {
    states: async (plugin, scope, limit, after = '') =>
      states.all(plugin, scope, after, limit).map((row) => ({ key: text(row.key), value: text(row.value) })),
    conversationsOf: async (user, limit, after = '') =>
      conversations.all(user, after, limit).map((row) => text(row.conversation)),
    filesBy: async (user, limit, after = '') => files.all(user, after, limit).map(fileRow),
    mergedInto: async (user, limit) => merged.all(user, limit).map((row) => text(row.id)),
    async naming(users, look, limit, after = 0) {
      const rows = named.all(JSON.stringify(users), after, after + look, limit);
      const facts = rows.map((row) => storedFact(text(row.of_log), row));
      const place = rows.length === limit ? integer(rows.at(-1)?.place) : after + look;
      return place < integer(newest.get()?.place) ? { facts, next: place } : { facts };
    },
    waits: async (id) => waiting.get(id) !== undefined,
  };
}
