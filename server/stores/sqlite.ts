import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Crash, Log } from '../core/ports.ts';
import { CommitUnknown, type Outcome, StorageFull, type Store } from '../core/store.ts';
import { type Checkpoints, checkpoints } from './sqlite-checkpoints.ts';
import { type BatchWriter, batchWriter } from './sqlite-commit.ts';
import { type Erasure, erasure } from './sqlite-erasure.ts';
import { faultOf } from './sqlite-fault.ts';
import { type Logs, logsOf } from './sqlite-logs.ts';
import { type DataFile, openDataFile } from './sqlite-open.ts';
import { type Reads, reads } from './sqlite-read.ts';
import { type Transact, type WordSearch, wordSearch } from './sqlite-words.ts';

/** Where a SQLite store keeps its file. */
export interface SqliteStoreOptions {
  /** The data file; beside it stand `-wal`, `-shm` and `-lock`. `:memory:` keeps nothing. */
  readonly path: string;
  /** Told when the disk is full and when it can be written again. */
  readonly log?: Log;
  /** With it, words that were taken away leave the disk within half a minute; without, when the file is closed. */
  readonly clock?: Pick<Clock, 'after'>;
  /** Planted faults, for proofs. */
  readonly crash?: Crash;
}

/** What an open store works with. */
interface Session {
  readonly file: DataFile;
  readonly transact: Transact;
  readonly logs: Logs;
  readonly batches: BatchWriter;
  readonly reads: Reads;
  readonly erasure: Erasure;
  readonly words: WordSearch;
  readonly checkpoints: Checkpoints;
}

const never: Pick<Clock, 'after'> = { after: () => () => undefined };

/**
 * The store in one SQLite file (WAL, `synchronous=FULL`) through `node:sqlite`, for one process. A commit blocks the
 * event loop until it is on disk. After `CommitUnknown` every commit fails until the store is closed and opened again.
 * `openFile` is there for proofs that need a hand on the file.
 */
