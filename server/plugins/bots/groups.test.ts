import { afterEach, expect, test } from 'vitest';
import { signingStage, signsInAsAnn } from '../../bin/contract-identity.ts';
import { type Device, Stage, textsOf } from '../../bin/contract-stage.ts';
import { shippedRoles } from '../../core/roles.ts';
import { type Bot, type BotOptions, bot, command } from './bot.ts';
import { bots } from './bots.ts';
import { flow } from './flow.ts';
import { step } from './step.ts';

let stage: Stage;

afterEach(() => stage.friend.stop());

const poll = flow('poll', {
  start: 'day',
  steps: {
    day: step.choice({ ask: 'Which day?', options: [{ id: 'mon', label: 'Monday' }], next: 'done' }),
    done: step.end({ say: '{day.label} it is.' }),
  },
});

const host: BotOptions = {
  name: 'ava',
  title: 'Ava',
  groups: true,
  rooms: ['lobby'],
  commands: { roll: command({ help: 'rolls a die', run: ({ user }) => `${user.name} rolls a 4.` }) },
  keywords: [
    { words: ['rules'], reply: 'Be kind.' },
    { words: ['poll'], reply: { start: 'poll' } },
  ],
  flows: [poll],
};

async function opened(roles = {}): Promise<{ ava: Bot; ann: Device; bob: Device }> {
  const ava = bot(host);
  const prepare = (friend: Stage['friend']): void => void friend.plug(bots({ bots: [ava] }));
  stage = await Stage.open({ prepare, roles: { ...shippedRoles, ...roles } });
  return { ava, ann: await stage.named('ann', 'Ann'), bob: await stage.named('bob', 'Bob') };
}

test('goes on with a flow in a room when the visitor who is in it signs in', async () => {
  const ava = bot(host);
  stage = await signingStage({ prepare: (friend) => void friend.plug(bots({ bots: [ava] })) });
  const ann = await stage.named('ann', 'Guest');
  const visitor = ann.user;
  await said(ava, ann, 'c_room_lobby', '@Ava poll');

  const user = await signsInAsAnn(ann);
  const after = await said(ava, ann, 'c_room_lobby', '@Ava Monday');

  expect(after).toEqual(['Monday it is.']);
  expect(await stage.store.state('bots', visitor, 'ava c_room_lobby')).toBeUndefined();
  expect(await stage.store.state('bots', user, 'ava c_room_lobby')).not.toContain('dialogue');
});

async function said(ava: Bot, who: Device, conversation: string, text: string): Promise<string[]> {
  const from = who.told.length;
  await who.says(conversation, text);
  for (let round = 0; round < 3; round += 1) await who.quiet();
  return textsOf(who.told.slice(from).filter((fact) => fact.by === ava.user));
}

async function group(ava: Bot, ann: Device): Promise<string> {
  const created = await ann.ask('conversation.create', { name: 'Friends', people: [ava.user] });
  for (let round = 0; round < 3; round += 1) await ann.quiet();
  return (created as { log?: string }).log ?? '';
}

test('comes when it is invited, and hears commands and its name, and nothing else', async () => {
  const { ava, ann } = await opened();
  const log = await group(ava, ann);

  const heard = [];
  for (const text of ['rules?', '/roll', '@Ava, the rules?', 'ava: rules', '/help', '/roll@bea'])
    heard.push(await said(ava, ann, log, text));

  expect(heard).toEqual([[], ['Ann rolls a 4.'], ['Be kind.'], ['Be kind.'], [], []]);
});

test('hears everything where its role in the group grants it', async () => {
  const { ava, ann } = await opened({ member: { may: ['send', 'invite', 'hear'] } });
  const log = await group(ava, ann);

  const heard = [await said(ava, ann, log, 'What are the rules here?'), await said(ava, ann, log, 'No idea')];

  expect(heard).toEqual([['Be kind.'], []]);
});

test('says nothing where it was sent away, also in a room of its own', async () => {
  const { ava, ann } = await opened({ member: { may: ['send', 'remove'], over: ['member'] } });
  const before = await said(ava, ann, 'room:lobby', '/roll');
  await ann.ask('member.remove', { conversation: 'c_room_lobby', user: ava.user });

  const after = await said(ava, ann, 'room:lobby', '/roll');

  expect([before, after]).toEqual([['Ann rolls a 4.'], []]);
});

test('leads everybody in a group through a dialogue of his own', async () => {
  const { ava, ann, bob } = await opened();
  await said(ava, ann, 'room:lobby', '@Ava poll');

  const other = await said(ava, bob, 'room:lobby', '@Ava Monday');
  const own = await said(ava, ann, 'room:lobby', '@Ava Monday');

  expect([other, own]).toEqual([['I did not understand that.'], ['Monday it is.']]);
});
