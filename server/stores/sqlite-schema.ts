import type { DatabaseSync } from 'node:sqlite';
import type { Crash } from '../core/ports.ts';
import { integer } from './sqlite-rows.ts';

/**
 * Each entry lifts a data file by one version; `PRAGMA user_version` counts those that ran. Entries are never edited
 * once they are released, only followed by others.
 *
 * Rowid tables with UNIQUE indexes, because WITHOUT ROWID stores fewer rows a second; facts name their log by number,
 * which keeps what every message writes small. There is no index of items: it made each message a tenth dearer, and few
 * facts are none. Nor one of facts by log and seq: see `sqlite-facts.ts`.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE log (
    ref INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    last_seq INTEGER NOT NULL,
    rule_seq INTEGER NOT NULL,
    told_seq INTEGER NOT NULL,
    reacted_seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    list TEXT,
    audienced INTEGER NOT NULL
  );
  CREATE INDEX log_due ON log (ref) WHERE told_seq < last_seq OR reacted_seq < last_seq;
  CREATE INDEX log_listed ON log (list, at, id) WHERE list IS NOT NULL;

  CREATE TABLE fact (
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    v INTEGER NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    device TEXT NOT NULL,
    action TEXT NOT NULL,
    body TEXT NOT NULL,
    item INTEGER NOT NULL,
    audience TEXT,
    UNIQUE (log, seq)
  );

  CREATE TABLE done (
    device TEXT NOT NULL,
    id TEXT NOT NULL,
    digest TEXT NOT NULL,
    log INTEGER,
    seq INTEGER,
    UNIQUE (device, id)
  );

  CREATE TABLE users (
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    verified INTEGER NOT NULL,
    topics TEXT NOT NULL
  );

  CREATE TABLE login (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    user TEXT NOT NULL,
    device TEXT NOT NULL,
    revoked_at INTEGER,
    UNIQUE (kind, subject)
  );

  CREATE TABLE connection (
    jid TEXT NOT NULL UNIQUE,
    user TEXT NOT NULL,
    device TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    gone_at INTEGER
  );
  CREATE INDEX connection_live ON connection (jid) WHERE gone_at IS NULL;
  CREATE INDEX connection_gone ON connection (gone_at) WHERE gone_at IS NOT NULL;

  CREATE TABLE conversation (
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT,
    public INTEGER NOT NULL
  );

  CREATE TABLE member (
    conversation TEXT NOT NULL,
    user TEXT NOT NULL,
    role TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    until_seq INTEGER,
    read_seq INTEGER NOT NULL,
    delivered_seq INTEGER NOT NULL,
    UNIQUE (conversation, user)
  );
  CREATE INDEX member_user ON member (user, conversation) WHERE until_seq IS NULL;

  CREATE TABLE reader (
    who TEXT NOT NULL,
    log TEXT NOT NULL,
    seq INTEGER NOT NULL,
    UNIQUE (who, log)
  );

  CREATE TABLE state (
    plugin TEXT NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (plugin, scope, key)
  );
  `,
  `
  CREATE TABLE schedule (
    id TEXT NOT NULL UNIQUE,
    due_at INTEGER NOT NULL,
    user TEXT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX schedule_due ON schedule (due_at, id);
  `,
  `
  ALTER TABLE users ADD COLUMN avatar TEXT;
  ALTER TABLE users ADD COLUMN attributes TEXT;
  ALTER TABLE users ADD COLUMN merged_into TEXT;
  ALTER TABLE login ADD COLUMN until INTEGER;
  CREATE INDEX login_user ON login (user, kind, subject) WHERE revoked_at IS NULL;
  ALTER TABLE conversation ADD COLUMN settings TEXT;
  ALTER TABLE member ADD COLUMN prefs TEXT;

  CREATE TABLE relation (
    owner TEXT NOT NULL,
    other TEXT NOT NULL,
    slot TEXT NOT NULL,
    kind TEXT NOT NULL,
    attributes TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    UNIQUE (owner, other, slot)
  );
  CREATE INDEX relation_other ON relation (other, slot, owner);
  `,
  `
  ALTER TABLE member ADD COLUMN since INTEGER;
  CREATE INDEX member_role ON member (conversation, role, since, user) WHERE until_seq IS NULL;
  CREATE INDEX fact_edit ON fact (log, json_extract(body, '$.of')) WHERE type = 'message.edited';
  `,
  `
  CREATE TABLE file (
    id TEXT NOT NULL UNIQUE,
    "by" TEXT NOT NULL,
    conversation TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    at INTEGER NOT NULL,
    ready_at INTEGER,
    log TEXT,
    seq INTEGER
  );
  CREATE INDEX file_by ON file ("by", seq, size);
  CREATE INDEX file_message ON file (log, seq, id) WHERE seq IS NOT NULL;
  CREATE INDEX file_unsent ON file (at, id) WHERE seq IS NULL;
  `,
  // The rows of `words` are those of `fact`, which are never deleted: their rowids have no gaps, so VACUUM leaves them.
  `
  DROP INDEX fact_edit;
  CREATE INDEX fact_change ON fact (log, json_extract(body, '$.of')) WHERE type IN ('message.edited', 'message.answered');
  CREATE VIRTUAL TABLE words USING fts5 (log, text, content = '', columnsize = 0, tokenize = 'ascii', prefix = '2');
  INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
  CREATE TABLE gathered (low INTEGER NOT NULL, high INTEGER NOT NULL);
  `,
  `
  ALTER TABLE gathered ADD COLUMN version TEXT;
  `,
  `
  CREATE INDEX member_banned ON member (user, conversation) WHERE role = 'banned';
  `,
  // Where visitors are, and what pages say of them, belongs to a conversation now: nobody would read or remove these.
  `
  DELETE FROM state WHERE plugin = 'page' AND substr(scope, 1, 2) = 'u_';
  `,
  `
  CREATE INDEX user_merged ON users (merged_into, id) WHERE merged_into IS NOT NULL;
  `,
  // An index by log and seq had a page for each of many conversations, which each message there wrote.
  `
  ALTER TABLE log ADD COLUMN newest INTEGER;
  UPDATE log SET newest = (SELECT rowid FROM fact WHERE log = ref AND seq = last_seq);
  CREATE TABLE chained (
    n INTEGER PRIMARY KEY,
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    v INTEGER NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    device TEXT NOT NULL,
    action TEXT NOT NULL,
    body TEXT NOT NULL,
    item INTEGER NOT NULL,
    audience TEXT,
    prev INTEGER
  );
  INSERT INTO chained
    SELECT rowid, log, seq, v, type, at, "by", device, action, body, item, audience,
      (SELECT before.rowid FROM fact AS before WHERE before.log = fact.log AND before.seq = fact.seq - 1)
    FROM fact ORDER BY rowid;
  DROP TABLE fact;
  ALTER TABLE chained RENAME TO fact;
  CREATE INDEX fact_change ON fact (log, json_extract(body, '$.of')) WHERE type IN ('message.edited', 'message.answered');
  CREATE TABLE waypoint (place INTEGER PRIMARY KEY, fact INTEGER NOT NULL);
  INSERT INTO waypoint SELECT log << 32 | seq, n FROM fact WHERE seq % 32 = 0 ORDER BY 1;
  CREATE TABLE counted (fact INTEGER NOT NULL);
  INSERT INTO counted SELECT coalesce(max(n), 0) FROM fact;
  `,
];

/**
 * Brings the schema to what this program knows, all of it or nothing.
 *
 * @throws Error that says what to do when a newer program wrote the file
 */
export function migrate(db: DatabaseSync, crash?: Crash): void {
  const found = integer(db.prepare('PRAGMA user_version').get()?.user_version);
  const known = migrations.length;
  if (found > known) {
    throw new Error(
      `This data folder was written by a newer Befriend (schema ${found}, this program knows ${known}). Start the newer version.`,
    );
  }
  if (found === known) return;
  db.exec(`BEGIN IMMEDIATE; ${migrations.slice(found).join(';')}; PRAGMA user_version = ${known}`);
  crash?.('in_migration');
  db.exec('COMMIT');
}
