import { version } from '../../protocol/limits.ts';
import { placed, placedFile } from '../core/here.ts';
import type {
  ConnectionRow,
  ConversationRow,
  LoginRow,
  LogRow,
  ScheduleRow,
  StoredFact,
  UserRow,
} from '../core/rows.ts';
import type { Append, Cursor, Done, Outcome, Put, Store, Unit } from '../core/store.ts';
import { memoryFiles } from './memory-files.ts';
import { forgotten } from './memory-forget.ts';
import { memoryInventory } from './memory-inventory.ts';
import { memoryMembers } from './memory-members.ts';
import { byDueTime, isOlder, loginsOf, olderThan } from './memory-order.ts';
import { isChangeOf, isNews, isVisible, pageOf } from './memory-page.ts';
import { memoryRelations } from './memory-relations.ts';
import { memoryWords } from './memory-words.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The fact with seq n stands at index n - 1: seqs are gapless. */
interface KeptLog {
  readonly row: Writable<LogRow>;
  readonly facts: StoredFact[];
}

/** A store that lives as long as its page or process: for demos in a page and for tests. Keeps the whole contract. */
export function memoryStore(): Store {
  const logs = new Map<string, KeptLog>();
  /** Logs of each list, the least recently used first. */
  const lists = new Map<string, LogRow[]>();
  const due = new Set<string>();
  const answers = new Map<string, Map<string, Done>>();
  const users = new Map<string, UserRow>();
  const logins = new Map<string, LoginRow>();
  const relations = memoryRelations();
  const connections = new Map<string, ConnectionRow>();
  const conversations = new Map<string, ConversationRow>();
  const members = memoryMembers();
  const files = memoryFiles();
  const words = memoryWords({ factAt, from: members.from });
  const states = new Map<string, string>();
  const schedules = new Map<string, ScheduleRow>();
  let facts = 0;
  let commits = 0;

  function write(unit: Unit): Outcome {
    const done = unit.device === undefined ? undefined : answers.get(unit.device)?.get(unit.id);
    if (done) return { kind: 'repeat', done };
    if (!followsItsPredecessor(unit)) return { kind: 'early' };
    if (!stillHolds(unit)) return { kind: 'stale' };
    const appended = unit.appends.map((append) => keep(append, unit));
    for (const put of unit.puts) {
      if (put.table === 'member') members.put(placed(put.row, unit.appends, appended));
      else if (put.table === 'file') files.put(placedFile(put.row, unit.appends, appended));
      else apply(put);
    }
    if (unit.reacted) raise({ log: unit.reacted.log, reacted: unit.reacted.seq });
    if (unit.device !== undefined) remember(unit.device, unit, appended);
    return { kind: 'stored', appended };
  }

  function followsItsPredecessor({ device, after }: Unit): boolean {
    return device === undefined || after === undefined || answers.get(device)?.has(after) === true;
  }

  function stillHolds({ reads, puts }: Unit): boolean {
    return (
      reads.every(({ log, ruleSeq }) => (logs.get(log)?.row.ruleSeq ?? 0) === ruleSeq) && puts.every(meetsExpectation)
    );
  }

  function meetsExpectation(put: Put): boolean {
    if (put.table === 'file' || put.table === 'unfile') return files.meets(put);
    if (put.table === 'fact') return put.expect === undefined || factAt(put.row)?.body === put.expect;
    if (put.table === 'state')
      return put.expect === undefined || put.expect === (states.get(stateKey(put.row)) ?? null);
    if (put.table !== 'login' || put.expect === undefined) return true;
    const login = logins.get(key(put.row.kind, put.row.subject));
    return put.expect === 'absent' ? login === undefined : login !== undefined && login.revokedAt === undefined;
  }

  function keep(append: Append, unit: Unit): { seq: number; audienced: boolean } {
    const { row, facts: kept } = within(logs, append.log, () => emptyLog(append.log));
    const seq = row.lastSeq + 1;
    const { log, type, at, by, body, item, audience } = append;
    const { device = '', id: action } = unit;
    const fact = { log, seq, v: version, type, at, by, device, action, body, item };
    kept.push(audience ? { ...fact, audience } : fact);
    words.stored(fact);
    relist(row, 'out');
    row.lastSeq = seq;
    row.at = at;
    if (append.rule) row.ruleSeq = seq;
    if (audience) row.audienced = true;
    if (append.list !== undefined) row.list = append.list;
    relist(row, 'in');
    due.add(log);
    facts++;
    return { seq, audienced: row.audienced };
  }

  /** Takes the row out of its list, or puts it in: its place is where its last use stands. */
  function relist(row: LogRow, change: 'out' | 'in'): void {
    if (row.list === undefined) return;
    const listed = within(lists, row.list, () => []);
    if (change === 'out') listed.splice(olderThan(listed, row), 1);
    else listed.splice(olderThan(listed, row), 0, row);
  }

  function apply(put: Exclude<Put, { table: 'member' | 'file' }>): void {
    switch (put.table) {
      case 'user':
        return void users.set(put.row.id, put.row);
      case 'login':
        return void logins.set(key(put.row.kind, put.row.subject), put.row);
      case 'connection':
        // Nothing can read a tombstone through the port, so it need not take memory.
        if (put.row.goneAt !== undefined) return void connections.delete(put.row.jid);
        return void connections.set(put.row.jid, put.row);
      case 'conversation':
        return void conversations.set(put.row.id, put.row);
      case 'prefs':
        return members.prefer(put.row);
      case 'fact':
        return rewrite(put.row);
      case 'changes':
        return rewriteChanges(put.row);
      case 'relation':
        return relations.put(put.row);
      case 'unrelate':
        return relations.remove(put.row);
      case 'marker':
        return members.mark(put.row);
      case 'unfile':
        return files.remove(put.row.id);
      case 'forget':
        return forgotten({ logins, connections, relations, states, files, schedules, members, users }, put.row);
      case 'schedule':
        return void schedules.set(put.row.id, put.row);
      case 'unschedule':
        return void schedules.delete(put.row.id);
      case 'state': {
        const name = stateKey(put.row);
        return void (put.row.value === null ? states.delete(name) : states.set(name, put.row.value));
      }
      default:
        put satisfies never;
    }
  }

  function rewrite({ log, seq, body }: Extract<Put, { table: 'fact' }>['row']): void {
    const fact = factAt({ log, seq });
    if (fact) logs.get(log)?.facts.splice(seq - 1, 1, { ...fact, body });
  }

  function factAt({ log, seq }: Pick<StoredFact, 'log' | 'seq'>): StoredFact | undefined {
    return logs.get(log)?.facts[seq - 1];
  }

  function rewriteChanges({ log, type, of, body }: Extract<Put, { table: 'changes' }>['row']): void {
    for (const fact of logs.get(log)?.facts ?? []) {
      if (fact.type === type && isChangeOf(fact, of)) rewrite({ log, seq: fact.seq, body });
    }
  }

  function raise({ log, told = 0, reacted = 0 }: Cursor): void {
    const row = logs.get(log)?.row;
    if (!row) return;
    row.toldSeq = Math.max(row.toldSeq, told);
    row.reactedSeq = Math.max(row.reactedSeq, reacted);
    if (row.toldSeq >= row.lastSeq && row.reactedSeq >= row.lastSeq) due.delete(log);
  }

  function remember(device: string, { id, digest, answer, appends }: Unit, appended: readonly { seq: number }[]): void {
    const own = answer === undefined ? undefined : appends[answer];
    const seq = answer === undefined ? undefined : appended[answer]?.seq;
    const done = own === undefined || seq === undefined ? { digest } : { digest, log: own.log, seq };
    within(answers, device, () => new Map()).set(id, done);
  }

  /** A page's query as this reader may ask it. */
  function asReader<Q extends { log: string; after?: number; reader?: string }>(query: Q): Q & { after: number } {
    const from = query.reader === undefined ? 0 : members.from(query.log, query.reader);
    return { ...query, after: Math.max(query.after ?? 0, from) };
  }

  return {
    open: async () => {},
    close: async () => {},

    async commit(units, cursors) {
      const outcomes = units.map(write);
      for (const cursor of cursors) raise(cursor);
      commits++;
      return outcomes;
    },

    async log(id) {
      const row = logs.get(id)?.row;
      return row && { ...row };
    },
    page: async (query) => pageOf(logs.get(query.log)?.facts ?? [], asReader(query)),

    async prevVisible(log, seq, reader) {
      const kept = logs.get(log)?.facts ?? [];
      const from = members.from(log, reader);
      for (let prev = Math.min(seq - 1, kept.length); prev > from; prev--)
        if (isVisible(kept[prev - 1], reader)) return prev;
      return 0;
    },

    done: async (device, id) => answers.get(device)?.get(id),
    user: async (id) => users.get(id),
    login: async (kind, subject) => logins.get(key(kind, subject)),
    logins: async (user, limit, after) => loginsOf(logins.values(), user, after).slice(0, limit),
    ...relations.reads,
    conversation: async (id) => conversations.get(id),
    ...members.reads,
    ...files.reads,
    ...memoryInventory({
      ...{ users, states, schedules, conversationsOf: members.ever, files: files.all },
      facts: () => [...logs.values()].flatMap(({ facts: kept }) => kept),
    }),
    find: async (query) => words.find(query),

    async memberships(user, limit) {
      const used = members
        .of(user)
        .map((row) => ({ row, id: row.conversation, at: logs.get(row.conversation)?.row.at ?? 0 }));
      const recent = used.sort((a, b) => (isOlder(a, b) ? 1 : -1));
      return recent.slice(0, limit).map(({ row }) => row);
    },

    async listed(list, limit, before) {
      const rows = lists.get(list) ?? [];
      const end = before ? olderThan(rows, before) : rows.length;
      return rows
        .slice(Math.max(0, end - limit), end)
        .reverse()
        .map((row) => ({ ...row }));
    },

    async unread(log, after, reader, cap) {
      const kept = logs.get(log)?.facts ?? [];
      const from = Math.max(after, members.from(log, reader));
      let count = 0;
      for (let seq = from + 1; seq <= kept.length && count < cap; seq++) if (isNews(kept[seq - 1], reader)) count++;
      return count;
    },

    state: async (plugin, scope, name) => states.get(key(plugin, scope, name)),
    scheduled: async (limit) => [...schedules.values()].sort(byDueTime).slice(0, limit),
    connections: async () => [...connections.values()],

    async due(limit) {
      const rows: LogRow[] = [];
      for (const id of due) {
        const row = logs.get(id)?.row;
        if (rows.length >= limit) break;
        if (row) rows.push({ ...row });
      }
      return rows;
    },

    stats: () => ({ facts, commits, writable: true }),
  };
}

function emptyLog(id: string): KeptLog {
  return { row: { id, lastSeq: 0, ruleSeq: 0, toldSeq: 0, reactedSeq: 0, at: 0, audienced: false }, facts: [] };
}

function within<K, V>(map: Map<K, V>, at: K, make: () => V): V {
  const kept = map.get(at) ?? make();
  map.set(at, kept);
  return kept;
}

function stateKey({ plugin, scope, key: name }: Extract<Put, { table: 'state' }>['row']): string {
  return key(plugin, scope, name);
}

function key(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
