/**
 * Every code that an `error` fact can carry. `final`: sending the same action again cannot help, it is set aside.
 * `later`: it is kept and sent again, however often that takes. The advice is for a developer's eyes.
 */
export const errors = {
  malformed: {
    kind: 'final',
    advice: 'Send one frame, {"v":1,"events":[…]} with 1 to 50 events, in one payload element, as its datatype says.',
  },
  too_large: { kind: 'final', advice: 'Keep a frame within 64 KiB and an event within 32 KiB of UTF-8 JSON.' },
  too_deep: { kind: 'final', advice: 'Nest arrays and objects at most 16 levels deep.' },
  unsupported: {
    kind: 'final',
    advice: 'Use a payload datatype that the friend speaks: urn:befriend:event:1, or urn:befriend:event:1+xml.',
  },
  outdated: { kind: 'final', advice: 'Reload the page to get a widget that speaks a version the friend still takes.' },
  schema: { kind: 'final', advice: 'Compare the action with docs/protocol.md; detail names the key.' },
  unknown_type: { kind: 'final', advice: 'No rule handles this type. Register one with friend.on(type, rule).' },
  not_found: { kind: 'final', advice: 'There is no such thing for this user. Check the id and who may use it.' },
  id_reused: { kind: 'final', advice: 'Give every action a new id; this one was used with other content.' },
  invite_invalid: { kind: 'final', advice: 'Ask for a new link; this one was used, is wrong or ran out.' },
  token_invalid: {
    kind: 'final',
    advice:
      'Sign a new token: RFC 7519, with sub, aud and exp at most 10 minutes ahead. The log of the friend says what is wrong.',
  },
  kind_unknown: {
    kind: 'final',
    advice: 'Use a kind or role that the site has declared; detail names those that fit.',
  },
  too_many: { kind: 'final', advice: 'A message takes no more of this; docs/protocol.md names the limits.' },
  answered: { kind: 'final', advice: 'This user has answered already; each person answers a message once.' },
  too_late: { kind: 'final', advice: 'Somebody else was first; look again, and say from whom you take it.' },
  needs_asking: { kind: 'final', advice: 'The other has to agree: send relation.ask.' },
  limited: { kind: 'final', advice: 'Your own limit on this person forbids it. End it with relation.end first.' },
  quota: {
    kind: 'final',
    advice: 'This user has no room for it; detail says of what. Send or take away other files first.',
  },
  slow: { kind: 'later', advice: 'This conversation is in slow mode; send the same action again after retryAfter.' },
  failed: { kind: 'final', advice: 'A rule failed on this action. The log of the friend names it.' },
  not_open: { kind: 'later', advice: 'Send connection.open first, then this action again with the same id.' },
  early: {
    kind: 'later',
    advice:
      'Send first what this one rests on, the action named by after or all bytes of its files; then this one again.',
  },
  busy: { kind: 'later', advice: 'Wait for retryAfter, then send the same action again.' },
  rate: { kind: 'later', advice: 'Slow down; wait for retryAfter, then send the same action again.' },
  storage: {
    kind: 'later',
    advice: 'The store cannot write now, nothing was stored. Send the same action again later.',
  },
} as const satisfies Record<string, { kind: 'final' | 'later'; advice: string }>;

export type ErrorCode = keyof typeof errors;
