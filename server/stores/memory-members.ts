import { banned } from '../core/roles.ts';
import type { MemberRow } from '../core/rows.ts';
import type { Put, Store } from '../core/store.ts';

type MarkerRow = Extract<Put, { table: 'marker' }>['row'];
type PrefsRow = Extract<Put, { table: 'prefs' }>['row'];

/** Who is in which conversation, and how far each has got. */
export interface MemoryMembers {
  readonly reads: Pick<Store, 'member' | 'members' | 'membersIn' | 'memberCount' | 'bans' | 'bannedFrom' | 'readSeq'>;
  put(row: MemberRow): void;
  prefer(row: PrefsRow): void;
  mark(row: MarkerRow): void;
  /** Forgets what a user has set for himself, and his marks where he is no member. */
  forget(user: string): void;
  /** Conversations that a user is or was a member of. */
  ever(user: string): readonly string[];
  /** Current memberships of a user. */
  of(user: string): readonly MemberRow[];
  /** What `reader` sees of a log comes after this. */
  from(log: string, reader: string): number;
}

interface KeptMembers {
  readonly byUser: Map<string, MemberRow>;
  /** Ids of the current members in order; absent after a change, until somebody asks. */
  sorted?: readonly string[];
}

/** Keeps members in memory, for each conversation and each user. */
export function memoryMembers(): MemoryMembers {
  const conversations = new Map<string, KeptMembers>();
  const memberships = new Map<string, Set<string>>();
  /** How far readers without a member row have got, and those who hide it. */
  const readers = new Map<string, number>();

  function member(conversation: string, user: string): MemberRow | undefined {
    return conversations.get(conversation)?.byUser.get(user);
  }

  function current(conversation: string): readonly MemberRow[] {
    const kept = conversations.get(conversation);
    if (kept === undefined) return [];
    kept.sorted ??= [...kept.byUser.values()].flatMap((row) => (row.untilSeq === undefined ? row.user : [])).sort();
    return kept.sorted.flatMap((user) => kept.byUser.get(user) ?? []);
  }

  function keep(row: MemberRow): void {
    const kept = conversations.get(row.conversation) ?? { byUser: new Map() };
    conversations.set(row.conversation, kept);
    kept.byUser.set(row.user, row);
  }

  return {
    put({ prefs: given, ...row }) {
      const before = member(row.conversation, row.user);
      const prefs = before === undefined ? given : before.prefs;
      const readSeq = Math.max(before?.readSeq ?? 0, row.readSeq);
      const deliveredSeq = Math.max(before?.deliveredSeq ?? 0, row.deliveredSeq);
      keep({ ...row, readSeq, deliveredSeq, ...(prefs && { prefs }) });
      delete conversations.get(row.conversation)?.sorted;
      const joined = memberships.get(row.user) ?? new Set();
      memberships.set(row.user, joined);
      joined[row.untilSeq === undefined ? 'add' : 'delete'](row.conversation);
    },

    prefer({ conversation, user, prefs }) {
      const row = member(conversation, user);
      if (row) keep({ ...row, prefs });
    },

    mark({ conversation, user, read = 0, delivered = 0, hidden }) {
      const row = member(conversation, user);
      const reader = key(conversation, user);
      if (row && !hidden) {
        const deliveredSeq = Math.max(row.deliveredSeq, delivered);
        keep({ ...row, readSeq: Math.max(row.readSeq, read), deliveredSeq });
      } else if (read > (readers.get(reader) ?? 0)) readers.set(reader, read);
    },

    forget(user) {
      for (const { byUser } of conversations.values()) {
        const { prefs: _, ...row } = byUser.get(user) ?? {};
        if ('role' in row) byUser.set(user, row as MemberRow);
      }
      for (const reader of readers.keys()) if (reader.endsWith(` ${user}`)) readers.delete(reader);
    },

    ever: (user) => [...conversations].flatMap(([id, { byUser }]) => (byUser.has(user) ? id : [])),

    of: (user) => Array.from(memberships.get(user) ?? [], (id) => member(id, user)).filter((row) => row !== undefined),

    from(log, reader) {
      const row = member(log, reader);
      return row?.untilSeq === undefined ? (row?.fromSeq ?? 0) : 0;
    },

    reads: {
      member: async (conversation, user) => member(conversation, user),
      members: async (conversation, limit, after = '') =>
        current(conversation)
          .filter(({ user }) => user > after)
          .slice(0, limit),
      membersIn: async (conversation, role, limit) =>
        current(conversation)
          .filter((row) => row.role === role)
          .sort((a, b) => (a.since ?? -1) - (b.since ?? -1))
          .slice(0, limit),
      memberCount: async (conversation, cap) => Math.min(current(conversation).length, cap),
      bans: async (user, limit) =>
        [...conversations.keys()]
          .sort()
          .flatMap((id) => member(id, user) ?? [])
          .filter(({ role }) => role === banned)
          .slice(0, limit),
      bannedFrom: async (conversation, limit, after = '') =>
        [...(conversations.get(conversation)?.byUser.values() ?? [])]
          .filter(({ role, user }) => role === banned && user > after)
          .sort((one, other) => (one.user < other.user ? -1 : 1))
          .slice(0, limit),
      readSeq: async (conversation, user) =>
        Math.max(member(conversation, user)?.readSeq ?? 0, readers.get(key(conversation, user)) ?? 0),
    },
  };
}

function key(conversation: string, user: string): string {
  return `${conversation} ${user}`;
}
