import * as v from 'valibot';
import { actions } from '../../protocol/actions.ts';
import { ConversationId, ConversationRef, Seq } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';

/** How a request names a user: by our id, the site's own, an XMPP account, or a bot's name. */
export const UserRef = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(
    /^(u_[0-9a-z]{20}|sub:.+|jid:[^@\s]+@[^@\s/]+|bot:[a-z][a-z0-9-]{0,31})$/,
    'expects u_…, sub:…, jid:… or bot:…',
  ),
);

const { text, reply, mentions } = actions['message.send'].entries;
const { attributes } = actions['profile.tell'].entries;
const { name } = actions['conversation.create'].entries;
const { kind, until } = actions['relation.set'].entries;

/** Milliseconds since 1970. */
const Instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Whole = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'expects a whole number'));
const Said = { text, reply, mentions };

/** The bodies of requests, and what stands in their addresses. */
export const bodies = {
  message: v.pipe(
    v.strictObject({
      as: v.exactOptional(UserRef),
      conversation: v.exactOptional(ConversationRef),
      to: v.exactOptional(UserRef),
      ...Said,
      at: v.exactOptional(Instant),
    }),
    v.check(
      ({ conversation, to }) => (conversation === undefined) !== (to === undefined),
      'expects conversation or to',
    ),
  ),
  support: v.strictObject({ text }),
  user: v.strictObject({
    name: v.exactOptional(name),
    avatar: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(limits.url), v.regex(/^https:\/\/\S+$/)))),
    attributes: v.exactOptional(attributes),
  }),
  relation: v.strictObject({
    kind,
    attributes: v.exactOptional(attributes),
    until,
    agreed: v.exactOptional(v.boolean()),
  }),
  replay: v.strictObject({
    ids: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(150))), v.maxLength(100))),
  }),
} as const;

/** What stands behind the question mark. */
export const queries = {
  history: v.strictObject({
    as: v.exactOptional(UserRef),
    after: v.exactOptional(Whole),
    before: v.exactOptional(Whole),
    limit: v.exactOptional(Whole),
  }),
  list: v.strictObject({
    before: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
    limit: v.exactOptional(Whole),
  }),
  dead: v.strictObject({ after: v.exactOptional(v.pipe(v.string(), v.maxLength(200))) }),
} as const;

const User = v.object({
  id: v.string(),
  kind: v.picklist(['visitor', 'user', 'colleague', 'bot']),
  name: v.string(),
  verified: v.boolean(),
  avatar: v.exactOptional(v.string()),
  attributes: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
});
const Fact = v.object({ log: v.string(), seq: Seq, type: v.string(), at: Instant, by: v.string(), body: v.unknown() });
const Erasure = v.object({ user: v.string(), state: v.picklist(['erasing', 'erased']) });

const Sent = v.object({ conversation: ConversationId, seq: Seq, at: Instant, id: v.string() });
const Scheduled = v.object({ scheduled: v.string(), at: Instant });

/** What is answered. */
export const answers = {
  user: v.object({ user: User }),
  sent: Sent,
  /** A message that is sent, or one that will be. */
  taken: v.union([Sent, Scheduled]),
  history: v.object({ facts: v.array(Fact), more: v.boolean() }),
  conversations: v.object({ conversations: v.array(v.unknown()), next: v.exactOptional(v.string()) }),
  relation: v.object({ person: v.unknown(), relations: v.array(v.unknown()) }),
  erasure: Erasure,
  webhooks: v.object({
    webhooks: v.array(
      v.object({
        name: v.string(),
        events: v.array(v.string()),
        pending: v.number(),
        dead: v.number(),
        failures: v.number(),
      }),
    ),
  }),
  letters: v.object({ letters: v.array(v.unknown()), next: v.exactOptional(v.string()) }),
  replayed: v.object({ replayed: v.number(), more: v.boolean() }),
  nothing: v.object({}),
} as const;
