import { anything, boolean, list, number, type Of, object, oneOf, optional, seq, string } from './shape.ts';
import { Values } from './values.ts';

/** Who somebody is, as far as others may see. `verified` is true only where the site vouched for the name. */
export const Person = object({
  id: string,
  name: string,
  kind: oneOf('visitor', 'user', 'colleague', 'bot'),
  verified: boolean,
  /** An https address, or `avatar/…` below the friend's own. */
  avatar: optional(string),
});
export type Person = Of<typeof Person>;

/** How far somebody has got: delivered to one of his devices, read by himself. */
export const Mark = object({ user: string, read: seq, delivered: seq });
export type Mark = Of<typeof Mark>;

/**
 * A conversation as a list shows it. `unread` stops at 99; `line` is the newest message: where it has no words, with the
 * first of its files in `extras`, or `deleted`.
 */
export const Head = object({
  id: string,
  kind: oneOf('direct', 'group', 'support'),
  name: optional(string),
  last: seq,
  read: seq,
  unread: number,
  at: number,
  member: boolean,
  people: list(Person),
  /** Of the other members, where there are at most 20. */
  marks: list(Mark),
  line: optional(object({ by: string, text: string, extras: optional(anything), deleted: optional(boolean) })),
  /** This user's role, where he is a member. */
  role: optional(string),
  public: optional(boolean),
  /** All current members; absent where nobody counts. */
  members: optional(number),
  /** Slow mode, milliseconds. */
  slow: optional(number),
  history: optional(oneOf('all', 'joined')),
  /** What this user has set for himself. */
  mutedUntil: optional(number),
  archived: optional(boolean),
  pinned: optional(boolean),
});
export type Head = Of<typeof Head>;

/**
 * One statement about how two people stand to each other. `own`: the reader has made it; else the other has. Slot `ask`
 * holds requests: `kind` is what is asked for. `attributes` are what the reader has given to a statement of his own.
 */
export const Relation = object({
  slot: string,
  kind: string,
  own: boolean,
  since: number,
  until: optional(number),
  note: optional(string),
  attributes: optional(anything),
});
export type Relation = Of<typeof Relation>;

/** All that stands between the reader and one person, as far as he may know. */
export const Related = object({ person: Person, relations: list(Relation) });
export type Related = Of<typeof Related>;

/**
 * What is known of somebody's presence. `seen`: when he was last there, where that may be known. `own`: what the reader
 * has set himself, where it is he; all else is what others may see of him.
 */
export const Presence = object({
  user: string,
  show: oneOf('available', 'away', 'dnd', 'offline'),
  status: optional(string),
  seen: optional(number),
  own: optional(
    object({
      show: oneOf('available', 'away', 'dnd', 'invisible'),
      status: optional(string),
      until: optional(number),
    }),
  ),
});
export type Presence = Of<typeof Presence>;

/** Somebody in a conversation. */
export const Membership = object({ person: Person, role: string });
export type Membership = Of<typeof Membership>;

/** An invitation to a group. */
export const Invitation = object({ conversation: string, name: optional(string), by: Person, at: number });
export type Invitation = Of<typeof Invitation>;

/** A message that was searched for. */
export const Found = object({ conversation: string, seq, at: number, by: Person, text: string });
export type Found = Of<typeof Found>;

/** Facts that a log keeps. Each told one carries `log`, `seq` and `prev`. */
export const storedFacts = {
  'conversation.created': object({
    kind: oneOf('direct', 'group', 'support'),
    name: optional(string),
  }),
  'member.joined': object({ person: Person, role: string }),
  /** In the user's own log: what others may see of this user changed. */
  'profile.changed': object({ person: Person }),
  /** `edited`: when it was altered last. A deleted message keeps its place without its words. */
  'message.sent': object({
    text: string,
    edited: optional(number),
    deleted: optional(boolean),
    /** What it has beside its words, see `Extras`. */
    extras: optional(anything),
  }),
  /** Somebody has set an emoji under the message at `of`, or taken it away. */
  'message.reacted': object({ of: seq, emoji: string, on: boolean }),
  /** Somebody has answered what the message at `of` offers. */
  'message.answered': object({ of: seq, choice: optional(string), values: optional(Values) }),
  /** The message at `of` reads otherwise now. */
  'message.edited': object({ of: seq, text: string }),
  'message.deleted': object({ of: seq }),
  /** What is given has changed. */
  'conversation.changed': object({
    name: optional(string),
    public: optional(boolean),
    history: optional(oneOf('all', 'joined')),
    slow: optional(number),
  }),
  /** By himself, or removed by `by`. `ban`: he may not come again; where it is false, he who was banned may. */
  'member.left': object({ person: Person, ban: optional(boolean) }),
  'member.changed': object({ person: Person, role: string }),
  /** In a user's own log: all that stands between him and one person from now on. */
  'relation.changed': Related,
  /** In a user's own log: somebody asks him into a group, or that is over. */
  'invite.changed': object({ conversation: string, invite: optional(Invitation) }),
  /** In a user's own log: what he has set for himself. */
  'conversation.preferred': object({
    conversation: string,
    mutedUntil: optional(number),
    archived: optional(boolean),
    pinned: optional(boolean),
  }),
  /** In the log of who reports, and in the colleagues' log of reports. */
  'user.reported': object({
    person: Person,
    reason: string,
    conversation: optional(string),
    of: optional(seq),
  }),
} as const;