export function sqliteStore(
  { path, log, clock = never, crash }: SqliteStoreOptions,
  openFile: typeof openDataFile = openDataFile,
): Store {
  let session: Session | undefined;
  let unknown: CommitUnknown | undefined;
  let facts = 0;
  let commits = 0;
  let writable = true;

  function opened(): Session {
    if (!session) throw new Error('The store is not open. Call open() first.');
    return session;
  }

  function failed(fault: unknown): void {
    if (!(fault instanceof StorageFull || fault instanceof CommitUnknown)) return;
    if (fault instanceof CommitUnknown) unknown = fault;
    if (writable) log?.error(fault.message, { path, cause: String(fault.cause) });
    writable = false;
  }

  function skipped(fact: number): void {
    log?.error('A message has no words that can be gathered: nobody finds it.', { path, fact });
  }

  function committed(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) if (outcome.kind === 'stored') facts += outcome.appended.length;
    commits++;
    if (!writable) log?.info('The data file can be written again.', { path });
    writable = true;
  }

  return {
    async open() {
      if (session) return;
      const file = openFile(path, crash);
      const { db } = file;
      const transact = transactions(db, crash);
      const words = wordSearch(db, transact, clock, { failed, skipped });
      const logs = logsOf(db);
      const writing = { transact, logs, batches: batchWriter(db, logs), checkpoints: checkpoints(path) };
      session = { file, ...writing, reads: reads(db, logs), erasure: erasure(db, clock), words };
      unknown = undefined;
      facts = 0;
      commits = 0;
      writable = true;
    },

    async close() {
      if (session && !unknown) settle(session);
      session?.erasure.stop();
      session?.words.stop();
      await session?.checkpoints.stop();
      session?.file.close();
      session = undefined;
    },

    async commit(units, cursors) {
      const { batches, checkpoints, erasure, logs, transact, words } = opened();
      if (unknown) throw unknown;
      try {
        const outcomes = transact(() => batches.write(units, cursors));
        committed(outcomes);
        checkpoints.committed(units.length);
        erasure.committed(units);
        words.committed(units);
        return outcomes;
      } catch (error) {
        logs.failed();
        failed(error);
        throw error;
      }
    },

    async find(query) {
      if (unknown) throw unknown;
      try {
        return opened().words.find(query);
      } catch (error) {
        failed(error);
        throw error;
      }
    },

    log: async (id) => opened().reads.log(id),
    page: async (query) => opened().reads.page(query),
    prevVisible: async (id, seq, reader) => opened().reads.prevVisible(id, seq, reader),
    done: async (device, id) => opened().reads.done(device, id),
    user: async (id) => opened().reads.user(id),
    login: async (kind, subject) => opened().reads.login(kind, subject),
    logins: async (user, limit, after) => opened().reads.logins(user, limit, after),
    relation: async (owner, other) => opened().reads.relation(owner, other),
    relations: async (owner, limit, after) => opened().reads.relations(owner, limit, after),
    relationsTo: async (other, slot, limit, after) => opened().reads.relationsTo(other, slot, limit, after),
    conversation: async (id) => opened().reads.conversation(id),
    member: async (conversation, user) => opened().reads.member(conversation, user),
    members: async (conversation, limit, after) => opened().reads.members(conversation, limit, after),
    membersIn: async (conversation, role, limit) => opened().reads.membersIn(conversation, role, limit),
    memberCount: async (conversation, cap) => opened().reads.memberCount(conversation, cap),
    memberships: async (user, limit) => opened().reads.memberships(user, limit),
    bans: async (user, limit) => opened().reads.bans(user, limit),
    bannedFrom: async (conversation, limit, after) => opened().reads.bannedFrom(conversation, limit, after),
    listed: async (list, limit, before) => opened().reads.listed(list, limit, before),
    readSeq: async (conversation, user) => opened().reads.readSeq(conversation, user),
    unread: async (id, after, reader, cap) => opened().reads.unread(id, after, reader, cap),
    state: async (plugin, scope, key) => opened().reads.state(plugin, scope, key),
    file: async (id) => opened().reads.file(id),
    filesOf: async (log, seq) => opened().reads.filesOf(log, seq),
    fileBytes: async (user) => opened().reads.fileBytes(user),
    filesUnsent: async (at, limit) => opened().reads.filesUnsent(at, limit),
    states: async (plugin, scope, limit, after) => opened().reads.states(plugin, scope, limit, after),
    conversationsOf: async (user, limit, after) => opened().reads.conversationsOf(user, limit, after),
    filesBy: async (user, limit, after) => opened().reads.filesBy(user, limit, after),
    mergedInto: async (user, limit) => opened().reads.mergedInto(user, limit),
    naming: async (users, look, limit, after) => opened().reads.naming(users, look, limit, after),
    waits: async (id) => opened().reads.waits(id),
    scheduled: async (limit) => opened().reads.scheduled(limit),
    connections: async () => opened().reads.connections(),
    due: async (limit) => opened().reads.due(limit),
    stats: () => ({ facts, commits, writable }),
  };
}

/** Writes the rows of logs that are behind, for who reads the file by other means; the next one to open it could count them, too. */
function settle({ logs, transact }: Session): void {
  try {
    if (logs.behind().size > 0) transact(() => logs.begin().flush(true));
  } catch {
    logs.failed();
  }
}

/** What runs a write in one transaction. It throws StorageFull and CommitUnknown. */
function transactions(db: DatabaseSync, crash?: Crash): Transact {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  return (write) => {
    try {
      begin.run();
      const written = write();
      crash?.('in_transaction');
      crash?.('fsync');
      commit.run();
      crash?.('fsync');
      return written;
    } catch (error) {
      throw faultOf(error, isRolledBack(db, rollback));
    }
  };
}

function isRolledBack(db: DatabaseSync, rollback: StatementSync): boolean {
  try {
    // SQLite has rolled back by itself after some errors.
    if (db.isTransaction) rollback.run();
    return true;
  } catch {
    return false;
  }
}
