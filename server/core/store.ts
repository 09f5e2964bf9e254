import type { Inventory } from './inventory.ts';
import type {
  ConnectionRow,
  ConversationRow,
  FileBytes,
  FileRow,
  LoginRow,
  LogRow,
  MemberPrefs,
  MemberRow,
  RelationRow,
  ScheduleRow,
  StoredFact,
  UserRow,
} from './rows.ts';
import type { Term } from './words.ts';

/** A row written in the same transaction as the facts. */
export type Put =
  | { readonly table: 'user'; readonly row: UserRow }
  /** `absent`: the unit is stale if the login exists. `unused`: stale if it is absent or revoked already. */
  | { readonly table: 'login'; readonly row: LoginRow; readonly expect?: 'absent' | 'unused' }
  | { readonly table: 'connection'; readonly row: ConnectionRow }
  | { readonly table: 'conversation'; readonly row: ConversationRow }
  /**
   * Makes a member, or gives the one who is known another role and other bounds: his marks are raised only, and what he
   * has set for himself stays. A bound may be `here`.
   */
  | { readonly table: 'member'; readonly row: MemberRow }
  /** Replaces what a member has set for himself; nothing where there is no such member. */
  | {
      readonly table: 'prefs';
      readonly row: Pick<MemberRow, 'conversation' | 'user'> & { readonly prefs: MemberPrefs };
    }
  /**
   * Rewrites the body of a stored fact: what it said before leaves the disk. Nothing where there is no such fact. `expect`:
   * the unit is stale unless this is the body that stands there.
   */
  | { readonly table: 'fact'; readonly row: Pick<StoredFact, 'log' | 'seq' | 'body'>; readonly expect?: string }
  /** Rewrites the body of every change of this type that the message `of` has seen, in the same way. */
  | {
      readonly table: 'changes';
      readonly row: Pick<StoredFact, 'log' | 'body'> & {
        readonly type: 'message.edited' | 'message.answered';
        readonly of: number;
      };
    }
  | { readonly table: 'relation'; readonly row: RelationRow }
  /** Removes the relation; nothing where there is none. */
  | { readonly table: 'unrelate'; readonly row: Pick<RelationRow, 'owner' | 'other' | 'slot'> }
  /**
   * Raises a reader's marks, never lowers them; a reader without a member row keeps `read` in a row of its own, and so
   * does one whose mark is `hidden`: his member row, which others see, stays as it is.
   */
  | {
      readonly table: 'marker';
      readonly row: {
        readonly conversation: string;
        readonly user: string;
        readonly read?: number;
        readonly delivered?: number;
        readonly hidden?: boolean;
      };
    }
  /** The unit is stale unless there is no such file (`absent`), or there is and no message has it (`unsent`). */
  | { readonly table: 'file'; readonly row: FileRow; readonly expect: 'absent' | 'unsent' }
  /** Forgets a file; `unsent`: the unit is stale where there is none, or a message has it. */
  | { readonly table: 'unfile'; readonly row: Pick<FileRow, 'id'>; readonly expect?: 'unsent' }
  /**
   * Removes what stands under a person's `name` (his id, a device, an account) beside the facts: ways in, connections,
   * relations, state by scope or key, files, schedules, marks, what he has set for himself; and his `profile` where it is
   * to go, too. His member rows stay.
   */
  | { readonly table: 'forget'; readonly row: { readonly name: string; readonly profile?: boolean } }
  /** Replaces what waits under the same id. */
  | { readonly table: 'schedule'; readonly row: ScheduleRow }
  /** Removes what waits; nothing where nothing does. */
  | { readonly table: 'unschedule'; readonly row: Pick<ScheduleRow, 'id'> }
  | {
      readonly table: 'state';
      readonly row: {
        readonly plugin: string;
        readonly scope: string;
        readonly key: string;
        readonly value: string | null;
      };
      /** The unit is stale unless this is what stands there; null: nothing does. */
      readonly expect?: string | null;
    };

