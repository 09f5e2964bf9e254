import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { chatting, online } from './staged-chat.ts';
import { fact, message, openedPage, tick } from './staged-friend.ts';

test('hands a page to who asked for it, and draws nothing of it', async () => {
  const { chat, friend } = chatting(new FakeClock());
  chat.act('panel.open', {});
  await friend.welcomes();
  const opening = { re: friend.last('conversation.open').id };
  friend.tells(...openedPage({ after: 2, to: 4, more: true }, [message(3), message(4)], opening));
  await tick();
  const { c_1: before } = chat.view.conversations;

  const asked = chat.ask('log.read', { log: 'c_1', before: 3, limit: 2 });
  await tick();
  const { id } = friend.last('log.read');
  const head = fact('log.paged', { log: 'c_1', after: 0, to: 2, more: false, people: [] }, id);
  friend.tells(head, message(1), message(2));
  const answer = await asked;

  expect(answer.map(({ type, seq }) => [type, seq])).toEqual([
    ['log.paged', undefined],
    ['message.sent', 1],
    ['message.sent', 2],
  ]);
  expect(before?.items).toHaveLength(2);
  expect(chat.view.conversations.c_1).toBe(before);
});

test('says at once that nobody can be asked while there is no link', async () => {
  const { chat, friend } = await online(new FakeClock());
  friend.ends('lost');

  const answer = await chat.ask('message.find', { text: 'tea' });

  expect(answer).toEqual([]);
});

test('answers with nothing what was asked when the link goes, and goes on waiting for what is sent again', async () => {
  const { chat, friend } = await online(new FakeClock());
  const answers: unknown[] = [];
  void chat.ask('message.find', { text: 'tea' }).then((answer) => answers.push(answer));
  void chat.wish('relation.ask', { user: 'u_bob', kind: 'contact' }).then((answer) => answers.push(answer));
  await tick();

  friend.ends('lost');
  await tick();

  expect(answers).toEqual([[]]);
});

test('leads the list to a message until another screen is shown', async () => {
  const { chat } = await online(new FakeClock());
  chat.act('history.reach', { ref: 'room:lobby', seq: 2 });
  const { sought } = chat.view;

  chat.act('screen.show', { at: 'list' });

  expect(sought).toEqual({ ref: 'room:lobby', seq: 2 });
  expect(chat.view.sought).toBeUndefined();
});

test('answers with nothing what a friend was asked who has started again since', async () => {
  const { chat, friend } = await online(new FakeClock());
  const asked = chat.ask('message.find', { text: 'tea' });
  await tick();
  expect(friend.types).toContain('message.find');

  friend.tells(fact('friend.hello', {}));

  expect(await asked).toEqual([]);
});
