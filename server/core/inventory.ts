import type { FileRow } from './rows.ts';

/** Lists that no decision rests on, for queues, exports and erasures: nothing of them is noted. */
export interface Inventory {
  /** A plugin's own rows in one scope, by key; those after the key `after`. */
  states(
    plugin: string,
    scope: string,
    limit: number,
    after?: string,
  ): Promise<readonly { readonly key: string; readonly value: string }[]>;
  /** Conversations that a user is or was a member of, by id; those after `after`. */
  conversationsOf(user: string, limit: number, after?: string): Promise<readonly string[]>;
  /** Files that a user has offered, by id; those after `after`. */
  filesBy(user: string, limit: number, after?: string): Promise<readonly FileRow[]>;
  /** Visitors who turned out to be this user, by id. */
  mergedInto(user: string, limit: number): Promise<readonly string[]>;
}