/** A fact to be stored; its `seq` is given in the commit. */
export interface Append {
  readonly log: string;
  readonly type: string;
  readonly at: number;
  readonly by: string;
  readonly body: string;
  readonly item: boolean;
  /** It changes members, roles, relations or settings: raises the log's `rule_seq`. */
  readonly rule: boolean;
  readonly audience?: readonly string[];
  readonly list?: string;
}

/** What one action, or one reaction, wants stored: all of it or nothing. */
export interface Unit {
  /** Who repeats: (device, id) is unique for ever. Absent: not remembered (markers, connections). */
  readonly device?: string;
  readonly id: string;
  /** Of type and body: the same id with another digest is a different action. */
  readonly digest: string;
  readonly after?: string;
  /** What the decision rests on: each log's `rule_seq` as it was read, 0 where the log was absent. */
  readonly reads: readonly { readonly log: string; readonly ruleSeq: number }[];
  readonly appends: readonly Append[];
  readonly puts: readonly Put[];
  /** Index of the append that answers; absent: a plain acknowledgement answers. */
  readonly answer?: number;
  /** For a reaction: its log is done up to here, in this same transaction. */
  readonly reacted?: { readonly log: string; readonly seq: number };
}

/** The answer that (device, id) got: its own fact, or neither where an `ack` was the answer. */
export interface Done {
  readonly digest: string;
  readonly log?: string;
  readonly seq?: number;
}

/**
 * stored: one entry per append, in order · repeat: (device, id) is known, nothing was written · early: `after` is not
 * stored · stale: something that was read has changed, decide again
 */
export type Outcome =
  | { readonly kind: 'stored'; readonly appended: readonly { readonly seq: number; readonly audienced: boolean }[] }
  | { readonly kind: 'repeat'; readonly done: Done }
  | { readonly kind: 'early' }
  | { readonly kind: 'stale' };

/** Progress of a log; a cursor only ever rises. */
export interface Cursor {
  readonly log: string;
  readonly told?: number;
  readonly reacted?: number;
}

/** Where a way in stands among those of its user. */
export type LoginPlace = Pick<LoginRow, 'kind' | 'subject'>;

export interface PageQuery {
  readonly log: string;
  /** Only facts with a greater seq, oldest first. */
  readonly after?: number;
  /** Only facts with a smaller seq, the newest of them; still returned oldest first. */
  readonly before?: number;
  /** Only facts up to this seq. */
  readonly upTo?: number;
  readonly limit: number;
  /** Leaves out what this user is not in the audience of, and what came before he was a member; absent: everything. */
  readonly reader?: string;
}

/** What is searched for. */
export interface FindQuery {
  /** All of them have to be in the text. */
  readonly terms: readonly Term[];
  readonly logs: readonly string[];
  /** Leaves out what this user is not in the audience of, and what came before he was a member. */
  readonly reader: string;
  readonly limit: number;
  /** A cursor: only what was stored before it. */
  readonly before?: string;
}

/** A message that was searched for; the search goes on before its `cursor`. */
export interface Hit {
  readonly fact: StoredFact;
  readonly cursor: string;
}

/** `next`: a cursor where there may be older ones, also where few or none were found so far. */
export interface Hits {
  readonly hits: readonly Hit[];
  readonly next?: string;
}

