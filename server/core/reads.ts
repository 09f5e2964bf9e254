import type { Inventory } from './inventory.ts';
import type { Entry } from './read-entry.ts';
import type {
  ConversationRow,
  FileBytes,
  FileRow,
  LoginRow,
  LogRow,
  MemberRow,
  RelationRow,
  StoredFact,
  UserRow,
} from './rows.ts';
import type { Append, FindQuery, Hits, LoginPlace, PageQuery, Store } from './store.ts';

/** What rules and reactions may read. What they read is noted, and the commit checks that it still holds. */
export interface Reads {
  user(id: string): Promise<UserRow | undefined>;
  login(kind: string, subject: string): Promise<LoginRow | undefined>;
  logins(user: string, limit: number, after?: LoginPlace): Promise<readonly LoginRow[]>;
  /** Everything that `owner` has stated about `other`. */
  relation(owner: string, other: string): Promise<readonly RelationRow[]>;
  relations(owner: string, limit: number, after?: string): Promise<readonly RelationRow[]>;
  relationsTo(other: string, slot: string, limit: number, after?: string): Promise<readonly RelationRow[]>;
  log(id: string): Promise<LogRow | undefined>;
  conversation(id: string): Promise<ConversationRow | undefined>;
  /** The member row, also of one who has left (`untilSeq` set). */
  member(conversation: string, user: string): Promise<MemberRow | undefined>;
  members(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]>;
  membersIn(conversation: string, role: string, limit: number): Promise<readonly MemberRow[]>;
  memberCount(conversation: string, cap: number): Promise<number>;
  memberships(user: string, limit: number): Promise<readonly MemberRow[]>;
  bans(user: string, limit: number): Promise<readonly MemberRow[]>;
  bannedFrom(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]>;
  page(query: PageQuery): Promise<readonly StoredFact[]>;
  listed(list: string, limit: number, before?: { at: number; id: string }): Promise<readonly LogRow[]>;
  readSeq(conversation: string, user: string): Promise<number>;
  unread(log: string, after: number, reader: string, cap: number): Promise<number>;
  state(plugin: string, scope: string, key: string): Promise<string | undefined>;
  find(query: FindQuery): Promise<Hits | 'later'>;
  file(id: string): Promise<FileRow | undefined>;
  filesOf(log: string, seq: number): Promise<readonly FileRow[]>;
  fileBytes(user: string): Promise<FileBytes>;
  /** What `find` comes to; what it came to before, where this decision has asked for the same of the same last. */
  once<T>(of: object, key: string, find: () => Promise<T>): Promise<T>;
  /** Lists that nothing may be decided by. */
  readonly inventory: Inventory;
}

const entriesKept = 20_000;
const membersKept = 5_000;

