import type { DatabaseSync } from 'node:sqlite';
import type { Inventory } from '../core/inventory.ts';
import { fileRow } from './sqlite-files.ts';
import { text } from './sqlite-rows.ts';

/** Prepares the statements that list. Those that no index serves are for what is done once for a person. */
export function inventoryReads(db: DatabaseSync): Inventory {
  const states = db.prepare(
    'SELECT key, value FROM state WHERE plugin = ? AND scope = ? AND key > ? ORDER BY key LIMIT ?',
  );
  const conversations = db.prepare(
    'SELECT conversation FROM member WHERE user = ? AND conversation > ? ORDER BY conversation LIMIT ?',
  );
  const files = db.prepare('SELECT * FROM file WHERE "by" = ? AND id > ? ORDER BY id LIMIT ?');
  const merged = db.prepare('SELECT id FROM users WHERE merged_into = ? ORDER BY id LIMIT ?');

  return {
    states: async (plugin, scope, limit, after = '') =>
      states.all(plugin, scope, after, limit).map((row) => ({ key: text(row.key), value: text(row.value) })),
    conversationsOf: async (user, limit, after = '') =>
      conversations.all(user, after, limit).map((row) => text(row.conversation)),
    filesBy: async (user, limit, after = '') => files.all(user, after, limit).map(fileRow),
    mergedInto: async (user, limit) => merged.all(user, limit).map((row) => text(row.id)),
  };
}
