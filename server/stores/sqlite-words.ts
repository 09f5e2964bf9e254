import { versions } from 'node:process';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../core/ports.ts';
import type { StoredFact } from '../core/rows.ts';
import { type FindQuery, type Hit, type Hits, StorageFull, type Unit } from '../core/store.ts';
import { type Term, tokensOf, tokensVersion } from '../core/words.ts';
import { integer, type SqlRow, storedFact, text } from './sqlite-rows.ts';

/** Facts whose words are gathered in one transaction: about 10 ms, for which the event loop waits. */
const slice = 500;

/** Slices that one search may wait for. */
const patience = 2;

/** Milliseconds between the slices that nobody waits for, after a commit until its words are gathered, and on a full disk. */
const pauses = { behind: 10, level: 1_000, full: 5_000 } as const;

/** Of what is gathered. A table without texts has to be told the same words when it is to forget them. */
const version = `${tokensVersion} ${versions.unicode}`;

/** Messages with the words that one search looks at, where its logs are too many to be part of what is looked up. */
const candidates = 2_000;
const logsLookedUp = 20;

/** Runs what it is given in one transaction. @throws StorageFull, CommitUnknown */
export type Transact = <T>(write: () => T) => T;

/** Full text over messages, in a table of FTS5 (https://www.sqlite.org/fts5.html) that keeps words and no texts. */
export interface WordSearch {
  /** @throws StorageFull, CommitUnknown */
  find(query: FindQuery): Hits | 'later';
  /** Takes what was committed. */
  committed(units: readonly Unit[]): void;
  stop(): void;
}

/** Facts between these numbers are gathered, both ends included. */
interface Gathered {
  readonly low: number;
  readonly high: number;
}

/** Who hears what goes wrong where nobody waits for it. */
export interface WordFaults {
  /** What keeps a slice from being written. */
  failed(error: unknown): void;
  /** A message without words that can be read, by its number: nobody finds it. */
  skipped(fact: number): void;
}

/**
 * No commit waits for words: nobody's are gathered before somebody has searched, and then those of the newest facts
 * first. What another version has gathered is gathered anew.
 *
 * @throws StorageFull, CommitUnknown
 */
export function wordSearch(
  db: DatabaseSync,
  transact: Transact,
  clock: Pick<Clock, 'after'>,
  { failed, skipped }: WordFaults,
): WordSearch {
  const look = lookup(db);
  const gathered = gatheredIn(db);
  const gather = gatherer(db, skipped);
  const head = db.prepare('SELECT coalesce(max(n), 0) AS n FROM fact');
  let cancel: (() => void) | undefined;
  let stale = isStale(db);
  let isAsked = stale || gathered() !== undefined;

  const newest = (): number => integer(head.get()?.n);

  function bounds(last: number): Gathered {
    return gathered() ?? { low: last + 1, high: last };
  }

  /** Gathers some more; false where everything is. What another version has gathered goes first. */
  function step(): boolean {
    if (stale) {
      transact(() => forget(db));
      stale = false;
      return true;
    }
    const last = newest();
    const { low, high } = bounds(last);
    if (high < last) transact(() => gather({ low, high: Math.min(last, high + slice) }, high + 1, high + slice));
    else if (low > 1) transact(() => gather({ low: Math.max(1, low - slice), high }, low - slice, low - 1));
    else return false;
    return true;
  }

  function soon(ms: number): void {
    cancel ??= clock.after(ms, () => {
      cancel = undefined;
      try {
        if (step()) soon(pauses.behind);
      } catch (error) {
        failed(error);
        if (error instanceof StorageFull) soon(pauses.full);
      }
    });
  }

  /** Undefined where a fact that is not gathered yet may belong here. */
  function answered(query: FindQuery): Hits | undefined {
    if (stale) return undefined;
    const last = newest();
    const { low, high } = bounds(last);
    if (high < last) return undefined;
    const found = look(query);
    return found.next === undefined && low > 1 ? undefined : found;
  }

  if (stale) soon(pauses.level);

  return {
    find(query) {
      if (query.terms.length === 0 || query.logs.length === 0) return { hits: [] };
      isAsked = true;
      for (let steps = 0; steps <= patience; steps++) {
        const found = answered(query);
        if (found !== undefined) return found;
        if (steps < patience) step();
      }
      soon(pauses.behind);
      return 'later';
    },
    committed(units) {
      if (isAsked && units.some(({ appends }) => appends.length > 0)) soon(pauses.level);
    },
    stop: () => cancel?.(),
  };
}

