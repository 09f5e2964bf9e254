import type { ConversationRow, MemberRow, RelationRow, UserRow } from './rows.ts';

/** What is remembered of one log, all of it read at the same `rule_seq`. */
export interface Entry {
  readonly ruleSeq: number;
  readonly list: string | undefined;
  conversation?: ConversationRow | null;
  user?: UserRow | null;
  readonly members: Map<string, MemberRow | null>;
  /** Of a user's log: what he has stated, by the other. */
  readonly relations: Map<string, readonly RelationRow[]>;
}
