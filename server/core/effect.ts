import type { ErrorCode } from '../../protocol/errors.ts';
import type { Extras } from '../../protocol/extras.ts';
import type { Facts } from '../../protocol/facts.ts';
import type { StanzaTree } from './ports.ts';
import type { StoredFact, UserRow } from './rows.ts';
import type { Put } from './store.ts';

/** Who hears something that is not stored. */
export type Receivers =
  | { readonly users: readonly string[] }
  /** These connections, by their JIDs, as far as they live. */
  | { readonly connections: readonly string[] }
  /**
   * Everybody who hears one of these logs or topics right now, but not the sender's own connection and not the users
   * in `except`.
   */
  | { readonly hearing: readonly string[]; readonly except?: ReadonlySet<string> }
  /** The connection that sent the action. */
  | 'sender';

/** Facts of a log that accompany an answer; the reader holds all that he may see up to `after`. */
export interface Page {
  readonly after: number;
  readonly facts: readonly StoredFact[];
}

/** What is asked. Without an offer it is answered in words. */
export interface Question extends Pick<Extras, 'replies' | 'buttons' | 'form'> {
  readonly text: string;
  /** Words answer it too, beside what it offers. */
  readonly orText?: boolean;
}

/**
 * What should happen, as data. Rules and reactions return effects and do nothing by themselves; the friend carries
 * them out: what is stored goes into one transaction, what is told goes out after its commit.
 */
export type Effect =
  | {
      readonly do: 'append';
      readonly log: string;
      readonly type: string;
      readonly body: unknown;
      /** Shown by itself: counts for pages and, if it is a message, as unread. */
      readonly item?: boolean;
      /** Changes members, roles, relations or settings: decisions that rest on this log are taken again. */
      readonly rule?: boolean;
      /** The users that may see it; all readers of the log where absent. */
      readonly audience?: readonly string[];
      /** Puts the log at the head of this list. */
      readonly list?: string;
      /** False where the sender gets another answer than this, though it comes last. A repeat gets an `ack` then. */
      readonly answers?: false;
      /** The user it is by; the sender of the action where absent. */
      readonly by?: string;
    }
  | { readonly do: 'put'; readonly put: Put }
  | {
      readonly do: 'schedule';
      /** Unique for ever: an id that has fired fires no more. One that still waits is replaced. */
      readonly id: string;
      /** Milliseconds since 1970; the past means at once. */
      readonly dueAt: number;
      readonly action: { readonly type: string; readonly body: unknown };
      /** Whose action it will be. */
      readonly user: string;
    }
  | { readonly do: 'unschedule'; readonly id: string }
  | {
      readonly do: 'ask';
      readonly user: string;
      readonly question: Question;
      /** The type of the action that the answer comes in as. */
      readonly then: string;
      /** What it is to know, up to 4,096 bytes of JSON. */
      readonly data?: unknown;
      /** Milliseconds since 1970. */
      readonly until: number;
      /** The id of the conversation. */
      readonly in: string;
      /** The user it is by; the friend where absent. */
      readonly by?: string;
    }
  | {
      readonly do: 'tell';
      readonly to: Receivers;
      readonly type: string;
      readonly body: unknown;
      readonly by?: string;
    }
  | { readonly do: 'answer'; readonly type: string; readonly body: unknown; readonly page?: Page }
  /** The sender's connection hears `topic` from now on; a log's facts after `upTo` are told at once. */
  | { readonly do: 'hear'; readonly topic: string; readonly upTo?: number }
  /** The sender's connection hears no topic any more whose name starts so. */
  | { readonly do: 'unhear'; readonly start: string }
  /** Who hears this log without being a member of its conversation hears it no more. */
  | { readonly do: 'seclude'; readonly log: string }
  /** The sender's connection is this user's on this device, and ends by itself at `until`, milliseconds since 1970. */
  | { readonly do: 'bind'; readonly user: UserRow; readonly device: string; readonly until?: number }
  /**
   * Every connection of this user on this device is told to open again, and is nobody's until it has. `others`: but not
   * the sender's own.
   */
  | { readonly do: 'end'; readonly user: string; readonly device: string; readonly others?: boolean }
  | {
      readonly do: 'refuse';
      readonly code: ErrorCode;
      readonly detail?: string;
      /** Milliseconds. */
      readonly retryAfter?: number;
    }
  /** A native stanza leaves after the commit; of an action that is no stanza, `to` and `from` have to be there. */
  | { readonly do: 'send'; readonly stanza: StanzaTree }
  /** Nothing happens, and it is counted. */
  | { readonly do: 'ignore'; readonly why: string };

