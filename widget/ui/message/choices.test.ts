import { expect, test } from 'vitest';
import type { Conversation, View } from '../../core/view.ts';
import type { Feature } from '../env.ts';
import type { MessageRow } from '../rows.ts';
import { deedsFor, mayReact } from './choices.ts';

const stored: MessageRow = {
  kind: 'message',
  id: '4',
  by: 'ann',
  own: false,
  text: 'Hello',
  seq: 4,
  extras: undefined,
  at: 0,
  first: true,
  last: true,
  progress: undefined,
  edited: false,
  deleted: false,
  readers: 0,
  live: false,
};

function about(
  row: Partial<MessageRow>,
  more: Partial<Conversation> = {},
  features: Feature[] = ['people', 'reactions'],
) {
  const conversation = { kind: 'group', member: true, role: 'member', ...more } as Conversation;
  const me: View['me'] = { id: 'me', name: 'Me', kind: 'user', verified: true };
  return { env: { features: new Set(features) }, view: { me }, conversation, row: { ...stored, ...row } };
}

test.each([
  ['another’s', about({}), ['reply', 'copy', 'person', 'report']],
  ['another’s, as admin', about({}, { role: 'admin' }), ['reply', 'copy', 'person', 'report', 'delete']],
  ['another’s, where people are off', about({}, {}, []), ['reply', 'copy']],
  ['another’s, where one passes by', about({}, { member: false }), ['reply', 'copy', 'person', 'report']],
  ['one’s own', about({ own: true }), ['reply', 'copy', 'edit', 'delete']],
  ['one’s own without words', about({ own: true, text: '' }), ['reply', 'delete']],
  ['one’s own that waits', about({ own: true, seq: 0, progress: 'waiting' }), ['copy', 'delete']],
  ['one’s own that failed', about({ own: true, seq: 0, progress: 'failed' }), ['retry', 'copy', 'delete']],
  ['one that was taken away', about({ deleted: true }), []],
] as const)('offers for %s what can be done with it', (_, one, deeds) => {
  expect(deedsFor(one)).toEqual(deeds);
});

test.each([
  ['a stored message', about({}), true],
  ['a message that waits', about({ seq: 0 }), false],
  ['a message where reactions are off', about({}, {}, ['people']), false],
  ['a message that was taken away', about({ deleted: true }), false],
  ['a message of a group that one passes by', about({}, { member: false }), false],
])('lets one react to %s: %j', (_, one, may) => {
  expect(mayReact(one)).toBe(may);
});
