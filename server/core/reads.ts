import type { ConversationRow, LoginRow, LogRow, MemberRow, PageQuery, Store, StoredFact, UserRow } from './store.ts';

/** What rules and reactions may read. What they read is noted, and the commit checks that it still holds. */
export interface Reads {
  user(id: string): Promise<UserRow | undefined>;
  login(kind: string, subject: string): Promise<LoginRow | undefined>;
  log(id: string): Promise<LogRow | undefined>;
  conversation(id: string): Promise<ConversationRow | undefined>;
  /** The member row, also of one who has left (`untilSeq` set). */
  member(conversation: string, user: string): Promise<MemberRow | undefined>;
  members(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]>;
  memberships(user: string, limit: number): Promise<readonly MemberRow[]>;
  page(query: PageQuery): Promise<readonly StoredFact[]>;
  listed(list: string, limit: number, before?: { at: number; id: string }): Promise<readonly LogRow[]>;
  readSeq(conversation: string, user: string): Promise<number>;
  unread(log: string, after: number, reader: string, cap: number): Promise<number>;
  state(plugin: string, scope: string, key: string): Promise<string | undefined>;
}

/** What is remembered of one log, all of it read at the same `rule_seq`. */
interface Entry {
  readonly ruleSeq: number;
  conversation?: ConversationRow | null;
  user?: UserRow | null;
  readonly members: Map<string, MemberRow | null>;
}

const entriesKept = 20_000;
const membersKept = 5_000;

/** Rows that decisions rest on, kept per log until a fact changes that log's rules. */
export class ReadCache {
  readonly #store: Store;
  readonly #entries = new Map<string, Entry>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** A fresh look: reads through the cache and notes what it rests on. */
  snapshot(): Snapshot {
    return new Snapshot(this.#store, (log) => this.#entry(log));
  }

  forget(log: string): void {
    this.#entries.delete(log);
  }

  async #entry(log: string): Promise<Entry> {
    const kept = this.#entries.get(log);
    if (kept !== undefined) return kept;
    const row = await this.#store.log(log);
    const entry: Entry = { ruleSeq: row?.ruleSeq ?? 0, members: new Map() };
    const oldest = this.#entries.size >= entriesKept ? this.#entries.keys().next().value : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(log, entry);
    return entry;
  }
}

/** One decision's view of the store. */
export class Snapshot implements Reads {
  readonly #store: Store;
  readonly #entry: (log: string) => Promise<Entry>;
  readonly #notes = new Map<string, Entry>();

  constructor(store: Store, entry: (log: string) => Promise<Entry>) {
    this.#store = store;
    this.#entry = entry;
  }

  /** Each log that was read, with its `rule_seq` at that time. */
  get notes(): { log: string; ruleSeq: number }[] {
    return Array.from(this.#notes, ([log, entry]) => ({ log, ruleSeq: entry.ruleSeq }));
  }

  async user(id: string): Promise<UserRow | undefined> {
    const entry = await this.#note(id);
    if (entry.user === undefined) entry.user = (await this.#store.user(id)) ?? null;
    return entry.user ?? undefined;
  }

  async conversation(id: string): Promise<ConversationRow | undefined> {
    const entry = await this.#note(id);
    if (entry.conversation === undefined) entry.conversation = (await this.#store.conversation(id)) ?? null;
    return entry.conversation ?? undefined;
  }

  async member(conversation: string, user: string): Promise<MemberRow | undefined> {
    const entry = await this.#note(conversation);
    const kept = entry.members.get(user);
    if (kept !== undefined) return kept ?? undefined;
    const row = await this.#store.member(conversation, user);
    if (entry.members.size < membersKept) entry.members.set(user, row ?? null);
    return row;
  }

  login(kind: string, subject: string): Promise<LoginRow | undefined> {
    return this.#store.login(kind, subject);
  }

  log(id: string): Promise<LogRow | undefined> {
    return this.#store.log(id);
  }

  members(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]> {
    return this.#store.members(conversation, limit, after);
  }

  memberships(user: string, limit: number): Promise<readonly MemberRow[]> {
    return this.#store.memberships(user, limit);
  }

  page(query: PageQuery): Promise<readonly StoredFact[]> {
    return this.#store.page(query);
  }

  listed(list: string, limit: number, before?: { at: number; id: string }): Promise<readonly LogRow[]> {
    return this.#store.listed(list, limit, before);
  }

  readSeq(conversation: string, user: string): Promise<number> {
    return this.#store.readSeq(conversation, user);
  }

  unread(log: string, after: number, reader: string, cap: number): Promise<number> {
    return this.#store.unread(log, after, reader, cap);
  }

  state(plugin: string, scope: string, key: string): Promise<string | undefined> {
    return this.#store.state(plugin, scope, key);
  }

  async #note(log: string): Promise<Entry> {
    const noted = this.#notes.get(log);
    if (noted !== undefined) return noted;
    const entry = await this.#entry(log);
    this.#notes.set(log, entry);
    return entry;
  }
}
