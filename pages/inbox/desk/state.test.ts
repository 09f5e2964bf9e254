import { expect, test } from 'vitest';
import type { Case } from '../../../protocol/desk.ts';
import { caseOf, fact, shown } from '../stage.test.tsx';
import { type DeskState, heard, nothingHeard } from './state.ts';
import { casesAt } from './views.ts';

/** The state after all of this. */
function after(...facts: readonly (readonly [type: string, body: object, more?: object])[]): DeskState {
  return facts.reduce((state, [type, body, more]) => heard(state, fact(type, body, more)), nothingHeard);
}

function namesAt(state: DeskState, view: Parameters<typeof casesAt>[1]['view'], queue?: string): string[] {
  return casesAt(state, queue === undefined ? { view } : { view, queue }).map(({ visitor }) => visitor.name);
}

test('lists those that wait by their turn, and each case where it stands', () => {
  const mine: Partial<Case> = { state: 'assigned', assignee: 'u_kim' };
  const cases = [
    caseOf('Third', { turn: 30 }),
    caseOf('First', { turn: 10, queue: 'returns' }),
    caseOf('Mine', mine),
    caseOf('Asked', { state: 'assigned', assignee: 'u_lea', invited: ['u_kim'] }),
    caseOf('Lea’s', { state: 'assigned', assignee: 'u_lea' }),
    caseOf('Later', { state: 'snoozed', until: 9 }),
    caseOf('Sooner', { state: 'snoozed', until: 5 }),
  ];

  const state = after(['desk.shown', shown], ['desk.listed', { cases }]);

  expect(namesAt(state, 'waiting')).toEqual(['First', 'Third']);
  expect(namesAt(state, 'waiting', 'returns')).toEqual(['First']);
  expect(namesAt(state, 'mine').sort()).toEqual(['Asked', 'Mine']);
  expect(namesAt(state, 'assigned')).toEqual(['Lea’s']);
  expect(namesAt(state, 'snoozed')).toEqual(['Sooner', 'Later']);
});

test('keeps those that wait in the order of their turn while others come and go', () => {
  const [next, last] = [caseOf('Next', { turn: 10, place: 1 }), caseOf('Last', { turn: 20, place: 2 })];
  const fresh = caseOf('Fresh', { turn: 30, place: 2 });

  const state = after(
    ['desk.listed', { cases: [next, last] }],
    ['desk.changed', { ...next, state: 'assigned', assignee: 'u_lea' }],
    ['desk.changed', fresh],
    ['desk.changed', caseOf('Returned', { turn: 19, place: 1 })],
  );

  expect(namesAt(state, 'waiting')).toEqual(['Returned', 'Last', 'Fresh']);
});

test('moves a case when it changes, and keeps the newest of its lines', () => {
  const vera = caseOf('Vera');
  const { line: _, ...bare } = vera;

  const state = after(
    ['desk.shown', shown],
    ['desk.listed', { cases: [{ ...vera, unread: 2 }] }],
    ['message.sent', { text: 'Still there?' }, { log: vera.conversation, by: vera.visitor.user }],
    ['desk.changed', { ...bare, state: 'assigned', assignee: 'u_kim' }],
  );

  expect(namesAt(state, 'waiting')).toEqual([]);
  expect(casesAt(state, { view: 'mine' })).toMatchObject([{ line: { text: 'Still there?' }, unread: 2 }]);
});

test('tells of a case that begins to wait, and not of one that is only read', () => {
  const vera = caseOf('Vera');

  const read = after(['desk.listed', { cases: [vera] }]);
  const known = after(['desk.listed', { cases: [vera] }], ['desk.changed', { ...vera, place: 1 }]);
  const fresh = after(['desk.changed', vera]);

  expect([read.news, known.news]).toEqual([undefined, undefined]);
  expect(fresh.news?.visitor.name).toBe('Vera');
});

test('adds a note to the case that is shown, once, and to no other', () => {
  const [vera, malik] = [caseOf('Vera'), caseOf('Malik')];
  const note = { conversation: vera.conversation, text: 'A regular' };

  const state = after(
    ['desk.case', { case: vera, notes: [], before: 0 }],
    ['note.added', note, { seq: 1, by: 'u_lea' }],
    ['note.added', note, { seq: 1, by: 'u_lea' }],
    ['note.added', { ...note, conversation: malik.conversation }, { seq: 2, by: 'u_lea' }],
  );

  expect(state.opened?.notes).toMatchObject([{ text: 'A regular', by: 'u_lea', seq: 1 }]);
});

test('follows the visitor of the case that is shown through the site', () => {
  const vera = caseOf('Vera');
  const page = { url: 'https://shop.example/cups', title: 'Cups', at: 1 };

  const state = after(
    ['desk.case', { case: vera, notes: [], before: 0, page: { ...page, referrer: 'https://search.example/' } }],
    ['visitor.told', { user: vera.visitor.user, page: { ...page, title: 'Teapots' } }],
    ['visitor.told', { user: 'u_other', page }],
  );

  expect(state.opened?.page).toMatchObject({ title: 'Teapots', referrer: 'https://search.example/' });
});

test('holds 2,000 cases, and lets those go first that are closed', () => {
  const closed = Array.from({ length: 1_500 }, (_, index) => caseOf(`Old ${index}`, { state: 'closed', since: index }));
  const open = Array.from({ length: 1_000 }, (_, index) => caseOf(`New ${index}`, { since: index }));

  const state = after(['desk.listed', { cases: closed }], ['desk.listed', { cases: open }]);

  expect(Object.keys(state.cases)).toHaveLength(2_000);
  expect(namesAt(state, 'waiting')).toHaveLength(1_000);
});
