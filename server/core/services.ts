import type { Person } from '../../protocol/facts.ts';
import type { Reads } from './reads.ts';
import type { ConversationRow, MemberRow, UserRow } from './rows.ts';
import type { Effects } from './rule.ts';

/** What one user may do in one conversation, and how far it exists. */
export interface Access {
  readonly id: string;
  readonly row: ConversationRow;
  /** False where it would come into being with its first message. */
  readonly exists: boolean;
  readonly member?: MemberRow;
  readonly maySend: boolean;
  /** The list that shows it by last use. */
  readonly list?: string;
  /** What must be stored before this user's first message: the conversation, its members. Empty for a member. */
  enter(): Effects;
}

/** Services that plugins offer each other through their host. */
export interface Services {
  readonly conversations: {
    /** Undefined where there is no such conversation, or this user may not know of it: both alike. */
    access(read: Reads, user: UserRow, ref: string): Promise<Access | undefined>;
    /** What others may see of these users; who is unknown is left out. */
    people(read: Reads, users: Iterable<string>): Promise<Person[]>;
  };
}
