import type { Person } from '../../protocol/facts.ts';

/** A conversation's or a user's ordered facts, and the counters that hold them together. */
export interface LogRow {
  readonly id: string;
  /** Gapless; the seq of the newest fact, 0 before the first. */
  readonly lastSeq: number;
  /** The newest fact that changed members, roles, relations or settings. */
  readonly ruleSeq: number;
  /** All up to here was handed to the XMPP server once. */
  readonly toldSeq: number;
  /** Reactions are done up to here. */
  readonly reactedSeq: number;
  /** When the newest fact was stored, milliseconds. */
  readonly at: number;
  /** The list that shows this log by last use, e.g. `support`. */
  readonly list?: string;
  /** True once any fact of this log had an audience: only then `prev` needs a look at the store. */
  readonly audienced: boolean;
}

/** A fact as stored. `body` is its JSON text. */
export interface StoredFact {
  readonly log: string;
  readonly seq: number;
  readonly v: number;
  readonly type: string;
  readonly at: number;
  readonly by: string;
  readonly device: string;
  /** The id of the action it came from. */
  readonly action: string;
  readonly body: string;
  readonly item: boolean;
  /** User ids that may see it; absent: all readers of the log. */
  readonly audience?: readonly string[];
}

export type UserKind = Person['kind'];

export interface UserRow {
  readonly id: string;
  readonly kind: UserKind;
  readonly name: string;
  readonly verified: boolean;
  /** What this user hears besides the conversations he is a member of, e.g. `support`. */
  readonly topics: readonly string[];
}

/** A way in: `kind` is device, invite, jwt or jid; `subject` its hash or name. */
export interface LoginRow {
  readonly kind: string;
  readonly subject: string;
  readonly user: string;
  readonly device: string;
  readonly revokedAt?: number;
}

export interface ConnectionRow {
  readonly jid: string;
  readonly user: string;
  readonly device: string;
  readonly seenAt: number;
  /** Tombstone: the connection ended at this time. */
  readonly goneAt?: number;
}

export type ConversationKind = 'direct' | 'group' | 'support';

export interface ConversationRow {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly name?: string;
  readonly public: boolean;
}

export interface MemberRow {
  readonly conversation: string;
  readonly user: string;
  readonly role: string;
  /** The member sees facts after this seq. */
  readonly fromSeq: number;
  /** Set when the member left: sees nothing after this seq. */
  readonly untilSeq?: number;
  readonly readSeq: number;
  readonly deliveredSeq: number;
}

/** An action that waits for its time. */
export interface ScheduleRow {
  /** Unique for ever: it is also the id of the action, which therefore is stored once. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** Whose action it will be. */
  readonly user: string;
  readonly type: string;
  /** JSON text. */
  readonly body: string;
}

/** A row written in the same transaction as the facts. */
export type Put =
  | { readonly table: 'user'; readonly row: UserRow }
  /** `absent`: the unit is stale if the login exists. `unused`: stale if it is absent or revoked already. */
  | { readonly table: 'login'; readonly row: LoginRow; readonly expect?: 'absent' | 'unused' }
  | { readonly table: 'connection'; readonly row: ConnectionRow }
  | { readonly table: 'conversation'; readonly row: ConversationRow }
  | { readonly table: 'member'; readonly row: MemberRow }
  /** Raises a reader's marks, never lowers them; a reader without a member row keeps `read` in a row of its own. */
  | {
      readonly table: 'marker';
      readonly row: {
        readonly conversation: string;
        readonly user: string;
        readonly read?: number;
        readonly delivered?: number;
      };
    }
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

export interface PageQuery {
  readonly log: string;
  /** Only facts with a greater seq, oldest first. */
  readonly after?: number;
  /** Only facts with a smaller seq, the newest of them; still returned oldest first. */
  readonly before?: number;
  /** Only facts up to this seq. */
  readonly upTo?: number;
  readonly limit: number;
  /** Leaves out what this user is not in the audience of; absent: everything. */
  readonly reader?: string;
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
export interface Store {
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
  conversation(id: string): Promise<ConversationRow | undefined>;
  member(conversation: string, user: string): Promise<MemberRow | undefined>;
  /** Current members, by user id; those after `after`. */
  members(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]>;
  /** Current memberships of a user, most recently used log first. */
  memberships(user: string, limit: number): Promise<readonly MemberRow[]>;
  /** Logs of a list, most recently used first; those older than the pair (`at`, `id`). */
  listed(
    list: string,
    limit: number,
    before?: { readonly at: number; readonly id: string },
  ): Promise<readonly LogRow[]>;
  /** How far a reader has read: of the member row, or of a reader without one. 0 where unknown. */
  readSeq(conversation: string, user: string): Promise<number>;
  /** Messages (items of type `message.sent`) after `after` that are not by `reader` and that he may see, at most `cap`. */
  unread(log: string, after: number, reader: string, cap: number): Promise<number>;
  state(plugin: string, scope: string, key: string): Promise<string | undefined>;
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