/** Rows that decisions rest on, kept per log until a fact changes that log's rules. */
export class ReadCache {
  readonly #store: Store;
  readonly #entries = new Map<string, Entry>();
  /** How often something was forgotten: what was on its way from the store then may be old already. */
  #forgets = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** A fresh look: reads through the cache and notes what it rests on. */
  snapshot(): Snapshot {
    return new Snapshot(this.#store, this);
  }

  forget(log: string): void {
    this.#forgets += 1;
    this.#entries.delete(log);
  }

  /** Appends to a log that stands in a list keep it there, and are told to who hears the list. */
  listed(appends: readonly Append[]): readonly Append[] | Promise<readonly Append[]> {
    if (appends.every((append) => append.list !== undefined || this.#isOutside(append.log))) return appends;
    return Promise.all(appends.map((append) => this.#inItsList(append)));
  }

  /** What is remembered of a log now. */
  kept(log: string): Entry | undefined {
    return this.#entries.get(log);
  }

  /** What is remembered of a log, or known of it from now on. */
  async entry(log: string): Promise<Entry> {
    const kept = this.#entries.get(log);
    if (kept !== undefined) return kept;
    const forgets = this.#forgets;
    const row = await this.#store.log(log);
    const entry: Entry = { ruleSeq: row?.ruleSeq ?? 0, list: row?.list, members: new Map(), relations: new Map() };
    if (forgets === this.#forgets) this.#keep(log, entry);
    return entry;
  }

  #isOutside(log: string): boolean {
    const kept = this.#entries.get(log);
    return kept !== undefined && kept.list === undefined;
  }

  async #inItsList(append: Append): Promise<Append> {
    if (append.list !== undefined) return append;
    const { list } = this.kept(append.log) ?? (await this.entry(append.log));
    return list === undefined ? append : { ...append, list };
  }

  #keep(log: string, entry: Entry): void {
    const oldest = this.#entries.size >= entriesKept ? this.#entries.keys().next().value : undefined;
    if (oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(log, entry);
  }
}

/** One decision's view of the store. */
export class Snapshot implements Reads {
  readonly #store: Store;
  readonly #cache: ReadCache;
  readonly #notes = new Map<string, Entry>();
  // Not a WeakMap elsewhere, which costs a collector that meets a new snapshot with each message two microseconds.
  #last: { readonly of: object; readonly key: string; readonly found: Promise<unknown> } | undefined;

  constructor(store: Store, cache: ReadCache) {
    this.#store = store;
    this.#cache = cache;
  }

  get inventory(): Inventory {
    return this.#store;
  }

  /** Each log that was read, with its `rule_seq` at that time. */
  get notes(): { log: string; ruleSeq: number }[] {
    return Array.from(this.#notes, ([log, entry]) => ({ log, ruleSeq: entry.ruleSeq }));
  }

  /** Whether nothing of what was read has changed since: for what is not stored, as the commit compares only what is. */
  get holds(): boolean {
    return Array.from(this.#notes).every(([log, entry]) => this.#cache.kept(log) === entry);
  }

  // What is in memory is handed out without an async function around it: a message reads four rows.
  user(id: string): Promise<UserRow | undefined> {
    const kept = this.#known(id)?.user;
    return kept === undefined ? this.#readUser(id) : Promise.resolve(kept ?? undefined);
  }

  conversation(id: string): Promise<ConversationRow | undefined> {
    const kept = this.#known(id)?.conversation;
    return kept === undefined ? this.#readConversation(id) : Promise.resolve(kept ?? undefined);
  }

  member(conversation: string, user: string): Promise<MemberRow | undefined> {
    const kept = this.#known(conversation)?.members.get(user);
    return kept === undefined ? this.#readMember(conversation, user) : Promise.resolve(kept ?? undefined);
  }

  relation(owner: string, other: string): Promise<readonly RelationRow[]> {
    const kept = this.#known(owner)?.relations.get(other);
    return kept === undefined ? this.#readRelation(owner, other) : Promise.resolve(kept);
  }

  async relations(owner: string, limit: number, after?: string): Promise<readonly RelationRow[]> {
    await this.#note(owner);
    return this.#store.relations(owner, limit, after);
  }

  /** Notes nothing of the owners: what is decided by it has to read each relation by itself. */
  relationsTo(other: string, slot: string, limit: number, after?: string): Promise<readonly RelationRow[]> {
    return this.#store.relationsTo(other, slot, limit, after);
  }

  async log(id: string): Promise<LogRow | undefined> {
    await this.#note(id);
    return this.#store.log(id);
  }

  async members(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]> {
    await this.#note(conversation);
    return this.#store.members(conversation, limit, after);
  }

  async membersIn(conversation: string, role: string, limit: number): Promise<readonly MemberRow[]> {
    await this.#note(conversation);
    return this.#store.membersIn(conversation, role, limit);
  }

  async memberCount(conversation: string, cap: number): Promise<number> {
    await this.#note(conversation);
    return this.#store.memberCount(conversation, cap);
  }

  async memberships(user: string, limit: number): Promise<readonly MemberRow[]> {
    await this.#note(user);
    return this.#store.memberships(user, limit);
  }

  /** Notes nothing of the conversations: what is decided by it has to read each member row by itself. */
  bans(user: string, limit: number): Promise<readonly MemberRow[]> {
    return this.#store.bans(user, limit);
  }

  async bannedFrom(conversation: string, limit: number, after?: string): Promise<readonly MemberRow[]> {
    await this.#note(conversation);
    return this.#store.bannedFrom(conversation, limit, after);
  }

  login(kind: string, subject: string): Promise<LoginRow | undefined> {
    return this.#store.login(kind, subject);
  }

  logins(user: string, limit: number, after?: LoginPlace): Promise<readonly LoginRow[]> {
    return this.#store.logins(user, limit, after);
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

  find(query: FindQuery): Promise<Hits | 'later'> {
    return this.#store.find(query);
  }

  file(id: string): Promise<FileRow | undefined> {
    return this.#store.file(id);
  }

  filesOf(log: string, seq: number): Promise<readonly FileRow[]> {
    return this.#store.filesOf(log, seq);
  }

  fileBytes(user: string): Promise<FileBytes> {
    return this.#store.fileBytes(user);
  }

  once<T>(of: object, key: string, find: () => Promise<T>): Promise<T> {
    if (this.#last?.of === of && this.#last.key === key) return this.#last.found as Promise<T>;
    const found = find();
    this.#last = { of, key, found };
    return found;
  }

  async #readUser(id: string): Promise<UserRow | undefined> {
    const entry = await this.#note(id);
    const row = await this.#store.user(id);
    entry.user = row ?? null;
    return row;
  }

  async #readConversation(id: string): Promise<ConversationRow | undefined> {
    const entry = await this.#note(id);
    const row = await this.#store.conversation(id);
    entry.conversation = row ?? null;
    return row;
  }

  async #readMember(conversation: string, user: string): Promise<MemberRow | undefined> {
    const entry = await this.#note(conversation);
    const row = await this.#store.member(conversation, user);
    if (entry.members.size < membersKept) entry.members.set(user, row ?? null);
    return row;
  }

  async #readRelation(owner: string, other: string): Promise<readonly RelationRow[]> {
    const entry = await this.#note(owner);
    const rows = await this.#store.relation(owner, other);
    if (entry.relations.size < membersKept) entry.relations.set(other, rows);
    return rows;
  }

  /** Notes a log that is in memory. */
  #known(log: string): Entry | undefined {
    const noted = this.#notes.get(log);
    if (noted !== undefined) return noted;
    const kept = this.#cache.kept(log);
    if (kept !== undefined) this.#notes.set(log, kept);
    return kept;
  }

  async #note(log: string): Promise<Entry> {
    const known = this.#known(log);
    if (known !== undefined) return known;
    const entry = await this.#cache.entry(log);
    // Two reads that ran beside each other rest on the older look: newer rows only make the unit stale.
    const first = this.#notes.get(log);
    if (first !== undefined) return first;
    this.#notes.set(log, entry);
    return entry;
  }
}
