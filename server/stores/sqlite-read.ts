import type { DatabaseSync } from 'node:sqlite';
import type { LogRow, StoredFact } from '../core/rows.ts';
import type { Store } from '../core/store.ts';
import { walk, walked, wayTo } from './sqlite-facts.ts';
import { fileReads } from './sqlite-files.ts';
import { inventoryReads } from './sqlite-inventory.ts';
import type { BatchLog, Logs } from './sqlite-logs.ts';
import {
  conversationRow,
  doneRow,
  integer,
  liveConnectionRow,
  loginRow,
  logRow,
  memberRow,
  relationRow,
  scheduleRow,
  storedFact,
  text,
  userRow,
} from './sqlite-rows.ts';

/** What of the port only reads. */
export type Reads = Omit<Store, 'open' | 'close' | 'commit' | 'find' | 'stats'>;

/** Where the reader ?6 sees a fact; he sees all of them where he is NULL. */
const visible = '(audience IS NULL OR ?6 IS NULL OR EXISTS (SELECT 1 FROM json_each(audience) WHERE value = ?6))';

/** Facts that one step of reading forwards looks at, at least: as many have to be walked through in some of them. */
const step = 32;

/** Prepares the statements that read. INDEXED BY makes an index that no longer fits an error of `open`, not a slow scan. */
export function reads(db: DatabaseSync, logs: Logs): Reads {
  const people = { ...memberReads(db, logs), ...relationReads(db), ...fileReads(db), ...inventoryReads(db) };
  return { ...logReads(db, logs), ...rowReads(db), ...people };
}

function logReads(
  db: DatabaseSync,
  logs: Logs,
): Pick<Reads, 'log' | 'page' | 'prevVisible' | 'unread' | 'listed' | 'due'> {
  const back = db.prepare(`${walk} SELECT fact.* FROM ${walked} AND ${visible} LIMIT ?7`);
  const prev = db.prepare(`${walk} SELECT fact.seq FROM ${walked} AND ${visible} LIMIT 1`);
  const news = db.prepare(
    `${walk} SELECT count(*) AS count FROM (SELECT 1 FROM ${walked} AND item AND type = 'message.sent' AND "by" <> ?6
       AND ${visible} AND json_extract(body, '$.deleted') IS NOT 1 LIMIT ?7)`,
  );
  const from = db.prepare(
    'SELECT from_seq AS seq FROM member WHERE conversation = ? AND user = ? AND until_seq IS NULL',
  );
  const inList = 'SELECT * FROM log INDEXED BY log_listed WHERE list = ?';
  const listed = db.prepare(`${inList} ORDER BY at DESC, id DESC LIMIT ?`);
  const listedBefore = db.prepare(`${inList} AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`);
  const due = db.prepare(
    'SELECT id FROM log INDEXED BY log_due WHERE told_seq < last_seq OR reacted_seq < last_seq LIMIT ?',
  );

  /** What a reader sees comes after this. */
  function fromSeq(id: string, reader: string | null): number {
    const row = reader === null ? undefined : from.get(id, reader);
    return row ? integer(row.seq) : 0;
  }

  /** Facts after `first` and up to `last`, the newest first. */
  function newest(log: BatchLog, first: number, last: number, reader: string | null, limit: number): StoredFact[] {
    if (last <= first) return [];
    return back.all(...wayTo(log, last), first, reader, limit).map((row) => storedFact(log.id, row));
  }

  /** The same, the oldest first. */
  function oldest(log: BatchLog, first: number, last: number, reader: string | null, limit: number): StoredFact[] {
    const found: StoredFact[] = [];
    for (let after = first; after < last && found.length < limit; ) {
      const upTo = Math.min(last, after + Math.max(limit - found.length, step));
      found.push(...newest(log, after, upTo, reader, step + limit).reverse());
      after = upTo;
    }
    return found.slice(0, limit);
  }

  return {
    log: async (id) => lift(rowOf, logs.find(id)),

    async page({ log: id, after = 0, before, upTo = Number.MAX_SAFE_INTEGER, limit, reader = null }) {
      const log = logs.find(id);
      if (log === undefined) return [];
      const first = Math.max(after, fromSeq(id, reader));
      const last = Math.min(log.lastSeq, upTo, (before ?? Number.MAX_SAFE_INTEGER) - 1);
      if (before === undefined) return oldest(log, first, last, reader, limit);
      return newest(log, first, last, reader, limit).reverse();
    },

    async prevVisible(id, seq, reader) {
      const log = logs.find(id);
      const first = fromSeq(id, reader);
      if (log === undefined || Math.min(seq - 1, log.lastSeq) <= first) return 0;
      return integer(prev.get(...wayTo(log, seq - 1), first, reader)?.seq ?? 0);
    },

    async unread(id, after, reader, cap) {
      const log = logs.find(id);
      const first = Math.max(after, fromSeq(id, reader));
      if (log === undefined || log.lastSeq <= first) return 0;
      return integer(news.get(...wayTo(log, log.lastSeq), first, reader, cap)?.count);
    },

    async listed(list, limit, before) {
      const rows = before ? listedBefore.all(list, before.at, before.id, limit) : listed.all(list, limit);
      return rows.map(logRow);
    },

    async due(limit) {
      const found = due.all(limit).flatMap(({ id }) => logs.find(text(id)) ?? []);
      const unwritten = [...logs.behind()].filter((log) => log.toldSeq < log.lastSeq || log.reactedSeq < log.lastSeq);
      return [...new Set([...found, ...unwritten])].slice(0, limit).map(rowOf);
    },
  };
}

function rowOf({ id, lastSeq, ruleSeq, toldSeq, reactedSeq, at, audienced, list }: BatchLog): LogRow {
  const row = { id, lastSeq, ruleSeq, toldSeq, reactedSeq, at, audienced };
  return list === undefined ? row : { ...row, list };
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
  logs: Logs,
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
    `SELECT member.*, coalesce(log.at, 0) AS at FROM member INDEXED BY member_user LEFT JOIN log ON log.id = member.conversation
     WHERE user = ? AND until_seq IS NULL ORDER BY at DESC, conversation DESC LIMIT ?`,
  );
  const joinedOf = db.prepare(
    `SELECT member.* FROM json_each(?) AS of CROSS JOIN member ON conversation = of.value AND user = ?
     WHERE until_seq IS NULL`,
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

    async memberships(user, limit) {
      // By the rows of logs, of which those that are behind say another time.
      const rows = joined.all(user, limit + logs.behind().size);
      const behind = new Map(Array.from(logs.behind(), ({ id, at }) => [id, at]));
      if (behind.size === 0) return rows.map(memberRow);
      rows.push(...joinedOf.all(JSON.stringify([...behind.keys()]), user));
      const found = rows.map((row) => ({
        member: memberRow(row),
        at: behind.get(text(row.conversation)) ?? Number(row.at),
      }));
      const once = [...new Map(found.map((one) => [one.member.conversation, one])).values()];
      once.sort((a, b) => b.at - a.at || (a.member.conversation < b.member.conversation ? 1 : -1));
      return once.slice(0, limit).map(({ member }) => member);
    },

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

function lift<Row, T>(map: (row: Row) => T, row: Row | undefined): T | undefined {
  return row && map(row);
}