type Known<T extends string> = T extends keyof Facts ? Facts[T] : Readonly<Record<string, unknown>>;
type AppendOptions = Omit<Extract<Effect, { do: 'append' }>, 'do' | 'log' | 'type' | 'body'>;

/**
 * Stores a fact in a log and tells it to the log's readers. The last append of an action is its answer, but for one to
 * another user's own log: that is none of the sender's business.
 */
export function append<T extends string>(
  log: string,
  type: T,
  body: Known<T>,
  options: AppendOptions = {},
): Extract<Effect, { do: 'append' }> {
  return { do: 'append', log, type, body, ...options };
}

/** Writes a row in the same transaction as the facts. */
export function put(row: Put): Extract<Effect, { do: 'put' }> {
  return { do: 'put', put: row };
}

/**
 * Lets an action come in as `user`'s when its time has come, once, over any number of crashes. Stored in the same
 * transaction as the facts.
 */
export function schedule(row: Omit<Extract<Effect, { do: 'schedule' }>, 'do'>): Effect {
  return { do: 'schedule', ...row };
}

/** Takes back what `schedule` has set under this id and has not come in yet. */
export function unschedule(id: string): Effect {
  return { do: 'unschedule', id };
}

/**
 * Asks a user something in a conversation. His answer there, or that `until` has come, comes in as the action `then` with
 * `{ conversation, data, answer }`, once, as that user's: over any restart. A newer question to him there replaces it.
 * `then` has a rule and no schema, so that nobody can send it by himself.
 */
export function ask(
  user: string,
  question: Question,
  more: Omit<Extract<Effect, { do: 'ask' }>, 'do' | 'user' | 'question'>,
): Effect {
  return { do: 'ask', user, question, ...more };
}

/** Something told and not stored. */
export type Tell = Extract<Effect, { do: 'tell' }>;

/** What may happen where no action asks for it: something is told, or a row is written that nobody waits for. */
export type Aside = Tell | Extract<Effect, { do: 'put' }>;

/** Tells something that is true only now. It is never stored and may be lost. */
export function tell<T extends string>(to: Receivers, type: T, body: Known<T>, by?: string): Tell {
  return by === undefined ? { do: 'tell', to, type, body } : { do: 'tell', to, type, body, by };
}

/** Answers the sender with a fact that is not stored, and with the page of facts that it heads. */
export function answer<T extends string>(type: T, body: Known<T>, page?: Page): Extract<Effect, { do: 'answer' }> {
  return page === undefined ? { do: 'answer', type, body } : { do: 'answer', type, body, page };
}

/** Refuses the action with a code from the table of errors; nothing else that was returned beside it happens. */
export function refuse(code: ErrorCode, more: { detail?: string; retryAfter?: number } = {}): Effect {
  return { do: 'refuse', code, ...more };
}

/**
 * Sends a native stanza (RFC 6120 §8) after the commit; it may be lost. In the rule of a stanza, what is left out of `attrs`
 * is an answer's: back to its sender, from the address that it was sent to, with the `id` of the request.
 */
export function send(
  name: 'message' | 'presence' | 'iq',
  attrs: StanzaTree['attrs'],
  ...children: StanzaTree['children']
): Effect {
  return { do: 'send', stanza: { name, attrs, children } };
}

/** Drops the action and counts it. */
export function ignore(why: string): Effect {
  return { do: 'ignore', why };
}
