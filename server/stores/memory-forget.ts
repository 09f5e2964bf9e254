import type { ConnectionRow, LoginRow, ScheduleRow, UserRow } from '../core/rows.ts';
import type { Put } from '../core/store.ts';
import type { MemoryFiles } from './memory-files.ts';
import type { MemoryMembers } from './memory-members.ts';
import type { MemoryRelations } from './memory-relations.ts';

/** Where a store in memory keeps what stands about people. */
export interface Kept {
  readonly logins: Map<string, LoginRow>;
  readonly connections: Map<string, ConnectionRow>;
  readonly relations: Pick<MemoryRelations, 'forget'>;
  /** By plugin, scope and key as JSON. */
  readonly states: Map<string, string>;
  readonly files: Pick<MemoryFiles, 'all' | 'remove'>;
  readonly schedules: Map<string, ScheduleRow>;
  readonly members: Pick<MemoryMembers, 'forget'>;
  readonly users: Map<string, UserRow>;
}

/** Removes what stands under a person's name beside the facts. */
export function forgotten(kept: Kept, { name, profile = false }: Extract<Put, { table: 'forget' }>['row']): void {
  for (const rows of [kept.logins, kept.connections, kept.schedules]) {
    for (const [key, { user }] of rows) if (user === name) rows.delete(key);
  }
  for (const key of kept.states.keys()) {
    const [, scope, of] = JSON.parse(key) as string[];
    if (scope === name || of === name) kept.states.delete(key);
  }
  for (const { id, by } of kept.files.all()) if (by === name) kept.files.remove(id);
  kept.relations.forget(name);
  kept.members.forget(name);
  if (profile) kept.users.delete(name);
}