/** Facts that nobody stores: answers to reading, and what is true only now. */
export const passingFacts = {
  /** The answer to an action that stored state and no fact of its own. */
  ack: object({}),
  /** The answer to an action that was refused. `code` stands in the table of errors. */
  error: object({
    code: string,
    advice: string,
    detail: optional(string),
    /** Milliseconds after which sending again can help. */
    retryAfter: optional(number),
  }),
  'connection.opened': object({
    version: number,
    user: Person,
    /** The friend's clock in milliseconds, for labels. */
    now: number,
  }),
  /** The resumed logs that moved, and no others; one that this user may no longer read is not named. */
  'log.moved': object({ logs: list(object({ log: string, last: seq })) }),
  'conversation.opened': object({
    conversation: Head,
    /**
     * The page in the same frame: all that the reader may see in (`after`, `to`]. `more`: there are older facts.
     * `snapshot`: it does not continue what the client held, which is dropped.
     */
    page: object({ after: seq, to: seq, more: boolean, snapshot: boolean }),
    people: list(Person),
  }),
  'conversation.listed': object({ conversations: list(Head), next: optional(string) }),
  /** Heads a page: the facts behind it in the frame are all that the reader may see in (`after`, `to`]. */
  'log.paged': object({ log: string, after: seq, to: seq, more: boolean, people: list(Person) }),
  'typing.changed': object({ conversation: string, user: string, on: boolean }),
  'marker.moved': object({
    conversation: string,
    user: string,
    read: optional(seq),
    delivered: optional(seq),
  }),
  /**
   * To the author of messages in a conversation of more than 20 and at most 200 members: how many others have got them
   * and have read them.
   */
  'marker.counted': object({
    conversation: string,
    counts: list(object({ seq, delivered: number, read: number })),
  }),
  /** The answer to `user.identify`: this device is that user until `until`. What was shown before is another's. */
  'user.identified': object({ user: Person, until: optional(number) }),
  'user.shown': Related,
  'device.listed': object({ devices: list(object({ device: string, current: boolean, until: optional(number) })) }),
  'message.found': object({ messages: list(Found), next: optional(string) }),
  /** Where the bytes of a file go: an address below the friend's own; `at` bytes of it are there. */
  'file.granted': object({ file: string, upload: string, until: number, at: number }),
  'file.linked': object({ links: list(object({ file: string, url: string, until: number })) }),
  'relation.listed': object({ people: list(Related), next: optional(string) }),
  'presence.listed': object({ people: list(Presence) }),
  'presence.changed': Presence,
  /** `banned`: none of these is a member, each was removed for good. */
  'member.listed': object({
    conversation: string,
    members: list(Membership),
    next: optional(string),
    banned: optional(boolean),
  }),
  'invite.listed': object({ invites: list(Invitation) }),
  /** The answer to a new invite link; its token is shown this once. */
  'link.made': object({ conversation: string, token: string }),
  /** Somebody who can answer came, or the last one went. `line`: where the reader stands with his question, in words. */
  'support.changed': object({ available: boolean, line: optional(string) }),
  /** A colleague looks at what this user asks: he is told where in the site the user is, where that is allowed. */
  'page.wanted': object({}),
  /**
   * To colleagues who look at what a visitor asks: where in the site he is or was last, and what the page says of him, which
   * nobody has signed.
   */
  'visitor.told': object({
    user: string,
    page: optional(object({ url: string, title: string, at: number, referrer: optional(string) })),
    attributes: optional(anything),
  }),
  /** The friend is back and does not know what this connection has: open again. */
  'friend.hello': object({}),
} as const;

/** All that a friend may tell: the body of each fact. Tolerant, unknown keys are dropped. */
export const facts = { ...storedFacts, ...passingFacts } as const;

export type Facts = { readonly [T in keyof typeof facts]: Of<(typeof facts)[T]> };
export type FactType = keyof Facts;
export type StoredFactType = keyof typeof storedFacts;

/** A fact as it stands on the wire. */
export interface Fact<T extends string = string, B = unknown> {
  readonly type: T;
  /** The friend's clock, milliseconds since 1970. */
  readonly at: number;
  /** The user who did it; absent where nobody did. */
  readonly by?: string;
  /** The id of the action that this answers; present for the user who sent it. */
  readonly re?: string;
  readonly log?: string;
  readonly seq?: number;
  /** The seq before this one in the log that this reader may see. */
  readonly prev?: number;
  /** The version this fact was stored in, where it is not the connection's. */
  readonly v?: number;
  readonly body: B;
}

export type AnyFact = { [T in FactType]: Fact<T, Facts[T]> }[FactType];

const Envelope = object({
  type: string,
  at: number,
  by: optional(string),
  re: optional(string),
  log: optional(string),
  seq: optional(seq),
  prev: optional(seq),
  v: optional(number),
  body: anything,
});

/**
 * What a reader makes of one arriving event: a fact it knows, one of a type it does not know (its place in the log
 * still counts), or nothing at all.
 */
export type ReadFact = { readonly known: AnyFact } | { readonly unknown: Fact } | undefined;

/** Reads one event of a frame as a fact. Tolerant: never throws, drops unknown keys. */
export function readFact(event: unknown): ReadFact {
  const fact: Fact | undefined = Envelope.read(event);
  if (fact === undefined) return undefined;
  if (!isFactType(fact.type)) return { unknown: fact };
  const body = facts[fact.type].read(fact.body);
  return body === undefined ? { unknown: fact } : { known: { ...fact, body } as AnyFact };
}

function isFactType(type: string): type is FactType {
  return Object.hasOwn(facts, type);
}
