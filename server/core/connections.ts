import { isNative } from './gateway.ts';
import type { ConnectionRow } from './rows.ts';

/** One live stream of a user. */
export interface Connection {
  readonly jid: string;
  readonly user: string;
  readonly device: string;
  /** The logs and topics that it hears. */
  readonly hears: Set<string>;
  /** Somebody is there. A connection of an ordinary client also takes what is for later. */
  isPresent: boolean;
  /** It is over then, milliseconds since 1970. */
  until: number | undefined;
}

/** What a connection begins with. */
type Opening = Pick<ConnectionRow, 'jid' | 'user' | 'device'> & { readonly until?: number };

/**
 * Logs and topics that one connection hears. For one more goes what is only looked at, else the conversation that it heard
 * first, but never its user's own log.
 */
const hearsLimit = 2_000;
const goFirst = ['page:', 'c_'] as const;

const none: ReadonlySet<Connection> = new Set();

/** Who is connected, and who hears what. Kept in memory; the store only knows which connections to greet. */
export class Connections {
  readonly #byJid = new Map<string, Connection>();
  readonly #byTopic = new Map<string, Set<Connection>>();
  readonly #byUser = new Map<string, Set<Connection>>();
  readonly #watchers = new Map<string, ((count: number) => void)[]>();
  /** Of a process before this one, by JID: whose they were. They count as there until they open or end. */
  readonly #expected = new Map<string, string>();
  readonly #observers: ((user: string, jid: string, present: boolean) => void)[] = [];

  get size(): number {
    return this.#byJid.size;
  }

  /** Every connection's JID. */
  jids(): string[] {
    return [...this.#byJid.keys()];
  }

  get(jid: string): Connection | undefined {
    return this.#byJid.get(jid);
  }

  /** The connection where it is not over at `now`; one that is has ended. */
  living(jid: string, now: number): Connection | undefined {
    const connection = this.#byJid.get(jid);
    if (connection?.until === undefined || now < connection.until) return connection;
    this.end(jid);
    return undefined;
  }

  /** Every connection that hears `topic`, a log's id or a name such as `support`. */
  hearing(topic: string): ReadonlySet<Connection> {
    return this.#byTopic.get(topic) ?? none;
  }

  /** Every connection that hears at least one of `topics`, once. */
  hearingAny(topics: readonly string[]): ReadonlySet<Connection> {
    const [first = ''] = topics;
    return topics.length === 1 ? this.hearing(first) : new Set(topics.flatMap((topic) => [...this.hearing(topic)]));
  }

  of(user: string): ReadonlySet<Connection> {
    return this.#byUser.get(user) ?? none;
  }

  /**
   * Begins or rebinds a connection; it hears its user's own log and `topics`, and if it was the same user's on the same
   * device before, what it heard.
   */
  open(row: Opening, topics: readonly string[]): Connection {
    const before = this.#byJid.get(row.jid);
    const same = before?.user === row.user && before.device === row.device ? before : undefined;
    const connection = same ?? this.#begin(row);
    connection.until = row.until;
    for (const topic of [row.user, ...topics]) this.hear(connection, topic);
    return connection;
  }

  /** Takes the connections of a process before this one for living. */
  expect(rows: Iterable<Pick<ConnectionRow, 'jid' | 'user'>>): void {
    for (const { jid, user } of rows) {
      if (this.#byJid.has(jid) || this.#expected.has(jid) || isNative(jid)) continue;
      this.#expected.set(jid, user);
      this.#observed(user, jid, true);
    }
  }

  end(jid: string): Connection | undefined {
    const expected = this.#expected.get(jid);
    if (expected !== undefined) {
      this.#expected.delete(jid);
      this.#observed(expected, jid, false);
    }
    const connection = this.#byJid.get(jid);
    if (connection === undefined) return undefined;
    this.#byJid.delete(jid);
    remove(this.#byUser, connection.user, connection);
    for (const topic of [...connection.hears]) this.unhear(connection, topic);
    if (connection.isPresent) this.#observed(connection.user, jid, false);
    return connection;
  }

  hear(connection: Connection, topic: string): void {
    if (connection.hears.has(topic) || this.#byJid.get(connection.jid) !== connection) return;
    if (connection.hears.size >= hearsLimit) this.#unhearOldest(connection);
    connection.hears.add(topic);
    add(this.#byTopic, topic, connection);
    this.#changed(topic);
  }

  unhear(connection: Connection, topic: string): void {
    if (!connection.hears.delete(topic)) return;
    remove(this.#byTopic, topic, connection);
    this.#changed(topic);
  }

  /** Of a connection that is not open, nothing. */
  unhearAll(jid: string, start: string): void {
    const connection = this.#byJid.get(jid);
    if (connection === undefined) return;
    for (const topic of [...connection.hears]) if (topic.startsWith(start)) this.unhear(connection, topic);
  }

  /** How many connections that hear `topic` have somebody there. */
  presentAt(topic: string): number {
    let count = 0;
    for (const { isPresent } of this.hearing(topic)) if (isPresent) count += 1;
    return count;
  }

  /** Somebody came to this connection, or went and left it open. */
  setPresent(jid: string, isPresent: boolean): void {
    const connection = this.#byJid.get(jid);
    if (connection === undefined || connection.isPresent === isPresent) return;
    connection.isPresent = isPresent;
    for (const topic of connection.hears) this.#changed(topic);
    this.#observed(connection.user, jid, isPresent);
  }

  /** Calls `changed` with the number of connections that hear `topic` and have somebody there, each time it may have changed. */
  watch(topic: string, changed: (count: number) => void): void {
    const watchers = this.#watchers.get(topic);
    if (watchers === undefined) this.#watchers.set(topic, [changed]);
    else watchers.push(changed);
  }

  /** Calls `changed` when a connection begins and when it ends; opening the same one anew is neither. */
  observe(changed: (user: string, jid: string, present: boolean) => void): void {
    this.#observers.push(changed);
  }

  #begin({ jid, user, device, until }: Opening): Connection {
    const isExpected = this.#expected.get(jid) === user;
    if (isExpected) this.#expected.delete(jid);
    this.end(jid);
    const connection: Connection = { jid, user, device, hears: new Set(), until, isPresent: !isNative(jid) };
    this.#byJid.set(jid, connection);
    add(this.#byUser, user, connection);
    if (!isExpected && connection.isPresent) this.#observed(user, jid, true);
    return connection;
  }

  #unhearOldest(connection: Connection): void {
    for (const start of goFirst) {
      const oldest = [...connection.hears].find((topic) => topic.startsWith(start));
      if (oldest !== undefined) return this.unhear(connection, oldest);
    }
  }

  #observed(user: string, jid: string, present: boolean): void {
    for (const changed of this.#observers) changed(user, jid, present);
  }

  #changed(topic: string): void {
    const watchers = this.#watchers.get(topic);
    if (watchers === undefined) return;
    const count = this.presentAt(topic);
    for (const changed of watchers) changed(count);
  }
}

function add(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const set = index.get(key);
  if (set === undefined) index.set(key, new Set([connection]));
  else set.add(connection);
}

function remove(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const set = index.get(key);
  set?.delete(connection);
  if (set?.size === 0) index.delete(key);
}
