import { expect, test } from 'vitest';
import { toJson } from '../../protocol/frame.ts';
import { asked, rolesOf, teaParty } from '../bin/contract-group.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';

/** All that Ann is told while she tries everything on one person, without ids, times and names. */
async function tried(ann: Device, { user }: Device, name: string): Promise<string[]> {
  const from = ann.told.length;
  const { log: conversation = '' } = await ann.ask('conversation.create', { name: 'Cake', people: [user] });
  await ann.ask('member.add', { conversation, users: [user] });
  await ann.ask('member.list', { conversation });
  await ann.ask('conversation.open', { conversation });
  await ann.ask('member.set', { conversation, user, role: 'guest' });
  await ann.ask('member.remove', { conversation, user });
  await ann.ask('member.remove', { conversation, user });
  await ann.ask('member.add', { conversation, users: [user] });
  await ann.ask('member.remove', { conversation, user, ban: true });
  await ann.ask('member.unban', { conversation, user });
  await ann.ask('member.add', { conversation, users: [user] });
  await ann.quiet();
  return ann.told.slice(from).map((fact) =>
    toJson(fact)
      .replaceAll(conversation, 'GROUP')
      .replaceAll(user, 'USER')
      .replaceAll(name, 'NAME')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/"(at|since|now)":\d+/g, '"$1":0'),
  );
}

test('who is shut out invites as if nobody were there, byte for byte, and is never heard', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const [blocker, absent] = [await stage.named('blocker', 'Blocker'), await stage.named('absent', 'Nobody!')];
  absent.leave();
  await blocker.ask('relation.set', { user: ann.user, kind: 'blocked' });
  const before = blocker.told.length;

  const [shutOut, unanswered] = [await tried(ann, blocker, 'Blocker'), await tried(ann, absent, 'Nobody!')];
  const listed = await asked(blocker, 'invite.list', {}, 'invite.listed');
  await blocker.ask('relation.end', { user: ann.user, slot: 'limit' });
  const later = await asked(blocker, 'invite.list', {}, 'invite.listed');

  expect(shutOut).toEqual(unanswered);
  expect([listed.invites, later.invites]).toEqual([[], []]);
  expect(blocker.told.slice(before).some(({ type }) => type === 'invite.changed')).toBe(false);
});

test('does not let somebody in by an invitation that never reached him', async () => {
  const { ann, dan, tea } = await teaParty();
  await dan.ask('relation.set', { user: ann.user, kind: 'blocked' });
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });

  const tries = [
    await dan.ask('conversation.join', { conversation: tea }),
    await dan.ask('conversation.decline', { conversation: tea }),
  ];
  await dan.ask('relation.end', { user: ann.user, slot: 'limit' });
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });
  const joined = await dan.ask('conversation.join', { conversation: tea });

  expect(tries.map(codeOf)).toEqual(['not_found', 'not_found']);
  expect(joined.type).toBe('member.joined');
});

test('hides the invitations of somebody whom one shuts out since', async () => {
  const { ann, dan, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });

  await dan.ask('relation.set', { user: ann.user, kind: 'blocked' });

  expect((await asked(dan, 'invite.list', {}, 'invite.listed')).invites).toEqual([]);
});

test('invites once, however often one asks, and takes an invitation back', async () => {
  const { ann, bob, dan, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });
  await bob.ask('member.add', { conversation: tea, users: [dan.user] });
  await dan.quiet();
  const invited = dan.told.filter(({ type }) => type === 'invite.changed');

  const byMember = await bob.ask('member.remove', { conversation: tea, user: dan.user });
  const taken = await ann.ask('member.remove', { conversation: tea, user: dan.user });
  const late = await dan.ask('conversation.join', { conversation: tea });

  expect(invited).toHaveLength(1);
  expect([byMember, taken, late].map(codeOf)).toEqual(['not_found', 'ack', 'not_found']);
  expect((await asked(dan, 'invite.list', {}, 'invite.listed')).invites).toEqual([]);
});

test('brings nobody where one of the people is unknown, banned, or limited by who asks', async () => {
  const { ann, bob, eve, dan, tea } = await teaParty();
  await ann.ask('member.remove', { conversation: tea, user: dan.user, ban: true });
  await ann.ask('relation.set', { user: eve.user, kind: 'blocked' });
  const add = (...users: string[]) => ann.ask('member.add', { conversation: tea, users });

  const refused = [
    await add(bob.user, 'u_00000000000000000000'),
    await add(bob.user, dan.user),
    await add(bob.user, eve.user),
  ];

  expect(refused.map(({ body }) => body)).toMatchObject([
    { code: 'not_found', detail: 'u_00000000000000000000' },
    { code: 'not_found', detail: dan.user },
    { code: 'limited', detail: eve.user },
  ]);
  expect(await rolesOf(ann, tea)).toEqual({ ann: 'owner' });
});
