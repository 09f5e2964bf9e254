import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { asked, headOf, rolesOf, teaParty } from '../bin/contract-group.ts';
import { codeOf, Stage, textsOf } from '../bin/contract-stage.ts';

test('begins a group whose maker owns it, with those who have granted that', async () => {
  const { ann, bob, dan } = await teaParty();

  const created = await ann.ask('conversation.create', { name: 'Cake', people: [bob.user, dan.user] });
  await bob.quiet();
  await dan.quiet();

  const log = created.log ?? '';
  expect(created).toMatchObject({ type: 'member.joined', body: { person: { name: 'bob' }, role: 'member' } });
  expect(log).toMatch(/^c_group_[0-9a-z]{20}$/);
  expect(await headOf(bob, log)).toMatchObject({
    kind: 'group',
    name: 'Cake',
    public: false,
    role: 'member',
    members: 2,
  });
  expect(await rolesOf(ann, log)).toEqual({ ann: 'owner', bob: 'member' });
  expect(bob.facts(log).map(({ type, re }) => [type, re])).toContainEqual(['member.joined', undefined]);
  expect(dan.facts(log)).toEqual([]);
});

test('invites who has not granted to be added, and lets him join or decline', async () => {
  const { ann, dan, tea } = await teaParty();

  const answer = await ann.ask('member.add', { conversation: tea, users: [dan.user] });
  const invited = await dan.heard(({ type }) => type === 'invite.changed');
  const listed = await asked(dan, 'invite.list', {}, 'invite.listed');
  const declined = await dan.ask('conversation.decline', { conversation: tea });
  const late = await dan.ask('conversation.join', { conversation: tea });
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });
  const joined = await dan.ask('conversation.join', { conversation: tea });

  const invite = { conversation: tea, name: 'Tea', by: { name: 'ann' } };
  expect([answer.type, ann.facts(dan.user)]).toEqual(['ack', []]);
  expect(invited).toMatchObject({ log: dan.user, body: { conversation: tea, invite } });
  expect(listed.invites).toMatchObject([invite]);
  expect(declined).toMatchObject({ type: 'invite.changed', body: { conversation: tea } });
  expect([codeOf(late), joined.type]).toEqual(['not_found', 'member.joined']);
  expect((await asked(dan, 'invite.list', {}, 'invite.listed')).invites).toEqual([]);
  expect(await rolesOf(dan, tea)).toEqual({ ann: 'owner', dan: 'member' });
});

test('answers for a group that is not one’s own as for one that is not there', async () => {
  const { ann, bob, dan, tea } = await teaParty();
  const nowhere = 'c_group_00000000000000000000';
  const normal = (fact: AnyFact): string => JSON.stringify({ ...fact, at: 0, re: '' });
  const verbs = (conversation: string): Promise<AnyFact>[] => [
    dan.ask('conversation.open', { conversation }),
    dan.ask('conversation.join', { conversation }),
    dan.ask('conversation.join', { conversation, token: 'x'.repeat(43) }),
    dan.ask('conversation.leave', { conversation }),
    dan.ask('conversation.decline', { conversation }),
    dan.ask('conversation.set', { conversation, name: 'Mine', link: true }),
    dan.ask('conversation.prefer', { conversation, pinned: true }),
    dan.ask('member.list', { conversation }),
    dan.ask('member.add', { conversation, users: [bob.user] }),
    dan.ask('member.remove', { conversation, user: ann.user, ban: true }),
    dan.ask('member.unban', { conversation, user: ann.user }),
    dan.ask('member.set', { conversation, user: ann.user, role: 'guest' }),
    dan.ask('message.send', { conversation, text: 'Hello' }),
    dan.ask('message.edit', { conversation, seq: 2, text: 'Hello' }),
    dan.ask('message.delete', { conversation, seq: 2 }),
    dan.ask('log.read', { log: conversation }),
  ];

  const [there, absent] = [await Promise.all(verbs(tea)), await Promise.all(verbs(nowhere))];

  expect(there.map(normal)).toEqual(absent.map(normal));
  expect(new Set(there.map(codeOf))).toEqual(new Set(['not_found', 'invite_invalid']));
});

test('tells who leaves that he left and nothing after it', async () => {
  const { ann, bob, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });

  const left = await bob.ask('conversation.leave', { conversation: tea });
  await ann.says(tea, 'He is gone');
  await bob.quiet();

  expect(left).toMatchObject({ type: 'member.left', log: tea, body: { person: { name: 'bob' } } });
  expect(textsOf(bob.told)).toEqual([]);
  expect(codeOf(await bob.ask('log.read', { log: tea }))).toBe('not_found');
  expect(await rolesOf(ann, tea)).toEqual({ ann: 'owner' });
});

