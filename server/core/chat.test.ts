import { expect, test } from 'vitest';
import { codeOf, Stage, textsOf } from '../bin/contract-stage.ts';

const room = 'room:lobby';
const log = 'c_room_lobby';

test('begins a conversation and a membership with the first message', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');

  const answer = await ann.says(room, 'Hello');

  expect(answer).toMatchObject({ type: 'message.sent', log, seq: 3, prev: 2, by: ann.user, body: { text: 'Hello' } });
  const facts = await stage.store.page({ log, limit: 10 });
  expect(facts.map(({ type }) => type)).toEqual(['conversation.created', 'member.joined', 'message.sent']);
  expect(await stage.store.member(log, ann.user)).toMatchObject({ role: 'member', fromSeq: 0 });
});

test('tells everybody the same order, each fact with the one before it', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says(room, 'first');
  await bob.says(room, 'second');
  const before = bob.told.length;

  await Promise.all([ann.says(room, 'third'), bob.says(room, 'fourth'), ann.says(room, 'fifth')]);
  await ann.quiet();
  await bob.quiet();

  const told = bob.told.slice(before).filter((fact) => fact.log === log);
  expect(told.map(({ seq }) => seq)).toEqual([6, 7, 8]);
  expect(told.map(({ prev }) => prev)).toEqual([5, 6, 7]);
  expect(textsOf(ann.facts(log)).slice(-3)).toEqual(textsOf(told));
});

test('says re to the author only, on the answer only, and in each of his tabs', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const tab = await stage.person('ann2', ann.secret);
  const message = ann.message(`user:${bob.user}`, 'Hi');

  await ann.answers(message);
  await tab.quiet();
  await bob.quiet();

  const id = 'message.sent';
  expect(ann.answersTo(message.id).map(({ type }) => type)).toEqual([id]);
  expect(tab.answersTo(message.id).map(({ type }) => type)).toEqual([id]);
  expect(bob.answersTo(message.id)).toEqual([]);
  expect(textsOf(bob.told)).toEqual(['Hi']);
});

test('says re to the author only when a page brings the facts', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const message = ann.message(`user:${bob.user}`, 'Hi');
  await ann.answers(message);

  await bob.ask('conversation.open', { conversation: `user:${ann.user}` });
  await ann.ask('conversation.open', { conversation: `user:${bob.user}` });

  expect(bob.answersTo(message.id)).toEqual([]);
  expect(ann.answersTo(message.id).map(({ type }) => type)).toEqual(['message.sent', 'message.sent']);
});

test('gives both the same conversation, whoever of them writes first and under whatever name', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  const opened = await bob.ask('conversation.open', { conversation: `user:${ann.user}` });
  const id = opened.type === 'conversation.opened' ? opened.body.conversation.id : '';

  const [one, other] = await Promise.all([ann.says(`user:${bob.user}`, 'Hi'), bob.says(id, 'Hello')]);

  expect([one.log, other.log]).toEqual([id, id]);
  const types = (await stage.store.page({ log: id, limit: 10 })).map(({ type }) => type);
  expect(types.filter((type) => type !== 'message.sent')).toEqual([
    'conversation.created',
    'member.joined',
    'member.joined',
  ]);
});

test('tells both directions of a conversation to a connection that only looks', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says(room, 'first');
  await bob.ask('conversation.open', { conversation: room });

  await ann.says(room, 'second');
  await bob.quiet();

  expect(textsOf(bob.facts(log))).toEqual(['first', 'second']);
});

test('takes fifty events in one frame and answers each', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const messages = Array.from({ length: 50 }, (_, index) => ann.message(room, `text ${index}`));

  const answers = await ann.answers(...messages);

  expect(answers.map(({ type }) => type)).toEqual(Array(50).fill('message.sent'));
  expect(new Set(answers.map(({ seq }) => seq)).size).toBe(50);
});

test('keeps the order of fifty messages of which each names the one before, in the first frame of a conversation', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const messages = [ann.message(room, 'text 0')];
  while (messages.length < 50) messages.push(ann.message(room, `text ${messages.length}`, messages.at(-1)?.id));

  await ann.answers(...messages);

  const stored = await stage.store.page({ log, limit: 100 });
  expect(stored.filter(({ type }) => type === 'message.sent').map(({ action }) => action)).toEqual(
    messages.map(({ id }) => id),
  );
});

test('says early to an action whose predecessor is not stored, and stores it after that', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const first = ann.message(room, 'first');
  const second = ann.message(room, 'second', first.id);

  const [early] = await ann.answers(second);
  const [one] = await ann.answers(first);
  const [two] = await ann.answers(second);

  expect(early).toMatchObject({ type: 'error', body: { code: 'early', retryAfter: expect.any(Number) } });
  expect([codeOf(one), codeOf(two)]).toEqual(['message.sent', 'message.sent']);
});

test('says early to the successor of an action that was refused', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const refused = ann.message(`c_support_${'0'.repeat(20)}`, 'not mine');

  const answers = await ann.answers(refused, ann.message(room, 'second', refused.id));

  expect(answers.map(codeOf)).toEqual(['not_found', 'early']);
});

test('answers actions that name each other, or themselves, as their predecessor', async () => {
  const stage = await Stage.open();
  const ann = await stage.person('ann');
  const [one, two, self] = [ann.message(room, 'one'), ann.message(room, 'two'), ann.message(room, 'self')];

  const answers = await ann.answers({ ...one, after: two.id }, { ...two, after: one.id }, { ...self, after: self.id });

  expect(answers.map(codeOf)).toEqual(['early', 'early', 'early']);
});
