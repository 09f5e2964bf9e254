/** Mistakes that a developer must mend in code or configuration. Thrown, never sent to a person. */
export const friendErrors = {
  FRIEND_RULE_TWICE: 'A rule for this action stands already. Remove one, or wrap it with friend.use().',
  FRIEND_NEXT_TWICE: 'Call next() once in a middleware and return what it returns.',
  FRIEND_PLUGIN_MISSING: 'Install the plugin it needs first with friend.plug().',
  FRIEND_PLUGIN_TWICE: 'Install each plugin once.',
  FRIEND_REACTION_TWICE: 'Give each reaction to a type a name of its own: friend.after(type, reaction, name).',
  FRIEND_ROLE: 'Declare roles by lower-case names that are over roles of the same table; see docs/conversations.md.',
  FRIEND_RELATION_KIND: 'Declare each kind of relation once, by a lower-case name; see docs/relations.md.',
  FRIEND_OFFER: 'Offer replies, buttons, cards, a form or something of your own as docs/extending.md shows them.',
  FRIEND_HOURS: 'Declare working hours by a time zone, days and times as docs/bots.md shows them.',
  FRIEND_FLOW: 'Mend the flow as the message says; befriend flow check shows all that is wrong with it.',
  FRIEND_BOT: 'Declare each bot once, by a lower-case name, as docs/bots.md shows it.',
  FRIEND_AI: 'Declare each assistant and its tools as docs/bots.md shows them; the message says what is wrong.',
  FRIEND_PROACTIVE: 'Declare each message as docs/proactive.md shows it; the message says what is wrong.',
  FRIEND_WEBHOOK: 'Declare each webhook once, as docs/webhooks.md shows it.',
  FRIEND_DESK: 'Declare the helpdesk as docs/desk.md shows it; the message names the key that is wrong.',
  FRIEND_EVENTS: 'Declare each type of your own once, by words with dots between them; see docs/extending.md.',
  FRIEND_FACT: 'Append and tell facts of the shape that your events declare; the message names the type and the path.',
  FRIEND_FILTER: 'Filter by what there is; the message lists it.',
  FRIEND_PLUGIN_CONFIG: 'Give the plugin the configuration that it declares; the message names the path.',
  FRIEND_STATE: 'Declare each state of a plugin once, and keep only what fits its schema, up to 16 KiB.',
  FRIEND_STATE_NEWER: 'Start the newer program that has stored this state, or remove the state.',
  FRIEND_ASK:
    'Ask a user in a conversation, until a time to come, and continue with a type that has a rule and no schema.',
  FRIEND_NOT_STARTED: 'Await friend.start() before friend.inject().',
  FRIEND_STARTED: 'Register rules, reactions, middleware and plugins before friend.start().',
} as const;

export type FriendErrorCode = keyof typeof friendErrors;

/** A developer's mistake, with what to do about it. */
export class FriendError extends Error {
  override readonly name = 'FriendError';
  readonly code: FriendErrorCode;

  constructor(code: FriendErrorCode, detail?: string) {
    super(`${code}: ${friendErrors[code]}${detail === undefined ? '' : ` (${detail})`}`);
    this.code = code;
  }
}
