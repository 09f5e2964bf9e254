import type { Inventory } from '../core/inventory.ts';
import type { FileRow, UserRow } from '../core/rows.ts';

/** What a store in memory holds, as far as it is listed. */
export interface Held {
  readonly users: ReadonlyMap<string, UserRow>;
  /** By plugin, scope and key as JSON. */
  readonly states: ReadonlyMap<string, string>;
  /** Conversations that a user is or was a member of. */
  conversationsOf(user: string): readonly string[];
  files(): readonly FileRow[];
}

/** Lists by looking at everything. */
export function memoryInventory({ users, states, conversationsOf, files }: Held): Inventory {
  return {
    async states(plugin, scope, limit, after = '') {
      const rows = Array.from(states, ([name, value]) => ({ name: JSON.parse(name) as string[], value }));
      return rows
        .filter(({ name: [of, within, key = ''] }) => of === plugin && within === scope && key > after)
        .map(({ name: [, , key = ''], value }) => ({ key, value }))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, limit);
    },
    conversationsOf: async (user, limit, after = '') =>
      conversationsOf(user)
        .filter((id) => id > after)
        .sort()
        .slice(0, limit),
    filesBy: async (user, limit, after = '') =>
      files()
        .filter(({ by, id }) => by === user && id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    mergedInto: async (user, limit) =>
      [...users.values()]
        .flatMap((row) => (row.mergedInto === user ? row.id : []))
        .sort()
        .slice(0, limit),
  };
}
