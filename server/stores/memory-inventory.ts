import type { Inventory } from '../core/inventory.ts';
import type { FileRow, ScheduleRow, StoredFact, UserRow } from '../core/rows.ts';

/** What a store in memory holds, as far as it is listed. */
export interface Held {
  readonly users: ReadonlyMap<string, UserRow>;
  /** By plugin, scope and key as JSON. */
  readonly states: ReadonlyMap<string, string>;
  /** Conversations that a user is or was a member of. */
  conversationsOf(user: string): readonly string[];
  files(): readonly FileRow[];
  /** Of all logs, one after the other. */
  facts(): readonly StoredFact[];
  readonly schedules: ReadonlyMap<string, ScheduleRow>;
}

/** Lists by looking at everything. */
export function memoryInventory({ users, states, conversationsOf, files, facts, schedules }: Held): Inventory {
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
    async naming(users, look, limit, after = 0) {
      const all = facts();
      const found: StoredFact[] = [];
      let place = after;
      for (; place < Math.min(after + look, all.length) && found.length < limit; place += 1) {
        const fact = all[place];
        if (fact && users.some((user) => user === fact.by || fact.body.includes(user))) found.push(fact);
      }
      return place < all.length ? { facts: found, next: place } : { facts: found };
    },
    waits: async (id) => schedules.has(id),
  };
}
