import type { DatabaseSync } from 'node:sqlite';
import type { Store } from '../core/store.ts';
import { fileReads } from './sqlite-files.ts';
import { inventoryReads } from './sqlite-inventory.ts';
import {
  conversationRow,
  doneRow,
  integer,
  liveConnectionRow,
  loginRow,
  logRow,
  memberRow,
  relationRow,
  type SqlRow,
  scheduleRow,
  storedFact,
  text,
  userRow,
} from './sqlite-rows.ts';

/** What of the port only reads. */
export type Reads = Omit<Store, 'open' | 'close' | 'commit' | 'find' | 'stats'>;

const inLog = 'log = (SELECT ref FROM log WHERE id = ?)';
const visible = '(audience IS NULL OR EXISTS (SELECT 1 FROM json_each(audience) WHERE value = ?))';
/** `visible`, and everything where the reader is NULL. */
const visibleOrAll = `(audience IS NULL OR ? IS NULL OR EXISTS (SELECT 1 FROM json_each(audience) WHERE value = ?))`;

/** Prepares the statements that read. INDEXED BY makes an index that no longer fits an error of `open`, not a slow scan. */
export function reads(db: DatabaseSync): Reads {
  const people = { ...memberReads(db), ...relationReads(db), ...fileReads(db), ...inventoryReads(db) };
  return { ...logReads(db), ...rowReads(db), ...people };
}

function logReads(db: DatabaseSync): Pick<Reads, 'log' | 'page' | 'prevVisible' | 'unread' | 'listed' | 'due'> {
  const log = db.prepare('SELECT * FROM log WHERE id = ?');
  const range = `SELECT * FROM fact WHERE ${inLog} AND seq > ? AND seq <= ? AND ${visibleOrAll}`;
  const oldest = db.prepare(`${range} ORDER BY seq LIMIT ?`);
  const newest = db.prepare(`${range} ORDER BY seq DESC LIMIT ?`);
  const prev = db.prepare(
    `SELECT seq FROM fact WHERE ${inLog} AND seq > ? AND seq < ? AND ${visible} ORDER BY seq DESC LIMIT 1`,
  );
  const news = db.prepare(
    `SELECT count(*) AS count FROM (SELECT 1 FROM fact WHERE ${inLog} AND seq > ? AND item AND type = 'message.sent'
       AND "by" <> ? AND ${visible} AND json_extract(body, '$.deleted') IS NOT 1 LIMIT ?)`,
  );
  const from = db.prepare(
    'SELECT from_seq AS seq FROM member WHERE conversation = ? AND user = ? AND until_seq IS NULL',
  );
  const inList = 'SELECT * FROM log INDEXED BY log_listed WHERE list = ?';
  const listed = db.prepare(`${inList} ORDER BY at DESC, id DESC LIMIT ?`);
  const listedBefore = db.prepare(`${inList} AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`);
  const due = db.prepare(
    'SELECT * FROM log INDEXED BY log_due WHERE told_seq < last_seq OR reacted_seq < last_seq LIMIT ?',
  );

  /** What a reader sees comes after this. */
  function fromSeq(id: string, reader: string | null): number {
    const row = reader === null ? undefined : from.get(id, reader);
    return row ? integer(row.seq) : 0;
  }

  return {
    log: async (id) => lift(logRow, log.get(id)),

    async page({ log: id, after = 0, before, upTo = Number.MAX_SAFE_INTEGER, limit, reader = null }) {
      const last = before === undefined ? upTo : Math.min(upTo, before - 1);
      const first = Math.max(after, fromSeq(id, reader));
      const rows = (before === undefined ? oldest : newest).all(id, first, last, reader, reader, limit);
      const facts = rows.map((row) => storedFact(id, row));
      return before === undefined ? facts : facts.reverse();
    },

    prevVisible: async (id, seq, reader) => integer(prev.get(id, fromSeq(id, reader), seq, reader)?.seq ?? 0),

    async unread(id, after, reader, cap) {
      const first = Math.max(after, fromSeq(id, reader));
      return integer(news.get(id, first, reader, reader, cap)?.count);
    },

    async listed(list, limit, before) {
      const rows = before ? listedBefore.all(list, before.at, before.id, limit) : listed.all(list, limit);
      return rows.map(logRow);
    },

    due: async (limit) => due.all(limit).map(logRow),
  };
}

