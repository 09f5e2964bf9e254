import * as v from 'valibot';
import { ConversationId, ConversationRef, LogId, Seq } from './ids.ts';
import { limits } from './limits.ts';

/** A name that people see: one line, trimmed, never empty. */
export const Name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(limits.name),
  v.regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'expects one line'),
);

const Text = v.pipe(
  v.string(),
  v.maxLength(limits.text, `at most ${limits.text} characters`),
  v.check((text) => text.trim() !== '', 'expects some text'),
);

/** 32 random bytes in base64url without padding. */
const Secret = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'expects 32 bytes in base64url'));

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(limits.page));

/**
 * What a widget may wish: the body of each action. Strict, an unknown key is refused.
 * Handlers, documents and checks derive from this map.
 */
export const actions = {
  /** Says who is there and which versions are spoken. The first action of every connection. */
  'connection.open': v.strictObject({
    versions: v.pipe(v.array(Seq), v.minLength(1), v.maxLength(8)),
    secret: Secret,
    name: v.exactOptional(Name),
  }),
  /** What this client holds: log → last seq. Answered by the heads that moved on since. */
  'log.resume': v.strictObject({ logs: v.pipe(v.record(LogId, Seq), v.maxEntries(limits.resume)) }),
  /** Makes this device a colleague's, with the one-time token of an invite. */
  'invite.accept': v.strictObject({ token: Secret, name: v.exactOptional(Name) }),
  /** Looks at a conversation: its head and the newest page, or what is newer than `after`. */
  'conversation.open': v.strictObject({ conversation: ConversationRef, after: v.exactOptional(Seq) }),
  /** The conversations this user may read, most recently used first; `before` continues a list. */
  'conversation.list': v.strictObject({ before: v.exactOptional(v.string()), limit: v.exactOptional(Count) }),
  /** A page of one log: newer than `after`, or older than `before`. */
  'log.read': v.strictObject({
    log: LogId,
    after: v.exactOptional(Seq),
    before: v.exactOptional(Seq),
    limit: v.exactOptional(Count),
  }),
  'message.send': v.strictObject({ conversation: ConversationRef, text: Text }),
  /** Not answered. Expires after 6 s unless repeated. */
  'typing.set': v.strictObject({ conversation: ConversationId, on: v.boolean() }),
  /** How far this user has got. Cumulative, not answered. */
  'marker.set': v.strictObject({
    conversation: ConversationId,
    read: v.exactOptional(Seq),
    delivered: v.exactOptional(Seq),
  }),
} as const;

export type Actions = { readonly [T in keyof typeof actions]: v.InferOutput<(typeof actions)[T]> };
export type ActionType = keyof Actions;

/** An action as it stands on the wire. `at` is the sender's clock and a label only. */
export interface Action<T extends string = string, B = unknown> {
  readonly id: string;
  readonly type: T;
  readonly at: number;
  /** The still unanswered predecessor of this device in the same log. */
  readonly after?: string;
  readonly body: B;
}

export type AnyAction = { [T in ActionType]: Action<T, Actions[T]> }[ActionType];

/** Actions that get no answer: at most once, and the first to go under load. */
export const unanswered: readonly string[] = ['typing.set', 'marker.set'];
