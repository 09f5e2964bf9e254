import type { View } from '../../../widget/embed/staged.ts';
import {
  ann,
  bea,
  carl,
  conversation,
  desk,
  dora,
  inGroup,
  me,
  now,
  on,
  type Person,
  type State,
  talk,
} from '../scene.ts';

type Related = View['related'][string];

function stands(person: Person, ...slots: readonly (readonly [slot: string, kind: string, own: boolean])[]): Related {
  return { person, relations: slots.map(([slot, kind, own]) => ({ slot, kind, own, since: 0 })) };
}

const related = Object.fromEntries(
  [
    stands(bea, ['ask', 'contact', false]),
    stands(carl, ['closeness', 'contact', true], ['closeness', 'contact', false]),
    stands(dora, ['closeness', 'close', true], ['closeness', 'contact', false]),
    stands(ann, ['ask', 'contact', true]),
    stands(desk, ['limit', 'blocked', true]),
  ].map((one) => [one.person.id, one]),
);

const presence: View['presence'] = {
  ann: { user: 'ann', show: 'available' },
  bea: { user: 'bea', show: 'away' },
  carl: { user: 'carl', show: 'dnd', status: 'At the wheel until five' },
  dora: { user: 'dora', show: 'offline', seen: now - 7_300_000 },
};

function at(screen: View['screen'], more: Partial<View> = {}): View {
  const group = inGroup(talk, { role: 'owner', members: 4 });
  return { ...group, screen, related, presence, ...more };
}

const members: View['members'] = {
  c_1: {
    list: [
      { person: me, role: 'owner' },
      { person: ann, role: 'admin' },
      { person: bea, role: 'member' },
      { person: carl, role: 'guest' },
    ],
  },
};

const listed: Partial<View> = {
  screen: { at: 'list' },
  listed: true,
  list: ['c_1', 'c_2', 'c_3'],
  conversations: Object.fromEntries(
    [
      conversation(talk, { line: { by: 'ann', text: 'Only the ones with gold at the rim' }, unread: 3 }),
      conversation([], {
        id: 'c_2',
        kind: 'direct',
        people: [me, carl],
        line: { by: 'me', text: 'See you' },
        at: now - 9e7,
      }),
      conversation([], { id: 'c_3', kind: 'group', name: 'A group with a name that is far too long for one line' }),
    ].map((one) => [one.id, one]),
  ),
};

/** The list, and the screens about people, groups and oneself. */
export const peopleStates: readonly State[] = [
  { name: 'list', view: on(conversation(talk), { ...listed, presence }), until: '.entry' },
  { name: 'list-empty', view: on(conversation([]), { screen: { at: 'list' }, listed: true }), until: '.empty' },
  { name: 'people', view: at({ at: 'people' }), until: '.people' },
  { name: 'people-empty', view: at({ at: 'people' }, { related: {} }), until: '.people' },
  { name: 'person', view: at({ at: 'person', user: 'carl' }), until: '.people' },
  { name: 'person-stranger', view: at({ at: 'person', user: 'ann' }, { related: {} }), until: '.people' },
  {
    name: 'person-ask',
    view: at({ at: 'person', user: 'bea' }, { related: {} }),
    until: '.people',
    does: (root) => root.querySelectorAll<HTMLElement>('.card > .acts .do')[1]?.click(),
    after: '.sheet',
  },
  { name: 'group-members', view: at({ at: 'group', id: 'c_1' }, { members }), until: '.people' },
  { name: 'group-new', view: at({ at: 'new-group' }), until: '.people' },
  {
    name: 'me',
    view: at(
      { at: 'me' },
      {
        presence: { me: { user: 'me', show: 'away', own: { show: 'away', status: 'Out for tea' } } },
        devices: [
          { device: 'd1', current: true, until: now + 9e8 },
          { device: 'd2', current: false },
        ],
      },
    ),
    until: '.people',
  },
];