/** Takes the words that a rewritten body no longer has out of what is gathered, inside the caller's transaction. */
export function rewording(db: DatabaseSync): (fact: number, body: string) => void {
  const before = db.prepare('SELECT log, type, item, body FROM fact WHERE n = ?');
  const remove = db.prepare("INSERT INTO words (words, rowid, log, text) VALUES ('delete', ?, ?, ?)");
  const insert = db.prepare('INSERT INTO words (rowid, log, text) VALUES (?, ?, ?)');
  const gathered = gatheredIn(db);

  return (n, body) => {
    const bounds = gathered();
    const row = bounds && before.get(n);
    if (bounds === undefined || row === undefined || row.item !== 1 || row.type !== 'message.sent') return;
    const [old = '', next = ''] = [wordsIn(text(row.body)), wordsIn(body)];
    if (n < bounds.low || n > bounds.high || old === next) return;
    if (old !== '') remove.run(n, String(row.log), old);
    if (next !== '') insert.run(n, String(row.log), next);
  };
}

/** What this version has gathered: nothing while that of another stands there. */
function gatheredIn(db: DatabaseSync): () => Gathered | undefined {
  const select = db.prepare('SELECT low, high FROM gathered WHERE version IS ?');
  return () => {
    const row = select.get(version);
    return row && { low: integer(row.low), high: integer(row.high) };
  };
}

function isStale(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM gathered WHERE version IS NOT ?').get(version) !== undefined;
}

function forget(db: DatabaseSync): void {
  db.exec("INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM gathered");
}

/** Gathers the words of the facts from `first` to `last`, after which `bounds` holds. */
function gatherer(
  db: DatabaseSync,
  skipped: WordFaults['skipped'],
): (bounds: Gathered, first: number, last: number) => void {
  const said = db.prepare(
    `SELECT n, log, body FROM fact WHERE n BETWEEN ? AND ? AND item AND type = 'message.sent' ORDER BY n`,
  );
  const insert = db.prepare('INSERT INTO words (rowid, log, text) VALUES (?, ?, ?)');
  const update = db.prepare('UPDATE gathered SET low = ?, high = ?');
  const begin = db.prepare('INSERT INTO gathered (low, high, version) VALUES (?, ?, ?)');

  return ({ low, high }, first, last) => {
    for (const { n, log, body } of said.all(first, last)) {
      const words = wordsIn(text(body));
      if (words === undefined) skipped(integer(n));
      else if (words !== '') insert.run(integer(n), String(log), words);
    }
    if (update.run(low, high).changes === 0) begin.run(low, high, version);
  };
}

/**
 * What is gathered of a message, in the order of its words: the tokenizer of the table only cuts at the spaces. Undefined for
 * a body without text, as a team's own rule may have stored it.
 */
function wordsIn(body: string): string | undefined {
  const { text: said } = Object(JSON.parse(body)) as { text?: unknown };
  if (typeof said !== 'string') return undefined;
  return tokensOf(said)
    .map((token) => token.text)
    .join(' ');
}

function lookup(db: DatabaseSync): (query: FindQuery) => Hits {
  const refOf = db.prepare('SELECT ref FROM log WHERE id = ?');
  const match = db.prepare(
    'SELECT rowid AS n FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
  );
  const select = db.prepare('SELECT * FROM fact WHERE n = ?');
  const from = db.prepare(
    'SELECT from_seq AS seq FROM member WHERE conversation = ? AND user = ? AND until_seq IS NULL',
  );

  return ({ terms, logs, reader, limit, before }) => {
    const refs = new Map(logs.flatMap((id) => lift(refOf.get(id), (row) => [[integer(row.ref), id] as const])));
    if (refs.size === 0 || terms.length === 0) return { hits: [] };
    const froms = new Map<string, number>();
    const rows = match.all(
      expressionOf(terms, [...refs.keys()]),
      Number(before ?? Number.MAX_SAFE_INTEGER),
      candidates,
    );

    function visible(n: number): StoredFact | undefined {
      const row = select.get(n);
      const log = row && refs.get(integer(row.log));
      if (row === undefined || log === undefined) return undefined;
      const fact = storedFact(log, row);
      if (!froms.has(log)) froms.set(log, Number(from.get(log, reader)?.seq ?? 0));
      if (fact.seq <= (froms.get(log) ?? 0) || fact.audience?.includes(reader) === false) return undefined;
      return fact;
    }

    const hits: Hit[] = [];
    for (const row of rows) {
      const n = integer(row.n);
      const fact = visible(n);
      if (fact !== undefined) hits.push({ fact, cursor: String(n) });
      if (hits.length === limit) return { hits, next: String(n) };
    }
    const last = rows.at(-1);
    return last === undefined || rows.length < candidates ? { hits } : { hits, next: String(last.n) };
  };
}

/** The words in the query language of FTS5; nothing but letters, digits, emoji and marks is quoted. */
function expressionOf(terms: readonly Term[], refs: readonly number[]): string {
  const said = terms.map(({ tokens, open }) => `"${tokens.join(' ')}"${open ? ' *' : ''}`).join(' AND ');
  if (refs.length > logsLookedUp) return `text : (${said})`;
  return `text : (${said}) AND log : (${refs.map((ref) => `"${ref}"`).join(' OR ')})`;
}

function lift<T>(row: SqlRow | undefined, map: (row: SqlRow) => T[]): T[] {
  return row === undefined ? [] : map(row);
}
