import { type Person, type TestChat, testChat } from 'befriend/testing';
import { expect, test } from 'vitest';
import config from './befriend.config.ts';

/** A colleague who sits at the desk. */
async function atDesk(chat: TestChat, name: string): Promise<Person> {
  const colleague = chat.colleague(name);
  await colleague.emits('desk.show', {});
  return colleague;
}

/** The visitor's conversation with support. */
async function caseOf(person: Person): Promise<string> {
  return `c_support_${(await person.id()).slice(2)}`;
}

test('goes from the bot to the queue, to a colleague, and ends with a rating', async () => {
  await using chat = await testChat(config, { conversation: 'support' });
  const kim = await atDesk(chat, 'kim');
  const ann = chat.person('ann');
  const conversation = await caseOf(ann);

  await ann.says('My shoes are broken, I return them');
  await ann.hears('Which order is it? It is a number.');
  await ann.says('7');
  await ann.hears('Why do you send it back?');
  await ann.chooses('It is broken');
  await ann.hears('I bring somebody who can look at it.');

  const { body } = await kim.emits('desk.open', { conversation });
  expect(body).toMatchObject({
    case: { state: 'assigned', queue: 'returns', assignee: await kim.id() },
    notes: [{ text: 'Order 7, It is broken. ' }],
  });

  await kim.opens(conversation);
  await kim.says('I am sorry. New ones leave today.');
  await ann.hears('I am sorry. New ones leave today.');
  await ann.says('Thank you!');
  await kim.hears('Thank you!');
  await kim.emits('desk.close', { conversation });

  await ann.hears(/How was our help/);
  await ann.chooses('5');
  await ann.hears(/Is there something you want to add/);
  expect((await kim.emits('desk.open', { conversation })).body).toMatchObject({ case: { state: 'closed', score: 5 } });
});

test('needs nobody for what a label settles', async () => {
  await using chat = await testChat(config, { conversation: 'support' });
  const kim = await atDesk(chat, 'kim');
  const ann = chat.person('ann');

  await ann.says('Hello');
  await ann.hears('Hello, I am Rae, a program. What is it about?');
  await ann.chooses('I send something back');
  await ann.says('seven');
  await ann.says('7');
  await ann.hears('Why do you send it back?');
  await ann.chooses('It does not fit');

  await ann.hears('A label for order 7 is in your mail. Send it within two weeks.');
  expect((await kim.emits('desk.list', { view: 'waiting' })).body).toMatchObject({ cases: [] });
});

test('keeps the place in line of who asks for somebody while nobody is there, over a restart', async () => {
  await using chat = await testChat(config, { conversation: 'support' });
  const { ann, bob } = chat.people('ann', 'bob');

  await ann.says('Hello');
  await ann.chooses('Talk to somebody');
  await bob.says('Talk to a person');
  await chat.restart();
  const kim = await atDesk(chat, 'kim');

  const { body } = await kim.emits('desk.list', { view: 'mine' });
  const { cases } = body as { cases: { conversation: string }[] };
  expect(cases.map(({ conversation }) => conversation).sort()).toEqual([await caseOf(ann), await caseOf(bob)].sort());
});

test('tells no visitor of the desk, nor of a note', async () => {
  await using chat = await testChat(config, { conversation: 'support' });
  const kim = await atDesk(chat, 'kim');
  const { ann, bob } = chat.people('ann', 'bob');
  await ann.says('Hello');
  await ann.chooses('Talk to somebody');
  await kim.emits('desk.note', { conversation: await caseOf(ann), text: 'She is a regular.' });

  const answers = [await ann.emits('desk.show', {}), await bob.emits('desk.open', { conversation: await caseOf(ann) })];

  expect(answers.map(({ body }) => body)).toMatchObject([{ code: 'not_found' }, { code: 'not_found' }]);
  expect(JSON.stringify([ann.heard.facts, bob.heard.facts])).not.toContain('regular');
});
