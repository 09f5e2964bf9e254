import type { SQLOutputValue } from 'node:sqlite';
import type {
  ConnectionRow,
  ConversationKind,
  ConversationRow,
  Done,
  LoginRow,
  LogRow,
  MemberRow,
  ScheduleRow,
  StoredFact,
  UserKind,
  UserRow,
} from '../core/store.ts';

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
  };
}

/** Table `login`. */
export function loginRow(row: SqlRow): LoginRow {
  const login = {
    kind: text(row.kind),
    subject: text(row.subject),
    user: text(row.user),
    device: text(row.device),
  };
  return row.revoked_at === null ? login : { ...login, revokedAt: integer(row.revoked_at) };
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
  const conversation = {
    id: text(row.id),
    kind: text(row.kind) as ConversationKind,
    public: row.public === 1,
  };
  return row.name === null ? conversation : { ...conversation, name: text(row.name) };
}

/** Table `member`. */
export function memberRow(row: SqlRow): MemberRow {
  const member = {
    conversation: text(row.conversation),
    user: text(row.user),
    role: text(row.role),
    fromSeq: integer(row.from_seq),
    readSeq: integer(row.read_seq),
    deliveredSeq: integer(row.delivered_seq),
  };
  return row.until_seq === null ? member : { ...member, untilSeq: integer(row.until_seq) };
}
