import * as v from 'valibot';
import { Seq } from './ids.ts';

/** Who somebody is, as far as others may see. `verified` is true only where the site vouched for the name. */
export const Person = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(['visitor', 'user', 'colleague', 'bot']),
  verified: v.boolean(),
});
export type Person = v.InferOutput<typeof Person>;

/** How far somebody has got: delivered to one of his devices, read by himself. */
export const Mark = v.object({ user: v.string(), read: Seq, delivered: Seq });
export type Mark = v.InferOutput<typeof Mark>;

/** A conversation as a list shows it. `unread` stops at 99; `line` is the newest message. */
export const Head = v.object({
  id: v.string(),
  kind: v.picklist(['direct', 'group', 'support']),
  name: v.exactOptional(v.string()),
  last: Seq,
  read: Seq,
  unread: v.number(),
  at: v.number(),
  member: v.boolean(),
  people: v.array(Person),
  /** Of the other members, where there are at most 20. */
  marks: v.array(Mark),
  line: v.exactOptional(v.object({ by: v.string(), text: v.string() })),
});
export type Head = v.InferOutput<typeof Head>;

/** Facts that a log keeps. Each told one carries `log`, `seq` and `prev`. */
export const storedFacts = {
  'conversation.created': v.object({
    kind: v.picklist(['direct', 'group', 'support']),
    name: v.exactOptional(v.string()),
  }),
  'member.joined': v.object({ person: Person, role: v.string() }),
  /** In the user's own log: what others may see of this user changed. */
  'profile.changed': v.object({ person: Person }),
  'message.sent': v.object({ text: v.string() }),
} as const;

/** Facts that nobody stores: answers to reading, and what is true only now. */
export const passingFacts = {
  /** The answer to an action that stored state and no fact of its own. */
  ack: v.object({}),
  /** The answer to an action that was refused. `code` stands in the table of errors. */
  error: v.object({
    code: v.string(),
    advice: v.string(),
    detail: v.exactOptional(v.string()),
    /** Milliseconds after which sending again can help. */
    retryAfter: v.exactOptional(v.number()),
  }),
  'connection.opened': v.object({
    version: v.number(),
    user: Person,
    /** The friend's clock in milliseconds, for labels. */
    now: v.number(),
  }),
  /** The resumed logs that moved, and no others; one that this user may no longer read is not named. */
  'log.moved': v.object({ logs: v.array(v.object({ log: v.string(), last: Seq })) }),
  'conversation.opened': v.object({
    conversation: Head,
    /**
     * The page in the same frame: all that the reader may see in (`after`, `to`]. `more`: there are older facts.
     * `snapshot`: it does not continue what the client held, which is dropped.
     */
    page: v.object({ after: Seq, to: Seq, more: v.boolean(), snapshot: v.boolean() }),
    people: v.array(Person),
  }),
  'conversation.listed': v.object({ conversations: v.array(Head), next: v.exactOptional(v.string()) }),
  /** Heads a page: the facts behind it in the frame are all that the reader may see in (`after`, `to`]. */
  'log.paged': v.object({ log: v.string(), after: Seq, to: Seq, more: v.boolean(), people: v.array(Person) }),
  'typing.changed': v.object({ conversation: v.string(), user: v.string(), on: v.boolean() }),
  'marker.moved': v.object({
    conversation: v.string(),
    user: v.string(),
    read: v.exactOptional(Seq),
    delivered: v.exactOptional(Seq),
  }),
  /** Somebody who can answer came, or the last one went. */
  'support.changed': v.object({ available: v.boolean() }),
  /** The friend is back and does not know what this connection has: open again. */
  'friend.hello': v.object({}),
} as const;

/** All that a friend may tell: the body of each fact. Tolerant, unknown keys are dropped. */
export const facts = { ...storedFacts, ...passingFacts } as const;

export type Facts = { readonly [T in keyof typeof facts]: v.InferOutput<(typeof facts)[T]> };
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

const Envelope = v.object({
  type: v.string(),
  at: v.number(),
  by: v.exactOptional(v.string()),
  re: v.exactOptional(v.string()),
  log: v.exactOptional(v.string()),
  seq: v.exactOptional(Seq),
  prev: v.exactOptional(Seq),
  v: v.exactOptional(v.number()),
  body: v.unknown(),
});

/**
 * What a reader makes of one arriving event: a fact it knows, one of a type it does not know (its place in the log
 * still counts), or nothing at all.
 */
export type ReadFact = { readonly known: AnyFact } | { readonly unknown: Fact } | undefined;

/** Reads one event of a frame as a fact. Tolerant: never throws, drops unknown keys. */
export function readFact(event: unknown): ReadFact {
  const envelope = v.safeParse(Envelope, event);
  if (!envelope.success) return undefined;
  const fact: Fact = envelope.output;
  if (!isFactType(fact.type)) return { unknown: fact };
  const body = v.safeParse(facts[fact.type], fact.body);
  if (!body.success) return { unknown: fact };
  return { known: { ...fact, body: body.output } as AnyFact };
}

function isFactType(type: string): type is FactType {
  return Object.hasOwn(facts, type);
}
