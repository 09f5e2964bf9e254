import type { FileRow, StoredFact } from './rows.ts';

/** Facts that were found while looking through all of them. */
export interface Naming {
  readonly facts: readonly StoredFact[];
  /** The place to go on after; absent where everything was looked at. */
  readonly next?: number;
}

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
  /**
   * Facts in any log that are by one of `users`, or hold his id: at most `limit` of the next `look` that are stored after
   * the place `after`. No index serves it, so each call looks at few, and what is stored meanwhile comes last.
   */
  naming(users: readonly string[], look: number, limit: number, after?: number): Promise<Naming>;
  /** Whether something waits for its time under this id. */
  waits(id: string): Promise<boolean>;
}
