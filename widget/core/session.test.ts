import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { chatting, online } from './staged-chat.ts';
import { fact, message, openedPage, tick } from './staged-friend.ts';

test('dials nothing and keeps nothing before the first intent', async () => {
  const { friend, clock, kept } = chatting(new FakeClock());

  clock.pass(60_000);
  await tick();

  expect({ dials: friend.dials, kept: kept.size, timers: clock.waiting }).toEqual({ dials: 0, kept: 0, timers: 0 });
});

test('says who is there and what is looked at, with a secret that stays', async () => {
  const kept = new Map<string, string>();
  const first = chatting(new FakeClock(), 'support', kept);
  const second = chatting(new FakeClock(), 'support', kept);

  for (const { chat, friend } of [first, second]) {
    chat.act('panel.open', {});
    await tick();
    await friend.welcomes();
  }

  expect(first.friend.types).toEqual(['connection.open', 'conversation.open']);
  expect(first.friend.last('conversation.open').body).toEqual({ conversation: 'support' });
  const { secret } = first.friend.last('connection.open').body;
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(second.friend.last('connection.open').body.secret).toBe(secret);
  expect(first.chat.view).toMatchObject({ link: { state: 'online', before: true }, me: { id: 'u_me' } });
});

test('asks for the list where the list is shown', async () => {
  const { chat, friend } = chatting(new FakeClock(), 'inbox');

  chat.act('panel.open', {});
  await tick();
  await friend.welcomes();

  expect(friend.types).toEqual(['connection.open', 'conversation.list']);
});

test('sends what was written before the link was up, when it is up', async () => {
  const { chat, friend } = chatting(new FakeClock());
  chat.act('message.send', { ref: 'room:lobby', text: ' early bird ' });
  await tick();
  expect(chat.view.waiting).toMatchObject([{ text: 'early bird', state: 'waiting' }]);

  await friend.welcomes();

  expect(friend.types).toEqual(['connection.open', 'conversation.open', 'message.send']);
  expect(chat.view.waiting).toMatchObject([{ state: 'sending' }]);
});

test('shows what was sent once, whether the fact comes live or the answer was lost', async () => {
  const all = await online(new FakeClock());
  const { chat, friend } = all;
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  const { id } = friend.last('message.send');

  friend.tells(message(4, { by: 'u_me', re: id }));
  await tick();
  friend.tells(message(4, { by: 'u_me', re: id }));
  await tick();

  expect(chat.view.waiting).toEqual([]);
  expect(all.held.items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('continues after a lost stream where it was, sends what waits again with the same id, and resumes other logs', async () => {
  const { chat, friend } = await online(new FakeClock());
  friend.tells(...openedPage({ to: 9 }, [message(9, { log: 'c_2' })], { head: { id: 'c_2' } }));
  await tick();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  const { id } = friend.last('message.send');
  friend.ends('lost');
  await tick();
  expect(chat.view).toMatchObject({ link: { state: 'waiting', before: true }, waiting: [{ state: 'waiting' }] });
  friend.forget();

  chat.act('link.retry', {});
  await tick();
  await friend.welcomes();

  expect(friend.types).toEqual(['connection.open', 'log.resume', 'conversation.open', 'message.send']);
  expect(friend.last('log.resume').body).toEqual({ logs: { c_2: 9 } });
  expect(friend.last('conversation.open').body).toEqual({ conversation: 'room:lobby', after: 3 });
  expect(friend.last('message.send').id).toBe(id);
});

test('opens what has moved on in the meantime', async () => {
  const { friend } = await online(new FakeClock());
  friend.tells(...openedPage({ to: 9 }, [], { head: { id: 'c_2' } }));
  await tick();

  friend.tells(fact('log.moved', { logs: [{ log: 'c_2', last: 12 }] }));
  await tick();
  expect(friend.types).toEqual([]);
  friend.tells(fact('log.moved', { logs: [{ log: 'c_2', last: 12 }] }, 'some-resume'));
  await tick();

  expect(friend.last('conversation.open').body).toEqual({ conversation: 'c_2', after: 9 });
});

test('opens again when the friend says hello, and sends what was under way again', async () => {
  const { chat, friend } = await online(new FakeClock());
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  friend.forget();

  friend.tells(fact('friend.hello', {}));
  await tick();

  expect(friend.types).toEqual(['connection.open', 'conversation.open', 'message.send']);
});

test('opens again when the friend does not know this connection, and sends the message after that', async () => {
  const { chat, clock, friend } = await online(new FakeClock());
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  const { id } = friend.last('message.send');
  friend.refuses(id, 'not_open');
  await tick();
  friend.forget();

  clock.pass(1_000);
  await tick();

  expect(friend.types.slice(0, 3)).toEqual(['connection.open', 'conversation.open', 'message.send']);
  expect(new Set(friend.actions.filter(({ type }) => type === 'message.send').map((action) => action.id))).toEqual(
    new Set([id]),
  );
});

test('waits 300 ms for a gap to fill itself, then fetches what is missing', async () => {
  const { clock, friend } = await online(new FakeClock());

  friend.tells(message(6));
  await tick();
  clock.pass(299);
  await tick();
  expect(friend.types).toEqual([]);
  clock.pass(1);
  await tick();

  expect(friend.last('log.read').body).toEqual({ log: 'c_1', after: 3 });
});

test('fetches nothing where the gap has filled itself', async () => {
  const all = await online(new FakeClock());
  all.friend.tells(message(5));
  await tick();

  all.friend.tells(message(4));
  await tick();
  all.clock.pass(300);
  await tick();

  expect(all.friend.types).toEqual([]);
  expect(all.held.items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
});
