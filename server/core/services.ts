import type { CaseState } from '../../protocol/desk.ts';
import type { FileInfo } from '../../protocol/extras.ts';
import type { Person, Presence } from '../../protocol/facts.ts';
import type { Reads } from './reads.ts';
import type { Grant } from './relation-kinds.ts';
import type { Right, Roles } from './roles.ts';
import type { ConversationRow, MemberRow, UserRow } from './rows.ts';
import type { Effects, ReactionContext } from './rule.ts';

/** What one user may do in one conversation, and how far it exists. */
export interface Access {
  readonly id: string;
  readonly row: ConversationRow;
  /** False where it would come into being with its first message. */
  readonly exists: boolean;
  readonly member?: MemberRow;
  readonly maySend: boolean;
  /** What this user's place allows him; in a group the site's table of roles says it. */
  may(right: Right): boolean;
  /** False where only members see what is said, and he is none. */
  readonly reads: boolean;
  /** A limit that this user has set himself forbids him to send. */
  readonly limited: boolean;
  /** Who alone sees what this user says here: he is shut out, and is not to know. All readers where absent. */
  readonly audience?: readonly string[];
  /** Whether the others may see this of the user: how far he has `read`, that he is `typing`. */
  shows(grant: Grant): Promise<boolean>;
  /** The list that shows it by last use. */
  readonly list?: string;
  /** What must be stored before this user's first message: the conversation, its members. Empty for a member. */
  enter(): Effects;
}

/** What holds between two people. */
export interface Between {
  /** Whether `grant` holds: what closeness grants, less what a limit of either side takes. */
  may(grant: Grant): boolean;
  /** Whether closeness grants it, whatever a limit takes. */
  grants(grant: Grant): boolean;
  /** To the viewer, the owner is to look like someone who is never there. */
  readonly absent: boolean;
  /** Since when he is, milliseconds since 1970; absent where he is not. */
  readonly absentSince?: number;
  /** A limit that the viewer has set himself takes `grant`. */
  limits(grant: Grant): boolean;
  /** A limit of either takes it. */
  forbids(grant: Grant): boolean;
}

export interface DeskState {
  readonly state: CaseState;
  readonly queue: string;
  readonly assignee?: string;
}

/** What people are to know of a conversation that a bot gives to them. `note` is for colleagues alone. */
export interface HandOff {
  readonly queue?: string;
  readonly topic?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly note?: string;
}

/** What an assistant is asked: a message, by whom, and as whom it answers. */
export interface AiAsking {
  readonly context: ReactionContext;
  readonly user: UserRow;
  readonly conversation: string;
  /** The user id that answers. */
  readonly bot: string;
  /** BCP 47. */
  readonly language?: string;
}

/** What came of it. `words`: what to say; `effects`: what is stored and told besides, in every case. */
export interface AiAnswer {
  /** said · handOff: people should come · over: the budget is spent · failed · superseded: there is a newer question */
  readonly how: 'said' | 'handOff' | 'over' | 'failed' | 'superseded';
  readonly words?: string;
  /** For colleagues. */
  readonly note?: string;
  readonly effects: Effects;
}

/** Services that plugins offer each other through their host. */
export interface Services {
  readonly desk: {
    /** Where a conversation with support stands; undefined where nobody has asked anything there yet. */
    state(read: Reads, conversation: string): Promise<DeskState | undefined>;
    /** Whether somebody answers at `now`: the hours of the site, and a colleague who is there. */
    isOpen(now: number): { readonly open: boolean; readonly until?: number };
    /** What is stored where a conversation with support goes from a bot to people. */
    handOff(read: Reads, conversation: string, to: HandOff, now: number): Promise<Effects>;
  };
  readonly ai: {
    /** The assistant of this name, which never rejects; undefined where there is none. */
    of(name: string): ((asking: AiAsking) => Promise<AiAnswer>) | undefined;
  };
  readonly bots: {
    /** Whether a bot answers first who asks for support. */
    readonly answersSupport: boolean;
  };
  readonly files: {
    /**
     * Files that `user` has offered for this conversation, as a message of his shows them, in the order of `ids`, and what is
     * stored with that message. `early` where bytes of one are not there yet; undefined where one is not his to attach here,
     * or is part of a message already.
     */
    attached(
      read: Reads,
      user: UserRow,
      conversation: string,
      ids: readonly string[],
    ): Promise<{ readonly infos: readonly FileInfo[]; readonly effects: Effects } | 'early' | undefined>;
  };
  readonly presence: {
    /** What a connection says of itself, beside what its user has set; nothing where it does not live. */
    says(jid: string, show: 'available' | 'away' | 'dnd'): void;
    /** Besides whom relations show it, a connection may see these people from now on, unless a limit of the two forbids it. */
    shows(jid: string, users: ReadonlySet<string>): void;
    /** The connections that look at `user`. */
    watchedBy(user: string): string[];
    /** What a connection was told of somebody last; undefined where it does not look at him. */
    told(jid: string, user: string): Presence | undefined;
  };
  readonly relations: {
    /** What `viewer` may do towards `owner` at `now`. Everything, where they are the same. */
    between(read: Reads, viewer: string, owner: string, now: number): Promise<Between>;
    /** Users to whom `user` is not to be told `grant` in a group: a limit of one of the two takes it. */
    limited(read: Reads, user: string, grant: Grant, now: number): Promise<ReadonlySet<string>>;
    /** What is stored where the visitor `from` turns out to be `to`: what stands between him and others is `to`'s. */
    handOver(read: Reads, from: UserRow, to: UserRow, now: number): Promise<Effects>;
  };
  readonly groups: {
    /** What is stored where the visitor `from` turns out to be `to`: his bans and invitations are `to`'s. */
    handOver(read: Reads, from: UserRow, to: UserRow, now: number): Promise<Effects>;
  };
  readonly conversations: {
    /** Undefined where there is no such conversation, or this user may not know of it: both alike. */
    access(read: Reads, user: UserRow, ref: string, now: number): Promise<Access | undefined>;
    /** The role in which somebody comes into a group; where nobody is in it, he owns it from then on. */
    roleOnEntry(read: Reads, row: ConversationRow, user: UserRow): Promise<string>;
    /** The roles of the site's groups. */
    readonly roles: Roles;
    /** What others may see of these users; who is unknown is left out. */
    people(read: Reads, users: Iterable<string>): Promise<Person[]>;
    /** What is stored where the visitor `from` turns out to be `to`: his conversations are `to`'s from then on. */
    handOver(read: Reads, from: UserRow, to: UserRow, now: number): Promise<Effects>;
  };
}