function rowReads(
  db: DatabaseSync,
): Pick<Reads, 'done' | 'user' | 'login' | 'logins' | 'conversation' | 'state' | 'connections' | 'scheduled'> {
  const done = db.prepare(
    'SELECT digest, log.id AS log, seq FROM done LEFT JOIN log ON log.ref = done.log WHERE device = ? AND done.id = ?',
  );
  const user = db.prepare('SELECT * FROM users WHERE id = ?');
  const login = db.prepare('SELECT * FROM login WHERE kind = ? AND subject = ?');
  const logins = db.prepare(
    `SELECT * FROM login INDEXED BY login_user WHERE user = ? AND revoked_at IS NULL AND (kind, subject) > (?, ?)
       ORDER BY kind, subject LIMIT ?`,
  );
  const conversation = db.prepare('SELECT * FROM conversation WHERE id = ?');
  const state = db.prepare('SELECT value FROM state WHERE plugin = ? AND scope = ? AND key = ?');
  const scheduled = db.prepare('SELECT * FROM schedule INDEXED BY schedule_due ORDER BY due_at, id LIMIT ?');
  const live = db.prepare('SELECT * FROM connection INDEXED BY connection_live WHERE gone_at IS NULL');

  return {
    done: async (device, id) => lift(doneRow, done.get(device, id)),
    user: async (id) => lift(userRow, user.get(id)),
    login: async (kind, subject) => lift(loginRow, login.get(kind, subject)),
    logins: async (id, limit, { kind, subject } = { kind: '', subject: '' }) =>
      logins.all(id, kind, subject, limit).map(loginRow),
    conversation: async (id) => lift(conversationRow, conversation.get(id)),
    state: async (plugin, scope, key) => lift((row) => text(row.value), state.get(plugin, scope, key)),
    scheduled: async (limit) => scheduled.all(limit).map(scheduleRow),
    connections: async () => live.all().map(liveConnectionRow),
  };
}

function memberReads(
  db: DatabaseSync,
): Pick<Reads, 'member' | 'members' | 'membersIn' | 'memberCount' | 'memberships' | 'bans' | 'bannedFrom' | 'readSeq'> {
  const member = db.prepare('SELECT * FROM member WHERE conversation = ? AND user = ?');
  const current = db.prepare(
    'SELECT * FROM member WHERE conversation = ? AND user > ? AND until_seq IS NULL ORDER BY user LIMIT ?',
  );
  const inRole = db.prepare(
    `SELECT * FROM member INDEXED BY member_role
     WHERE conversation = ? AND role = ? AND until_seq IS NULL ORDER BY since, user LIMIT ?`,
  );
  const count = db.prepare(
    `SELECT count(*) AS count FROM
     (SELECT 1 FROM member INDEXED BY member_role WHERE conversation = ? AND until_seq IS NULL LIMIT ?)`,
  );
  const joined = db.prepare(
    `SELECT member.* FROM member INDEXED BY member_user LEFT JOIN log ON log.id = member.conversation
     WHERE user = ? AND until_seq IS NULL ORDER BY coalesce(log.at, 0) DESC, conversation DESC LIMIT ?`,
  );
  const banned = db.prepare(
    `SELECT * FROM member INDEXED BY member_banned WHERE user = ? AND role = 'banned' ORDER BY conversation LIMIT ?`,
  );
  const outside = db.prepare(
    `SELECT * FROM member WHERE conversation = ? AND user > ? AND role = 'banned' ORDER BY user LIMIT ?`,
  );
  const memberRead = db.prepare('SELECT read_seq AS seq FROM member WHERE conversation = ? AND user = ?');
  const readerRead = db.prepare('SELECT seq FROM reader WHERE log = ? AND who = ?');

  return {
    member: async (conversation, user) => lift(memberRow, member.get(conversation, user)),
    members: async (conversation, limit, after = '') => current.all(conversation, after, limit).map(memberRow),
    membersIn: async (conversation, role, limit) => inRole.all(conversation, role, limit).map(memberRow),
    memberCount: async (conversation, cap) => integer(count.get(conversation, cap)?.count),
    memberships: async (user, limit) => joined.all(user, limit).map(memberRow),
    bans: async (user, limit) => banned.all(user, limit).map(memberRow),
    bannedFrom: async (conversation, limit, after = '') => outside.all(conversation, after, limit).map(memberRow),

    async readSeq(conversation, user) {
      const rows = [memberRead.get(conversation, user), readerRead.get(conversation, user)];
      return Math.max(...rows.map((row) => (row ? integer(row.seq) : 0)));
    },
  };
}

function relationReads(db: DatabaseSync): Pick<Reads, 'relation' | 'relations' | 'relationsTo'> {
  const between = db.prepare('SELECT * FROM relation WHERE owner = ? AND other = ? ORDER BY slot');
  const owned = db.prepare('SELECT * FROM relation WHERE owner = ? AND other > ? ORDER BY other, slot LIMIT ?');
  const towards = db.prepare(
    'SELECT * FROM relation INDEXED BY relation_other WHERE other = ? AND slot = ? AND owner > ? ORDER BY owner LIMIT ?',
  );

  return {
    relation: async (owner, other) => between.all(owner, other).map(relationRow),
    relations: async (owner, limit, after = '') => owned.all(owner, after, limit).map(relationRow),
    relationsTo: async (other, slot, limit, after = '') => towards.all(other, slot, after, limit).map(relationRow),
  };
}

function lift<T>(map: (row: SqlRow) => T, row: SqlRow | undefined): T | undefined {
  return row && map(row);
}
