import { expect, test } from 'vitest';
import { rolesOf, type TeaParty, teaParty } from '../bin/contract-group.ts';
import { codeOf, type StageOptions, textsOf } from '../bin/contract-stage.ts';
import type { Friend } from '../core/friend.ts';

/** Bob and Eve are members, with the roles that are named. */
async function withRoles(bobs: string, eves: string, options: StageOptions = {}): Promise<TeaParty> {
  const party = await teaParty({}, options);
  const { ann, bob, eve, tea } = party;
  await ann.ask('member.add', { conversation: tea, users: [bob.user, eve.user] });
  await ann.ask('member.set', { conversation: tea, user: bob.user, role: bobs });
  await ann.ask('member.set', { conversation: tea, user: eve.user, role: eves });
  return party;
}

test('decides again on a message whose author was removed before it was stored', async () => {
  const removal = Promise.withResolvers<void>();
  const attempts: number[] = [];
  const prepare = (friend: Friend) =>
    friend.use(async ({ action, attempt }, next) => {
      const effects = await next();
      if (action.type !== 'message.send') return effects;
      attempts.push(attempt);
      await removal.promise;
      return effects;
    });
  const { ann, bob, eve, tea } = await withRoles('member', 'guest', { prepare });

  const said = bob.says(tea, 'One more thing');
  await ann.ask('member.remove', { conversation: tea, user: bob.user });
  removal.resolve();
  const answer = await said;
  await eve.quiet();

  expect([codeOf(answer), attempts]).toEqual(['not_found', [1, 2]]);
  expect(textsOf(eve.told)).toEqual([]);
});

test('leaves an owner behind where two owners go at once', async () => {
  const { ann, bob, eve, tea } = await withRoles('owner', 'guest');

  const left = await Promise.all([ann, bob].map((one) => one.ask('conversation.leave', { conversation: tea })));

  expect(left.map(codeOf)).toEqual(['member.left', 'member.left']);
  expect(await rolesOf(eve, tea)).toEqual({ eve: 'owner' });
});

test('lets nobody in who was banned before he came, though he was invited', async () => {
  const { ann, bob, dan, tea } = await withRoles('admin', 'member');
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });

  const [banned, joined] = await Promise.all([
    bob.ask('member.remove', { conversation: tea, user: dan.user, ban: true }),
    dan.ask('conversation.join', { conversation: tea }),
  ]);

  expect([banned, joined].map(codeOf)).toEqual(['member.left', 'not_found']);
  expect(await rolesOf(ann, tea)).toEqual({ ann: 'owner', bob: 'admin', eve: 'member' });
});

test('takes an admin’s deed back whose role was taken before it was stored', async () => {
  const { ann, bob, eve, tea } = await withRoles('admin', 'member');

  const [lowered, removed] = await Promise.all([
    ann.ask('member.set', { conversation: tea, user: bob.user, role: 'member' }),
    bob.ask('member.remove', { conversation: tea, user: eve.user }),
  ]);

  expect([lowered, removed].map(codeOf)).toEqual(['member.changed', 'not_found']);
  expect(await rolesOf(ann, tea)).toEqual({ ann: 'owner', bob: 'member', eve: 'member' });
});

test('lets nobody in by an invitation that is taken back at the same time', async () => {
  const { ann, dan, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });

  const [, joined] = await Promise.all([
    ann.ask('member.remove', { conversation: tea, user: dan.user }),
    dan.ask('conversation.join', { conversation: tea }),
  ]);

  expect(codeOf(joined)).toBe('not_found');
  expect(await rolesOf(ann, tea)).toEqual({ ann: 'owner' });
});

test('adds somebody once whom two members add at once', async () => {
  const { stage, ann, bob, eve, tea } = await teaParty();
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });

  const added = await Promise.all(
    [ann, bob].map((one) => one.ask('member.add', { conversation: tea, users: [eve.user] })),
  );

  expect(added.map(codeOf)).toEqual(['member.joined', 'ack']);
  const facts = await stage.store.page({ log: tea, limit: 99 });
  expect(facts.filter(({ type }) => type === 'member.joined')).toHaveLength(3);
});
