import { beforeEach, expect, test } from 'vitest';
import { asked } from '../bin/contract-group.ts';
import { signingStage, signsInAsAnn } from '../bin/contract-identity.ts';
import { codeOf, type Device, type Stage } from '../bin/contract-stage.ts';

let stage: Stage;
let ann: Device;
let bob: Device;

beforeEach(async () => {
  stage = await signingStage();
  ann = await stage.named('ann', 'Guest of the shop');
  bob = await stage.named('bob', 'Bob');
});

async function groupOf(device: Device, body: object): Promise<string> {
  const { log = '' } = await device.ask('conversation.create', { name: 'Tea', ...body });
  return log;
}

async function joins(device: Device, conversation: string): Promise<string | undefined> {
  return codeOf(await device.ask('conversation.join', { conversation }));
}

test('lets an invitation wait for whom the visitor turned out to be', async () => {
  const conversation = await groupOf(bob, { people: [ann.user] });
  const visitor = ann.user;

  await signsInAsAnn(ann);
  const { invites } = await asked(ann, 'invite.list', {}, 'invite.listed');
  const joined = await joins(ann, conversation);
  const rest = await asked(ann, 'invite.list', {}, 'invite.listed');

  expect(invites).toMatchObject([{ conversation, by: { id: bob.user } }]);
  expect([joined, rest.invites]).toEqual(['member.joined', []]);
  expect(await stage.store.relation(conversation, visitor)).toEqual([]);
});

test('keeps an invitation from whom he shuts out as a user, and lets it be heard of by nobody', async () => {
  const desk = await stage.person('desk');
  const user = await signsInAsAnn(desk);
  await desk.ask('relation.set', { user: bob.user, kind: 'blocked' });
  const conversation = await groupOf(bob, { people: [ann.user] });

  await signsInAsAnn(ann);
  const { invites } = await asked(ann, 'invite.list', {}, 'invite.listed');
  await desk.quiet();

  expect([invites, await joins(ann, conversation)]).toEqual([[], 'not_found']);
  expect(desk.told.some(({ type }) => type === 'invite.changed')).toBe(false);
  expect(JSON.stringify(bob.told)).not.toContain(user);
});

test('keeps out who was banned as a visitor, until he is let in again', async () => {
  const conversation = await groupOf(bob, { public: true });
  await joins(ann, conversation);
  await bob.ask('member.remove', { conversation, user: ann.user, ban: true });

  const user = await signsInAsAnn(ann);
  const banned = await joins(ann, conversation);
  await bob.ask('member.unban', { conversation, user });

  expect([banned, await joins(ann, conversation)]).toEqual(['not_found', 'member.joined']);
});

test('leaves him in a group where he is a member under his own name', async () => {
  const conversation = await groupOf(bob, { public: true });
  const desk = await stage.person('desk');
  const user = await signsInAsAnn(desk);
  for (const device of [desk, ann]) await joins(device, conversation);
  await bob.ask('member.remove', { conversation, user: ann.user, ban: true });

  await signsInAsAnn(ann);

  expect(await stage.store.member(conversation, user)).toMatchObject({ role: 'member' });
  expect((await stage.store.members(conversation, 9)).map((member) => member.user).sort()).toEqual(
    [bob.user, user].sort(),
  );
});