test('hands a group on to the longest admin, else to the longest member, when the last owner goes', async () => {
  const { stage, ann, bob, eve, tea } = await teaParty();
  for (const one of [bob, eve]) {
    stage.clock.advance(1_000);
    await ann.ask('member.add', { conversation: tea, users: [one.user] });
  }
  await ann.ask('member.set', { conversation: tea, user: eve.user, role: 'admin' });

  await ann.ask('conversation.leave', { conversation: tea });
  const afterAnn = await rolesOf(bob, tea);
  await eve.ask('conversation.leave', { conversation: tea });
  const afterEve = await rolesOf(bob, tea);
  const last = await bob.ask('conversation.leave', { conversation: tea });

  expect([afterAnn, afterEve]).toEqual([{ bob: 'member', eve: 'owner' }, { bob: 'owner' }]);
  expect(last.type).toBe('member.left');
});

test('keeps the last owner from lowering himself while nobody can follow', async () => {
  const { ann, bob, tea } = await teaParty();
  const lower = () => ann.ask('member.set', { conversation: tea, user: ann.user, role: 'guest' });

  const alone = await lower();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  const followed = await lower();

  expect([codeOf(alone), followed.type]).toEqual(['not_found', 'member.changed']);
  expect(await rolesOf(ann, tea)).toEqual({ ann: 'guest', bob: 'owner' });
});

test('keeps out who was banned, whatever way he tries, until the ban is lifted', async () => {
  const { ann, bob, tea } = await teaParty({ public: true });
  await bob.says(tea, 'Hello');
  const { token } = await asked(ann, 'conversation.set', { conversation: tea, link: true }, 'link.made');

  const ban = await ann.ask('member.remove', { conversation: tea, user: bob.user, ban: true });
  const tries = [
    await bob.ask('conversation.open', { conversation: tea }),
    await bob.ask('conversation.join', { conversation: tea, token }),
    await bob.says(tea, 'Let me in'),
    await bob.ask('log.read', { log: tea }),
    await ann.ask('member.add', { conversation: tea, users: [bob.user] }),
  ];
  await ann.says(tea, 'Quiet now');
  await bob.quiet();
  const lifted = await ann.ask('member.unban', { conversation: tea, user: bob.user });
  const back = await bob.says(tea, 'I am back');

  expect(ban).toMatchObject({ type: 'member.left', body: { person: { name: 'bob' }, ban: true } });
  expect(bob.told.some(({ type }) => type === 'member.left')).toBe(true);
  expect(textsOf(bob.told)).not.toContain('Quiet now');
  expect(tries.map(codeOf)).toEqual(Array.from({ length: 5 }, () => 'not_found'));
  expect(lifted).toMatchObject({ type: 'member.left', body: { ban: false } });
  expect(back.type).toBe('message.sent');
});

test('bans somebody who only looks at a public group', async () => {
  const { ann, dan, tea } = await teaParty({ public: true });
  await headOf(dan, tea);

  await ann.ask('member.remove', { conversation: tea, user: dan.user, ban: true });
  await ann.says(tea, 'Quiet now');
  await dan.quiet();

  expect(textsOf(dan.told)).toEqual([]);
  expect(codeOf(await dan.ask('conversation.open', { conversation: tea }))).toBe('not_found');
});

test('pages its members by user id', async () => {
  const { stage, ann, tea } = await teaParty({ public: true });
  const people = await Promise.all(Array.from({ length: 60 }, (_, index) => stage.person(`p${index}`)));
  for (const person of people) await person.ask('conversation.join', { conversation: tea });

  const first = await asked(ann, 'member.list', { conversation: tea }, 'member.listed');
  const rest = await asked(ann, 'member.list', { conversation: tea, after: first.next ?? '' }, 'member.listed');

  const ids = [...first.members, ...rest.members].map(({ person }) => person.id);
  expect([first.members.length, rest.members.length, rest.next]).toEqual([50, 11, undefined]);
  expect(ids).toEqual([ann.user, ...people.map(({ user }) => user)].sort());
});

test('leaves a room without owner unless the site says so', async () => {
  const [plain, owned] = [await Stage.open(), await Stage.open({ firstSpeaker: 'owner' })];

  const roles = await Promise.all(
    [plain, owned].map(async (stage) => {
      const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
      await ann.says('room:lobby', 'Hello');
      await bob.says('room:lobby', 'Hello');
      return rolesOf(ann, 'c_room_lobby');
    }),
  );

  expect(roles).toEqual([
    { ann: 'member', bob: 'member' },
    { ann: 'owner', bob: 'member' },
  ]);
});
