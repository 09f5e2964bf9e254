import { ann, bea, carl, conversation, inGroup, me, now, on, type State, said, talk } from '../scene.ts';

const long =
  'Unverzichtbarkeitsbescheinigungsverfahren https://saltmarsh.example/a/very/long/address/that/does/not/break/by/itself and then some more words that go on for a while.';

const waits = { ref: 'support', at: now - 30_000 } as const;
const group = [
  said(1, ann, 'Who comes on Thursday?', 58),
  said(2, bea, 'I do, and I bring a friend', 55),
  said(3, carl, 'Me too', 54),
  said(4, me, 'I cannot this week', 50),
];

/** One conversation: from nothing said to everything that can be wrong. */
export const conversationStates: readonly State[] = [
  { name: 'launcher', view: on(conversation(talk), { open: false, unread: 0 }) },
  { name: 'launcher-unread', view: on(conversation(talk), { open: false, unread: 120 }) },
  { name: 'empty', view: on(conversation([])) },
  { name: 'empty-closed', view: on(conversation([]), { support: { available: false } }) },
  {
    name: 'loading',
    view: { ...on(conversation([], { ready: false })), link: { state: 'connecting', before: false } },
  },
  { name: 'talk', view: on(conversation(talk, { got: { ann: { read: 4, delivered: 4 } } })) },
  { name: 'offline', view: on(conversation(talk), { link: { state: 'offline', before: true } }) },
  { name: 'reconnecting', view: on(conversation(talk), { link: { state: 'waiting', before: true } }) },
  { name: 'refused', view: on(conversation(talk), { link: { state: 'refused', before: false } }) },
  { name: 'outdated', view: on(conversation(talk), { link: { state: 'outdated', before: true } }) },
  { name: 'not-kept', view: on(conversation(talk), { durable: false }) },
  {
    name: 'long-words',
    view: on(
      conversation([said(1, ann, long, 9), said(2, me, long, 8), said(3, ann, '🏺', 3), said(4, me, '👍🎉', 2)]),
    ),
  },
  {
    name: 'right-to-left-words',
    view: on(conversation([said(1, ann, 'متى يصل الطلب؟', 5), said(2, me, 'يوم Thursday في 10:30', 4)])),
  },
  { name: 'unread', view: on(conversation(talk, { read: 1, unread: 2 })) },
  { name: 'typing', view: on(conversation(talk, { typing: ['ann'] })) },
  { name: 'typing-several', view: inGroup(group, { typing: ['ann', 'bea'] }) },
  {
    name: 'on-the-way',
    view: on(conversation(talk, { got: { ann: { read: 1, delivered: 4 } } }), {
      waiting: [
        { ...waits, id: 'w1', text: 'This one is being sent', state: 'sending' },
        { ...waits, id: 'w2', text: 'This one waits', state: 'waiting' },
      ],
    }),
  },
  {
    name: 'failed',
    view: on(conversation(talk), {
      waiting: [{ ...waits, id: 'w1', text: 'This could not be sent', state: 'failed', code: 'forbidden' }],
    }),
  },
  {
    name: 'edited-deleted',
    view: on(
      conversation([
        said(1, ann, 'We open at ten', 9, { edited: now }),
        said(2, ann, '', 8, { deleted: true }),
        said(3, me, '', 7, { deleted: true }),
        said(4, me, 'At ten, fine', 6, { edited: now }),
      ]),
    ),
  },
  {
    name: 'group',
    view: inGroup([
      ...group,
      { kind: 'joined', seq: 5, at: now - 40 * 60_000, by: 'ann', person: carl },
      { kind: 'renamed', seq: 6, at: now - 39 * 60_000, by: 'ann', name: 'Kiln evening' },
      { kind: 'left', seq: 7, at: now - 38 * 60_000, by: 'carl', person: carl },
      said(8, bea, 'See you there', 20),
    ]),
  },
  { name: 'group-read', view: inGroup(group, { counts: { 4: { delivered: 240, read: 117 } } }) },
  {
    name: 'notice',
    view: on(conversation(talk), { notice: { wish: 'relation.set', code: 'busy' } }),
    until: '.notice',
  },
];
