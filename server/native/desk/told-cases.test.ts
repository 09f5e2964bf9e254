import { expect, test } from 'vitest';
import type { Case } from '../../../protocol/desk.ts';
import { caseOf } from './contract-desk.ts';
import { changeFor, isToldTo } from './told-cases.ts';

const standing = { pulled: new Set(['sales']) };

test.each<[string, boolean, Partial<Case>]>([
  ['one that he has', true, { state: 'assigned', assignee: 'u_kim' }],
  ['one that he has set aside', true, { state: 'snoozed', assignee: 'u_kim' }],
  ['one into which he was asked', true, { state: 'assigned', assignee: 'u_lea', invited: ['u_kim'] }],
  ['one of another', false, { state: 'assigned', assignee: 'u_lea' }],
  ['one that he may take', true, {}],
  ['one that was left out of hours, and that he may take', true, { state: 'away' }],
  ['one that will be given to somebody', false, { queue: 'returns' }],
  ['one that a bot has', false, { state: 'bot' }],
  ['one that is over', false, { state: 'closed' }],
])('tells a colleague %s: %s', (_what, expected, more) => {
  expect(isToldTo(caseOf(more), 'u_kim', standing)).toBe(expected);
});

test('tells whatever waits as long as nothing is known of queues', () => {
  expect(isToldTo(caseOf({ queue: 'returns' }), 'u_kim', undefined)).toBe(true);
});

test.each<[string | undefined, Partial<Case> | undefined, Partial<Case>]>([
  ['You have this case now (sales)', {}, { state: 'assigned', assignee: 'u_kim' }],
  ['You have this case now (sales)', undefined, { state: 'assigned', assignee: 'u_kim' }],
  ['This case is back.', { state: 'snoozed', assignee: 'u_kim' }, { state: 'assigned', assignee: 'u_kim' }],
  [undefined, { state: 'assigned', assignee: 'u_kim' }, { state: 'assigned', assignee: 'u_kim', topic: 'x' }],
  ['Lea has this case now.', { state: 'assigned', assignee: 'u_kim' }, { state: 'assigned', assignee: 'u_lea' }],
  ['Lea has this case now.', {}, { state: 'assigned', assignee: 'u_lea' }],
  ['You were asked in here.', { assignee: 'u_lea' }, { assignee: 'u_lea', invited: ['u_kim'] }],
  ['This case was closed.', { state: 'assigned', assignee: 'u_kim' }, { state: 'closed' }],
  ['This case waits in sales again.', { state: 'assigned', assignee: 'u_kim' }, {}],
  [undefined, { state: 'assigned', assignee: 'u_lea' }, { state: 'closed' }],
  [undefined, { queue: 'returns' }, { queue: 'returns', state: 'assigned', assignee: 'u_lea' }],
  [undefined, undefined, {}],
])('says %j of a change', (words, more, after) => {
  const before = more && caseOf(more);
  const wasTold = before !== undefined && isToldTo(before, 'u_kim', standing);

  const said = changeFor('u_kim', { before, wasTold }, caseOf(after), () => 'Lea');

  if (words === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(words);
});
