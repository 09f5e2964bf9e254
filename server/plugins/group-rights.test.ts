import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { rolesOf, type TeaParty, teaParty } from '../bin/contract-group.ts';
import { codeOf, type Device } from '../bin/contract-stage.ts';
import { type Roles, shippedRoles } from '../core/roles.ts';

interface Party extends TeaParty {
  /** Somebody's message, to be taken away. */
  readonly seq: number;
}

/** What Bob tries in Ann's group, where Eve is a member and Dan is not; and what it is answered with. */
const deeds: Record<string, (bob: Device, party: Party) => Promise<AnyFact>> = {
  writes: (bob, { tea }) => bob.says(tea, 'Hello'),
  invites: (bob, { tea, dan }) => bob.ask('member.add', { conversation: tea, users: [dan.user] }),
  'removes a member': (bob, { tea, eve }) => bob.ask('member.remove', { conversation: tea, user: eve.user }),
  'removes the owner': (bob, { tea, ann }) => bob.ask('member.remove', { conversation: tea, user: ann.user }),
  bans: (bob, { tea, eve }) => bob.ask('member.remove', { conversation: tea, user: eve.user, ban: true }),
  'lists who was banned': (bob, { tea }) => bob.ask('member.list', { conversation: tea, banned: true }),
  renames: (bob, { tea }) => bob.ask('conversation.set', { conversation: tea, name: 'Cake' }),
  'sets slow mode': (bob, { tea }) => bob.ask('conversation.set', { conversation: tea, slow: 1_000 }),
  'makes a link': (bob, { tea }) => bob.ask('conversation.set', { conversation: tea, link: true }),
  'deletes another’s message': (bob, { tea, seq }) => bob.ask('message.delete', { conversation: tea, seq }),
  'makes an admin': (bob, { tea, eve }) => bob.ask('member.set', { conversation: tea, user: eve.user, role: 'admin' }),
  'makes a guest': (bob, { tea, eve }) => bob.ask('member.set', { conversation: tea, user: eve.user, role: 'guest' }),
  'makes an owner': (bob, { tea, eve }) => bob.ask('member.set', { conversation: tea, user: eve.user, role: 'owner' }),
  'lowers the owner': (bob, { tea, ann }) =>
    bob.ask('member.set', { conversation: tea, user: ann.user, role: 'guest' }),
  'raises himself': (bob, { tea }) => bob.ask('member.set', { conversation: tea, user: bob.user, role: 'owner' }),
};

async function partyWith(role: string, roles?: Roles): Promise<Party> {
  const party = await teaParty({}, roles === undefined ? {} : { roles });
  const { ann, bob, eve, tea } = party;
  await ann.ask('member.add', { conversation: tea, users: [bob.user, eve.user] });
  const { seq = 0 } = await eve.says(tea, 'Hello');
  await ann.ask('member.set', { conversation: tea, user: bob.user, role });
  return { ...party, seq };
}

async function allowedTo(role: string): Promise<string[]> {
  const allowed: string[] = [];
  for (const [name, deed] of Object.entries(deeds)) {
    const party = await partyWith(role);
    const code = codeOf(await deed(party.bob, party));
    if (code !== 'not_found') allowed.push(name);
  }
  return allowed;
}

const byAdmin = [
  ...['writes', 'invites', 'removes a member', 'bans', 'lists who was banned', 'renames'],
  ...['sets slow mode', 'makes a link'],
  ...['deletes another’s message', 'makes a guest'],
];

test.each([
  ['guest', ['writes']],
  ['member', ['writes', 'invites']],
  ['colleague', ['writes', 'invites', 'removes a member', 'bans', 'lists who was banned', 'deletes another’s message']],
  ['admin', byAdmin],
  ['owner', Object.keys(deeds)],
])('allows a %s so much and no more', async (role, allowed) => {
  const found = await allowedTo(role);

  expect(found.sort()).toEqual([...allowed].sort());
});

test('lists who was banned, in pages, and no more who was let in again; to an outsider there is no such list', async () => {
  const { ann, bob, dan, eve, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  for (const one of [bob, eve]) await ann.ask('member.remove', { conversation: tea, user: one.user, ban: true });
  const listed = async (by: Device): Promise<AnyFact> => by.ask('member.list', { conversation: tea, banned: true });

  const both = await listed(ann);
  await ann.ask('member.unban', { conversation: tea, user: bob.user });
  const one = await listed(ann);
  const members = await ann.ask('member.list', { conversation: tea });
  const outsiders = [codeOf(await listed(dan)), codeOf(await listed(eve))];

  const usersIn = ({ body }: AnyFact): string[] =>
    (body as { members: { person: { id: string }; role: string }[] }).members.map(
      ({ person, role }) => `${role} ${person.id}`,
    );
  expect(both.body).toMatchObject({ banned: true });
  expect(usersIn(both).sort()).toEqual([bob, eve].map(({ user }) => `banned ${user}`).sort());
  expect(usersIn(one)).toEqual([`banned ${eve.user}`]);
  expect(usersIn(members)).toEqual([`owner ${ann.user}`]);
  expect(outsiders).toEqual(['not_found', 'not_found']);
});

test('goes by the table that the site has declared', async () => {
  const roles: Roles = {
    ...shippedRoles,
    reader: { may: [] },
    owner: { may: [...shippedRoles.owner.may, 'pin'], over: [...shippedRoles.owner.over, 'reader'] },
    member: { may: ['send', 'rename'] },
  };
  const party = await partyWith('reader', roles);

  const unknown = await party.ann.ask('member.set', { conversation: party.tea, user: party.bob.user, role: 'knight' });
  const [said, renamed, invited] = [
    await deeds.writes?.(party.bob, party),
    await deeds.renames?.(party.eve, party),
    await deeds.invites?.(party.eve, party),
  ];

  expect(await rolesOf(party.ann, party.tea)).toEqual({ ann: 'owner', bob: 'reader', eve: 'member' });
  expect([said, renamed, invited].map(codeOf)).toEqual(['not_found', 'conversation.changed', 'not_found']);
  expect(unknown.body).toMatchObject({
    code: 'kind_unknown',
    detail: 'owner, admin, member, colleague, guest, reader',
  });
});
