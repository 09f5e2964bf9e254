import type { SQLOutputValue } from 'node:sqlite';
import type {
  ConnectionRow,
  ConversationKind,
  ConversationRow,
  LoginRow,
  LogRow,
  MemberRow,
  RelationRow,
  ScheduleRow,
  StoredFact,
  UserKind,
  UserRow,
} from '../core/rows.ts';
import type { Done } from '../core/store.ts';

/** A row as `node:sqlite` returns it, by column name. */
export type SqlRow = Readonly<Record<string, SQLOutputValue>>;

/** A column that is declared INTEGER NOT NULL. @throws Error where the file says otherwise */
export function integer(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw unexpected('a number', value);
  return value;
}

/** A column that is declared TEXT NOT NULL. @throws Error where the file says otherwise */
export function text(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw unexpected('a text', value);
  return value;
}

function unexpected(wanted: string, value: unknown): Error {
  return new Error(
    `The data file is damaged: a column holds ${value === null ? 'nothing' : typeof value}, not ${wanted}.`,
  );
}

function texts(value: SQLOutputValue | undefined): readonly string[] {
  return JSON.parse(text(value));
}

/** The columns that may hold nothing, under the names of the row; those that hold nothing are left out. */
function present<T extends object>(values: { readonly [K in keyof T]: SQLOutputValue | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
}

/** A column of JSON that may hold nothing. */
function json<K extends string, T>(name: K, value: SQLOutputValue | undefined): { readonly [P in K]?: T } {
  return (value === null ? {} : { [name]: JSON.parse(text(value)) }) as { readonly [P in K]?: T };
}

/** Table `log`. */
export function logRow(row: SqlRow): LogRow {
  const log = {
    id: text(row.id),
    lastSeq: integer(row.last_seq),
    ruleSeq: integer(row.rule_seq),
    toldSeq: integer(row.told_seq),
    reactedSeq: integer(row.reacted_seq),
    at: integer(row.at),
    audienced: row.audienced === 1,
  };
  return row.list === null ? log : { ...log, list: text(row.list) };
}

/** Table `fact`, of the log with the id `log`. */
export function storedFact(log: string, row: SqlRow): StoredFact {
  const fact = {
    log,
    seq: integer(row.seq),
    v: integer(row.v),
    type: text(row.type),
    at: integer(row.at),
    by: text(row.by),
    device: text(row.device),
    action: text(row.action),
    body: text(row.body),
    item: row.item === 1,
  };
  return row.audience === null ? fact : { ...fact, audience: texts(row.audience) };
}

/** Table `done`, with the id of its log as `log`. */
export function doneRow(row: SqlRow): Done {
  const digest = text(row.digest);
  return row.log === null ? { digest } : { digest, log: text(row.log), seq: integer(row.seq) };
}

/** Table `users`. */
export function userRow(row: SqlRow): UserRow {
  return {
    id: text(row.id),
    kind: text(row.kind) as UserKind,
    name: text(row.name),
    verified: row.verified === 1,
    topics: texts(row.topics),
    ...present<Pick<UserRow, 'avatar' | 'mergedInto'>>({ avatar: row.avatar, mergedInto: row.merged_into }),
    ...json<'attributes', NonNullable<UserRow['attributes']>>('attributes', row.attributes),
  };
}

/** Table `login`. */
export function loginRow(row: SqlRow): LoginRow {
  return {
    kind: text(row.kind),
    subject: text(row.subject),
    user: text(row.user),
    device: text(row.device),
    ...present<Pick<LoginRow, 'revokedAt' | 'until'>>({ revokedAt: row.revoked_at, until: row.until }),
  };
}

/** Table `relation`. */
export function relationRow(row: SqlRow): RelationRow {
  return {
    owner: text(row.owner),
    other: text(row.other),
    slot: text(row.slot),
    kind: text(row.kind),
    since: integer(row.since),
    ...present<Pick<RelationRow, 'until'>>({ until: row.until }),
    ...json<'attributes', NonNullable<RelationRow['attributes']>>('attributes', row.attributes),
  };
}

/** Table `connection`, of a connection that is not gone. */
export function liveConnectionRow(row: SqlRow): ConnectionRow {
  return {
    jid: text(row.jid),
    user: text(row.user),
    device: text(row.device),
    seenAt: integer(row.seen_at),
  };
}

/** Table `schedule`. */
export function scheduleRow(row: SqlRow): ScheduleRow {
  return {
    id: text(row.id),
    dueAt: integer(row.due_at),
    user: text(row.user),
    type: text(row.type),
    body: text(row.body),
  };
}

/** Table `conversation`. */
export function conversationRow(row: SqlRow): ConversationRow {
  return {
    id: text(row.id),
    kind: text(row.kind) as ConversationKind,
    public: row.public === 1,
    ...present<Pick<ConversationRow, 'name'>>({ name: row.name }),
    ...json<'settings', NonNullable<ConversationRow['settings']>>('settings', row.settings),
  };
}

/** Table `member`. */
export function memberRow(row: SqlRow): MemberRow {
  return {
    conversation: text(row.conversation),
    user: text(row.user),
    role: text(row.role),
    fromSeq: integer(row.from_seq),
    readSeq: integer(row.read_seq),
    deliveredSeq: integer(row.delivered_seq),
    ...present<Pick<MemberRow, 'since' | 'untilSeq'>>({ since: row.since, untilSeq: row.until_seq }),
    ...json<'prefs', NonNullable<MemberRow['prefs']>>('prefs', row.prefs),
  };
}
