import * as v from 'valibot';
import { ConversationId, ConversationRef, FileId, LogId, Seq, UserId } from './ids.ts';
import { limits } from './limits.ts';

/** A name that people see: one line, trimmed, never empty. */
export const Name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(limits.name),
  v.regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'expects one line'),
);

const Words = v.pipe(v.string(), v.maxLength(limits.text, `at most ${limits.text} characters`));

const Text = v.pipe(
  Words,
  v.check((text) => text.trim() !== '', 'expects some text'),
);

/** One emoji, as a person sees it. */
const Emoji = v.pipe(
  v.string(),
  v.maxLength(32),
  v.regex(
    /^(?=.*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3))[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u,
    'expects one emoji',
  ),
  v.check((text) => [...new Intl.Segmenter().segment(text)].length === 1, 'expects one emoji'),
);

/** What was filled into a form, by the ids of its fields. */
const Values = v.pipe(
  v.record(
    v.pipe(v.string(), v.maxLength(64)),
    v.union([v.pipe(v.string(), v.maxLength(2_000)), v.number(), v.boolean()]),
  ),
  v.maxEntries(30),
);

/** 32 random bytes in base64url without padding. */
/** A secret or a one-time token: 32 bytes in base64url. */
export const Secret = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'expects 32 bytes in base64url'));

/** A signed token (RFC 7519), compact. */
const Token = v.pipe(v.string(), v.maxLength(limits.token), v.regex(/^[\w-]+\.[\w-]+\.[\w-]*$/, 'expects a JWT'));

/** A picture in base64: PNG, JPEG or WebP, as its first bytes say. */
const Picture = v.pipe(v.string(), v.maxLength(limits.avatar), v.base64());

/** The name of a kind of relation, of a slot, or of a role: as the site has declared it. */
const Kind = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/, 'expects a name in lower case'));

/** One line that goes with something. */
const Note = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.note));

/** The address of a page, as it is shown: nothing is fetched from it. */
const PageAddress = v.pipe(
  v.string(),
  v.maxLength(limits.url),
  v.regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'expects one line'),
);

/** Milliseconds since 1970. */
const Instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Users = v.pipe(v.array(UserId), v.minLength(1), v.maxLength(limits.page));

const Attributes = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(/^[A-Za-z]\w{0,31}$/)),
    v.union([v.pipe(v.string(), v.maxLength(limits.note)), v.number(), v.boolean()]),
  ),
  v.maxEntries(16),
);

