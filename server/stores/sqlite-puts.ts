import type { DatabaseSync } from 'node:sqlite';
import type { ConnectionRow, MemberRow, RelationRow } from '../core/rows.ts';
import type { Put } from '../core/store.ts';
import { fileWriter } from './sqlite-files.ts';
import { forgetter } from './sqlite-forget.ts';
import { rewording } from './sqlite-words.ts';

/** How long the end of a connection is remembered, milliseconds. */
const tombstoneMs = 600_000;

type MarkerPut = Extract<Put, { table: 'marker' }>;

/** Prepares the statements and returns what writes one row, inside the caller's transaction. */
export function putWriter(
  db: DatabaseSync,
  factAt: (log: string, seq: number) => number | undefined,
): (put: Put) => void {
  const user = db.prepare(
    upsert('users', ['id'], ['kind', 'name', 'verified', 'topics', 'avatar', 'attributes', 'merged_into']),
  );
  const login = db.prepare(upsert('login', ['kind', 'subject'], ['user', 'device', 'revoked_at', 'until']));
  const connection = db.prepare(upsert('connection', ['jid'], ['user', 'device', 'seen_at', 'gone_at']));
  const forgetGone = db.prepare('DELETE FROM connection WHERE gone_at < ?');
  const conversation = db.prepare(upsert('conversation', ['id'], ['kind', 'name', 'public', 'settings']));
  const member = db.prepare(
    `INSERT INTO member (conversation, user, role, since, from_seq, until_seq, read_seq, delivered_seq, prefs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation, user) DO UPDATE SET role = excluded.role,
     since = excluded.since, from_seq = excluded.from_seq, until_seq = excluded.until_seq,
     read_seq = max(read_seq, excluded.read_seq), delivered_seq = max(delivered_seq, excluded.delivered_seq)`,
  );
  const prefer = db.prepare('UPDATE member SET prefs = ? WHERE conversation = ? AND user = ?');
  const fact = db.prepare('UPDATE fact SET body = ? WHERE n = ?');
  const reworded = rewording(db);
  const changes = db.prepare(
    `UPDATE fact INDEXED BY fact_change SET body = ? WHERE log = (SELECT ref FROM log WHERE id = ?)
     AND type IN ('message.edited', 'message.answered') AND type = ? AND json_extract(body, '$.of') = ?`,
  );
  const relation = db.prepare(upsert('relation', ['owner', 'other', 'slot'], ['kind', 'attributes', 'since', 'until']));
  const unrelate = db.prepare('DELETE FROM relation WHERE owner = ? AND other = ? AND slot = ?');
  const markMember = db.prepare(
    'UPDATE member SET read_seq = max(read_seq, ?), delivered_seq = max(delivered_seq, ?) WHERE conversation = ? AND user = ?',
  );
  const markReader = db.prepare(
    'INSERT INTO reader (who, log, seq) VALUES (?, ?, ?) ON CONFLICT (who, log) DO UPDATE SET seq = max(seq, excluded.seq)',
  );
  const state = db.prepare(upsert('state', ['plugin', 'scope', 'key'], ['value']));
  const file = fileWriter(db);
  const forget = forgetter(db);
  const schedule = db.prepare(upsert('schedule', ['id'], ['due_at', 'user', 'type', 'body']));
  const unschedule = db.prepare('DELETE FROM schedule WHERE id = ?');
  const forgetState = db.prepare('DELETE FROM state WHERE plugin = ? AND scope = ? AND key = ?');

  function putConnection(row: ConnectionRow): void {
    connection.run(row.jid, row.user, row.device, row.seenAt, row.goneAt ?? null);
    if (row.goneAt !== undefined) forgetGone.run(row.goneAt - tombstoneMs);
  }

  function putMember(row: MemberRow): void {
    const { conversation, user, role, since = null, fromSeq, untilSeq = null, readSeq, deliveredSeq } = row;
    member.run(conversation, user, role, since, fromSeq, untilSeq, readSeq, deliveredSeq, jsonOf(row.prefs));
  }

  function putRelation({ owner, other, slot, kind, attributes, since, until }: RelationRow): void {
    relation.run(owner, other, slot, kind, jsonOf(attributes), since, until ?? null);
  }

  function mark({ conversation, user, read = 0, delivered = 0, hidden = false }: MarkerPut['row']): void {
    const isMember = !hidden && markMember.run(read, delivered, conversation, user).changes > 0;
    if (!isMember && read > 0) markReader.run(user, conversation, read);
  }

  return (put) => {
    switch (put.table) {
      case 'user': {
        const { id, kind, name, verified, topics, avatar = null, attributes, mergedInto = null } = put.row;
        user.run(id, kind, name, verified ? 1 : 0, JSON.stringify(topics), avatar, jsonOf(attributes), mergedInto);
        return;
      }
      case 'login': {
        const { kind, subject, user, device, revokedAt, until } = put.row;
        login.run(kind, subject, user, device, revokedAt ?? null, until ?? null);
        return;
      }
      case 'connection':
        putConnection(put.row);
        return;
      case 'conversation': {
        const { id, kind, name = null, settings } = put.row;
        conversation.run(id, kind, name, put.row.public ? 1 : 0, jsonOf(settings));
        return;
      }
      case 'fact': {
        const place = factAt(put.row.log, put.row.seq);
        if (place === undefined) return;
        // While the old words still stand there.
        reworded(place, put.row.body);
        fact.run(put.row.body, place);
        return;
      }
      case 'relation':
        putRelation(put.row);
        return;
      case 'unrelate':
        unrelate.run(put.row.owner, put.row.other, put.row.slot);
        return;
      case 'changes':
        changes.run(put.row.body, put.row.log, put.row.type, put.row.of);
        return;
      case 'member':
        putMember(put.row);
        return;
      case 'prefs':
        prefer.run(jsonOf(put.row.prefs), put.row.conversation, put.row.user);
        return;
      case 'marker':
        mark(put.row);
        return;
      case 'file':
      case 'unfile':
        file(put);
        return;
      case 'forget':
        forget(put.row);
        return;
      case 'schedule':
        schedule.run(put.row.id, put.row.dueAt, put.row.user, put.row.type, put.row.body);
        return;
      case 'unschedule':
        unschedule.run(put.row.id);
        return;
      case 'state': {
        const { plugin, scope, key, value } = put.row;
        if (value === null) forgetState.run(plugin, scope, key);
        else state.run(plugin, scope, key, value);
        return;
      }
      default:
        put satisfies never;
    }
  };
}

function jsonOf(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** INSERT of keys and values, in this order; where the keys exist, the values replace what is there. */
function upsert(table: string, keys: readonly string[], values: readonly string[]): string {
  const columns = [...keys, ...values];
  const places = columns.map(() => '?').join(', ');
  const replaced = values.map((column) => `${column} = excluded.${column}`).join(', ');
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places}) ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${replaced}`;
}