/** The store is full: nothing of the batch was written, trying later can succeed. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';
}

/** A commit or its fsync failed: whether the batch is on disk is unknown, so nobody may be answered. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
}

/** Where everything durable lives. One contract suite for all implementations. */
export interface Store extends Inventory {
  /** Opens and migrates forward. @throws Error that says what to do when the schema is newer than this program. */
  open(): Promise<void>;
  close(): Promise<void>;
  /**
   * Writes a batch in ONE transaction, unit by unit in the given order; resolves after it is durable.
   * @throws StorageFull, CommitUnknown
   */
  commit(units: readonly Unit[], cursors: readonly Cursor[]): Promise<readonly Outcome[]>;
  log(id: string): Promise<LogRow | undefined>;
  /** Facts of a log by ascending seq. */
  page(query: PageQuery): Promise<readonly StoredFact[]>;
  /** The greatest seq below `seq` that `reader` may see, 0 where there is none. */
  prevVisible(log: string, seq: number, reader: string): Promise<number>;
  done(device: string, id: string): Promise<Done | undefined>;
  user(id: string): Promise<UserRow | undefined>;
  login(kind: string, subject: string): Promise<LoginRow | undefined>;
  /** Ways in of a user that are not revoked, by kind and subject, at most `limit`; those after the pair `after`. */
  logins(user: string, limit: number, after?: LoginPlace): Promise<readonly LoginRow[]>;
  /** Everything that `owner` has stated about `other`, in all slots; ended ones too, until they are removed. */
  relation(owner: string, other: string): Promise<readonly RelationRow[]>;
  /** What `owner` has stated about anybody, by the other's id and slot; those after the other `after`. */
  relations(owner: string, limit: number, after?: string): Promise<readonly RelationRow[]>;
  /** What others have stated about `other` in one slot, by the owner's id; those after the owner `after`. */
  relationsTo(other: string, slot: string, limit: number, after?: string): Promise<readonly RelationRow[]>;
  conversation(id: string): Promise<ConversationRow | undefined>;
  member(conversation: string, user: string): Promise<MemberRow | undefined>;
  /** Current members, by user id; those after `after`. */
  members(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]>;
  /** Current members who have this role, the longest first. */
  membersIn(conversation: string, role: string, limit: number): Promise<readonly MemberRow[]>;
  /** How many current members there are, at most `cap`. */
  memberCount(conversation: string, cap: number): Promise<number>;
  /** Current memberships of a user, most recently used log first. */
  memberships(user: string, limit: number): Promise<readonly MemberRow[]>;
  /** Conversations that a user was banned from, by id. */
  bans(user: string, limit: number): Promise<readonly MemberRow[]>;
  /** Who was banned from a conversation, by user id; those after `after`. */
  bannedFrom(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]>;
  /** Logs of a list, most recently used first; those older than the pair (`at`, `id`). */
  listed(
    list: string,
    limit: number,
    before?: { readonly at: number; readonly id: string },
  ): Promise<readonly LogRow[]>;
  /** How far a reader has read: the greater of his member row and of a row of his own. 0 where unknown. */
  readSeq(conversation: string, user: string): Promise<number>;
  /**
   * Messages (items of type `message.sent`) after `after` that are not deleted, not by `reader`, and that he may see, at
   * most `cap`.
   */
  unread(log: string, after: number, reader: string, cap: number): Promise<number>;
  state(plugin: string, scope: string, key: string): Promise<string | undefined>;
  /**
   * Messages that are not deleted, the last stored first. `later` where that cannot be said yet: the words of older messages
   * are still being gathered. @throws StorageFull, CommitUnknown
   */
  find(query: FindQuery): Promise<Hits | 'later'>;
  file(id: string): Promise<FileRow | undefined>;
  /** The files of one message, by id. */
  filesOf(log: string, seq: number): Promise<readonly FileRow[]>;
  fileBytes(user: string): Promise<FileBytes>;
  /** Files that were offered before `at` and that no message has, the oldest first. */
  filesUnsent(at: number, limit: number): Promise<readonly FileRow[]>;
  /** Connections that are not gone. */
  connections(): Promise<readonly ConnectionRow[]>;
  /** What waits for its time, the earliest first. */
  scheduled(limit: number): Promise<readonly ScheduleRow[]>;
  /** Logs that are not told or not reacted to up to their head, at most `limit`. */
  due(limit: number): Promise<readonly LogRow[]>;
  /** Rows and transactions written since `open`, and whether the store can write: for metrics, health and proofs. */
  stats(): StoreStats;
}

export interface StoreStats {
  readonly facts: number;
  readonly commits: number;
  readonly writable: boolean;
}
