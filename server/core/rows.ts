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
  /** An https address, or `avatar/…` below the friend's own. */
  readonly avatar?: string;
  /** What the site says about the user; for rules and colleagues, never for other users. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** The user that this visitor turned out to be: he writes no more, and what he wrote stays his. */
  readonly mergedInto?: string;
}

/** A way in: `kind` is device, invite, jwt or jid; `subject` its hash or name. */
export interface LoginRow {
  readonly kind: string;
  readonly subject: string;
  readonly user: string;
  readonly device: string;
  readonly revokedAt?: number;
  /** The way in ends then, milliseconds since 1970. */
  readonly until?: number;
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
  readonly settings?: ConversationSettings;
}

/** How a group is run. Absent: history from the start, no slow mode, no link. */
export interface ConversationSettings {
  /** What a new member sees: `all`, or what comes after he `joined`. */
  readonly history?: 'all' | 'joined';
  /** Slow mode: the least time between two messages of a plain member, milliseconds. */
  readonly slow?: number;
  /** SHA-256 of the token that lets its bearer in. */
  readonly link?: string;
}

export interface MemberRow {
  readonly conversation: string;
  readonly user: string;
  readonly role: string;
  /** Since when he has this role, milliseconds since 1970. */
  readonly since?: number;
  /** The member sees facts after this seq. */
  readonly fromSeq: number;
  /** Set when the member left: sees nothing after this seq. */
  readonly untilSeq?: number;
  readonly readSeq: number;
  readonly deliveredSeq: number;
  readonly prefs?: MemberPrefs;
}

/** What a member has set for himself alone. Times are milliseconds since 1970. */
export interface MemberPrefs {
  readonly mutedUntil?: number;
  readonly archived?: boolean;
  readonly pinned?: boolean;
}

/**
 * How `owner` stands to `other`: at most one row for each slot. It is the owner's own statement, and grants or takes
 * what `other` may do towards him.
 */
export interface RelationRow {
  readonly owner: string;
  readonly other: string;
  readonly slot: string;
  readonly kind: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  readonly since: number;
  /** It ends by itself then, milliseconds since 1970. */
  readonly until?: number;
}

/**
 * A file that somebody has offered. Its bytes stand in the blobs under the same id; before `readyAt` they are on their
 * way. `log` and `seq` name the message that has it, and are absent until it was sent.
 */
export interface FileRow {
  readonly id: string;
  /** Who offered it. */
  readonly by: string;
  /** The conversation that he offered it for, as he named it. */
  readonly conversation: string;
  readonly name: string;
  /** The media type: as it was offered, and once it is ready as its first bytes say. */
  readonly type: string;
  /** Bytes: as offered, and once it is ready as they are kept. */
  readonly size: number;
  /** Of a picture, pixels. */
  readonly width?: number;
  readonly height?: number;
  /** When it was offered, milliseconds since 1970. */
  readonly at: number;
  readonly readyAt?: number;
  readonly log?: string;
  /** May be `here` when it is put. */
  readonly seq?: number;
}

/** Bytes of one user's files: those that no message has, and those that one has. */
export interface FileBytes {
  readonly waiting: number;
  readonly kept: number;
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
