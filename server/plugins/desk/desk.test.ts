import { expect, test } from 'vitest';
import type { AnyFact } from '../../../protocol/facts.ts';
import { codeOf, Stage, textsOf } from '../../bin/contract-stage.ts';
import { colleagueAt, passes, shown } from './contract-desk.ts';

const available = (fact: AnyFact): boolean | undefined =>
  fact.type === 'support.changed' ? fact.body.available : undefined;

test('lets a colleague see, hear and answer every support conversation', async () => {
  const stage = await Stage.open();
  const [ann, bob, helper] = [await stage.person('ann'), await stage.person('bob'), await stage.colleague('helper')];
  await ann.says('support', 'Help me');
  stage.clock.advance(1);
  await bob.says('support', 'Me too');
  const id = `c_support_${ann.user.slice(2)}`;

  const listed = await helper.ask('conversation.list', {});
  const answer = await helper.says(id, 'How can I help?');
  await ann.heard((fact) => textsOf([fact])[0] === 'How can I help?');

  const heads = listed.type === 'conversation.listed' ? listed.body.conversations : [];
  expect(heads.map(({ line }) => line?.text)).toEqual(['Me too', 'Help me']);
  expect(textsOf(helper.told)).toEqual(expect.arrayContaining(['Help me', 'Me too']));
  expect(answer).toMatchObject({ type: 'message.sent', log: id });
  expect(await stage.store.member(id, helper.user)).toMatchObject({ role: 'colleague' });
});

test('tells a colleague the facts of a conversation without a gap', async () => {
  const stage = await Stage.open();
  const [helper, ann] = [await stage.colleague('helper'), await stage.person('ann')];

  await ann.says('support', 'one');
  await ann.says('support', 'two');
  await helper.quiet();

  const facts = helper.facts(`c_support_${ann.user.slice(2)}`);
  expect(facts.map(({ seq, prev }) => [prev, seq])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
});

test('tells a fact once to a colleague who hears the list and has the conversation open', async () => {
  const stage = await Stage.open();
  const [helper, ann] = [await stage.colleague('helper'), await stage.person('ann')];
  await ann.says('support', 'one');
  await helper.ask('conversation.open', { conversation: `c_support_${ann.user.slice(2)}` });

  await ann.says('support', 'two');
  await helper.quiet();

  expect(textsOf(helper.told).filter((text) => text === 'two')).toHaveLength(1);
});

test('tells a visitor whether somebody is there, when he looks and when it changes', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  await ann.ask('conversation.open', { conversation: 'support' });

  const helper = await stage.colleague('helper');
  const second = await stage.colleague('second');
  second.leave();
  helper.leave();
  await ann.quiet();

  expect(ann.told.map(available).filter((state) => state !== undefined)).toEqual([false, true, false]);
});

test('says nothing to visitors when a colleague opens the same connection again', async () => {
  const stage = await Stage.open();
  const [ann, helper] = [await stage.person('ann'), await stage.colleague('helper')];
  await ann.ask('conversation.open', { conversation: 'support' });

  await helper.open();
  await ann.quiet();

  expect(ann.told.map(available).filter((state) => state !== undefined)).toEqual([true]);
});

test('takes along how far a colleague has read when he joins', async () => {
  const stage = await Stage.open();
  const [ann, helper] = [await stage.person('ann'), await stage.colleague('helper')];
  const id = `c_support_${ann.user.slice(2)}`;
  await ann.says('support', 'one');
  await ann.says('support', 'two');
  helper.send(helper.action('marker.set', { conversation: id, read: 4 }));
  await helper.quiet();

  await helper.says(id, 'Hello');
  const opened = await helper.ask('conversation.open', { conversation: id });

  expect(opened).toMatchObject({ body: { conversation: { read: 4, unread: 0 } } });
});

test('shows a support conversation to its visitor and to colleagues, and to nobody else', async () => {
  const stage = await Stage.open();
  const [ann, eve] = [await stage.person('ann'), await stage.person('eve')];
  await ann.says('support', 'one');
  const id = `c_support_${ann.user.slice(2)}`;

  const tries = [await eve.ask('conversation.open', { conversation: id }), await eve.says(id, 'Hi')];

  expect(tries.map(codeOf)).toEqual(['not_found', 'not_found']);
  expect((await stage.store.log(id))?.lastSeq).toBe(3);
});

test('shows the desk at once to who has just become a colleague, and that he is there', async () => {
  const stage = await Stage.open();
  const bob = await stage.person('bob');
  await bob.quiet();
  const token = await stage.invite('bob');

  await bob.ask('invite.accept', { token });
  const [answer] = await bob.answers(bob.action('desk.show', {}));

  expect(answer).toMatchObject({ type: 'desk.shown', body: { me: { user: bob.user, available: true } } });
});

test('calls a colleague by the name that he has chosen since he came', async () => {
  const stage = await Stage.open();
  const bob = await colleagueAt(stage, 'bob');

  await bob.ask('profile.set', { name: 'Bob Ray' });
  await passes(stage, 1_000, bob);
  const desk = await shown(bob, 'desk.show', {}, 'desk.shown');

  expect(desk.me.name).toBe('Bob Ray');
  const people = bob.told.filter(({ type }) => (type as string) === 'desk.people').at(-1);
  expect(people).toMatchObject({ body: { colleagues: [{ user: bob.user, name: 'Bob Ray' }] } });
});