const History = v.picklist(['all', 'joined']);

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
  /** `reply` is the seq of the message that this one answers. The words may be empty where there are files. */
  'message.send': v.pipe(
    v.strictObject({
      conversation: ConversationRef,
      text: Words,
      reply: v.exactOptional(Seq),
      mentions: v.exactOptional(v.pipe(v.array(UserId), v.minLength(1), v.maxLength(limits.mentions))),
      files: v.exactOptional(v.pipe(v.array(FileId), v.minLength(1), v.maxLength(limits.files))),
    }),
    v.check(({ text, files }) => text.trim() !== '' || files !== undefined, 'expects some text'),
  ),
  /** Not answered. Expires after 6 s unless repeated. */
  'typing.set': v.strictObject({ conversation: ConversationId, on: v.boolean() }),
  /** How far this user has got. Cumulative, not answered. */
  'marker.set': v.strictObject({
    conversation: ConversationId,
    read: v.exactOptional(Seq),
    delivered: v.exactOptional(Seq),
  }),
  /** Alters a message of one's own. */
  'message.edit': v.strictObject({ conversation: ConversationId, seq: Seq, text: Text }),
  /** Takes a message away: one's own, or as owner or admin another's. Its words leave the disk. */
  'message.delete': v.strictObject({ conversation: ConversationId, seq: Seq }),
  /** Sets one emoji under a message, or takes it away. */
  'message.react': v.strictObject({ conversation: ConversationId, seq: Seq, emoji: Emoji, on: v.boolean() }),
  /** Chooses what a message offers, or fills in its form. Once for each person. */
  'message.answer': v.strictObject({
    conversation: ConversationId,
    seq: Seq,
    choice: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
    values: v.exactOptional(Values),
  }),
  /** Messages with all these words that this user may see, the newest first; `before` continues. */
  'message.find': v.strictObject({
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.search)),
    conversation: v.exactOptional(ConversationId),
    before: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
    limit: v.exactOptional(Count),
  }),

  /** Asks for a place for one file, or how much of it is there already. Answered by where its bytes go. */
  'file.offer': v.strictObject({
    file: FileId,
    conversation: ConversationRef,
    name: v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(limits.fileName),
      v.regex(/^[^\p{Cc}\u2028\u2029/\\]*$/u, 'expects a name'),
    ),
    type: v.pipe(v.string(), v.maxLength(100), v.regex(/^[\w.+-]+\/[\w.+-]+$/, 'expects a media type')),
    size: v.pipe(Seq, v.minValue(1), v.maxValue(limits.fileBytes)),
    /** Of a picture, in pixels as it is shown. */
    width: v.exactOptional(v.pipe(Seq, v.maxValue(30_000))),
    height: v.exactOptional(v.pipe(Seq, v.maxValue(30_000))),
  }),
  /** Addresses of files that this user may see; one that he may not see is not named. */
  'file.show': v.strictObject({ files: v.pipe(v.array(FileId), v.minLength(1), v.maxLength(limits.page)) }),

  /**
   * Becomes the user that the site's token names, also before `connection.open`. Where that is another one than before,
   * `secret` is this device's from now on.
   */
  'user.identify': v.strictObject({ token: Token, secret: Secret }),
  /** Ends this device's login: its secret opens nothing any more. */
  'user.logout': v.strictObject({}),
  /** A person's card: what this user may see of him. */
  'user.show': v.strictObject({ user: UserId }),
  /** Tells the site's colleagues about somebody; nobody else hears of it. */
  'user.report': v.strictObject({
    user: UserId,
    conversation: v.exactOptional(ConversationId),
    seq: v.exactOptional(Seq),
    reason: Note,
  }),
  /** Alters one's own profile; what the site has signed stays. `null` removes the picture. */
  'profile.set': v.strictObject({ name: v.exactOptional(Name), avatar: v.exactOptional(v.nullable(Picture)) }),
  /** What the page says of its visitor: unsigned, and shown to the site's colleagues as that. All of it, each time. */
  'profile.tell': v.strictObject({ attributes: Attributes }),
  /** Where in the site the person is now, and which page has led there; told where a colleague looks at what he asks. */
  'page.changed': v.strictObject({
    url: PageAddress,
    title: v.pipe(v.string(), v.maxLength(limits.title)),
    referrer: v.exactOptional(PageAddress),
  }),
  /** The devices that are logged in as this user. */
  'device.list': v.strictObject({}),
  /** Ends the login of another device. */
  'device.revoke': v.strictObject({
    device: v.pipe(v.string(), v.regex(/^d_[0-9a-z]{20}$/, 'expects a device id, d_…')),
  }),

  /** Asks for a relation that the other has to agree to. */
  'relation.ask': v.strictObject({ user: UserId, kind: Kind, note: v.exactOptional(Note) }),
  'relation.accept': v.strictObject({ user: UserId }),
  'relation.decline': v.strictObject({ user: UserId }),
  /** Takes back what one asked for. */
  'relation.withdraw': v.strictObject({ user: UserId }),
  /** States how one stands to somebody, where nobody has to agree: a limit, a mute, less closeness than before. */
  'relation.set': v.strictObject({
    user: UserId,
    kind: Kind,
    attributes: v.exactOptional(Attributes),
    until: v.exactOptional(Instant),
  }),
  /** Ends what stands in a slot: unfriend, unblock, unmute. A mutual relation ends for both. */
  'relation.end': v.strictObject({ user: UserId, slot: Kind }),
  /** Everybody with whom something stands, by user id; `after` continues a list. */
  'relation.list': v.strictObject({ after: v.exactOptional(UserId), limit: v.exactOptional(Count) }),

  /** One's own presence over all devices; `until` ends what was set, and then `available` holds. */
  'presence.set': v.strictObject({
    show: v.exactOptional(v.picklist(['available', 'away', 'dnd', 'invisible'])),
    status: v.exactOptional(v.nullable(Note)),
    until: v.exactOptional(Instant),
  }),
  /** Whether the person is at this device. Not answered. */
  'presence.idle': v.strictObject({ idle: v.boolean() }),
  /** Whom this connection looks at from now on, in place of those before. */
  'presence.watch': v.strictObject({ users: v.pipe(v.array(UserId), v.maxLength(limits.watched)) }),

  /** Begins a group. Its maker is its owner; `people` are added or invited as their relations allow. */
  'conversation.create': v.strictObject({
    name: Name,
    public: v.exactOptional(v.boolean()),
    history: v.exactOptional(History),
    people: v.exactOptional(Users),
  }),
  /** Alters a group. `link: true` makes a new invite link, `false` ends it; `slow` is milliseconds, 0 is off. */
  'conversation.set': v.strictObject({
    conversation: ConversationId,
    name: v.exactOptional(Name),
    public: v.exactOptional(v.boolean()),
    history: v.exactOptional(History),
    slow: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(86_400_000))),
    link: v.exactOptional(v.boolean()),
  }),
  /** What one sets for oneself alone. */
  'conversation.prefer': v.strictObject({
    conversation: ConversationId,
    mutedUntil: v.exactOptional(Instant),
    archived: v.exactOptional(v.boolean()),
    pinned: v.exactOptional(v.boolean()),
  }),
  /** Comes in: as the invited, by a link's token, or because the group is public. */
  'conversation.join': v.strictObject({ conversation: ConversationId, token: v.exactOptional(Secret) }),
  'conversation.leave': v.strictObject({ conversation: ConversationId }),
  /** Turns an invitation down. */
  'conversation.decline': v.strictObject({ conversation: ConversationId }),
  /** Invitations that wait for this user. */
  'invite.list': v.strictObject({}),
  /** Adds people, or invites those who have not granted that. */
  'member.add': v.strictObject({ conversation: ConversationId, users: Users }),
  'member.remove': v.strictObject({ conversation: ConversationId, user: UserId, ban: v.exactOptional(v.boolean()) }),
  /** Lets somebody who was banned come in again. */
  'member.unban': v.strictObject({ conversation: ConversationId, user: UserId }),
  'member.set': v.strictObject({ conversation: ConversationId, user: UserId, role: Kind }),
  /** Who is in it; `banned`: who was removed for good, to who may do that. */
  'member.list': v.strictObject({
    conversation: ConversationId,
    after: v.exactOptional(UserId),
    banned: v.exactOptional(v.boolean()),
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
export const unanswered: readonly string[] = ['typing.set', 'marker.set', 'presence.idle'];
