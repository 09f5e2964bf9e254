import { expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { chatting } from './staged-chat.ts';
import { fact, tick } from './staged-friend.ts';
import { greets, identified, old, passes, token, visitor } from './staged-login.ts';

test('becomes the user of a token at the first opening, without having been a visitor', async () => {
  const { chat, friend, kept } = chatting(new FakeClock(), 'support');
  chat.act('message.send', { ref: 'support', text: 'hello' });
  (await chat.login()).identify(token);

  friend.up();
  await tick();
  expect(friend.types).toEqual(['user.identify']);
  const { body } = friend.last('user.identify');
  await identified(friend, 'u_ann');
  await greets(friend, 'u_ann');

  expect(body).toEqual({ token, secret: kept.get('secret') });
  expect(friend.types).toEqual(['connection.open', 'conversation.open', 'message.send']);
  expect(friend.last('connection.open').body.secret).toBe(body.secret);
  expect(chat.view.me?.id).toBe('u_ann');
});

test('drops the view of the visitor, opens with the new secret, and sends what was written as who is here then', async () => {
  const { chat, friend, kept } = await visitor(new FakeClock());

  (await chat.login()).identify(() => Promise.resolve(token));
  chat.act('message.send', { ref: 'support', text: 'as Ann' });
  await tick();
  expect(friend.types).toEqual(['user.identify']);
  await identified(friend, 'u_ann');
  friend.tells(fact('friend.hello', {}));
  await tick();

  expect(chat.view).toMatchObject({ conversations: {}, open: true, screen: { ref: 'support' }, turn: 1 });
  expect(friend.types).toEqual(['user.identify', 'connection.open', 'conversation.open', 'message.send']);
  const { secret } = friend.last('connection.open').body;
  expect([secret, kept.get('secret')]).toEqual(Array(2).fill(friend.last('user.identify').body.secret));
  expect(secret).not.toBe(old);
});

test('changes nothing for who is here already', async () => {
  const { chat, friend, kept, held } = await visitor(new FakeClock());

  (await chat.login()).identify(token);
  await identified(friend, 'u_me');

  expect(kept.get('secret')).toBe(old);
  expect(chat.view.conversations.c_1).toBe(held);
});

test('says why a token is not taken, and goes on as who it was', async () => {
  const warn = vi.fn();
  const { chat, friend, held } = await visitor(new FakeClock(), { warn });
  const refused: unknown[] = [];
  chat.on('error', ({ body }) => refused.push(body.code));

  (await chat.login()).identify('a.wrong.token');
  chat.act('message.send', { ref: 'support', text: 'hello' });
  await tick();
  friend.refuses(friend.last('user.identify').id, 'token_invalid');
  await tick();

  expect(warn.mock.calls).toEqual([['befriend: identify failed: token_invalid']]);
  expect(refused).toEqual(['token_invalid']);
  expect(friend.types).toEqual(['user.identify', 'message.send']);
  expect(chat.view.conversations.c_1).toBe(held);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no session');
    },
    'Error: no session',
  ],
  ['rejects', () => Promise.reject(new Error('no session')), 'Error: no session'],
  ['never resolves', () => new Promise<string>(() => undefined), 'no token came, or no answer'],
])('comes as a visitor where what fetches a token %s', async (_, source, why) => {
  const warn = vi.fn();
  const { chat, clock, friend } = chatting(new FakeClock(), 'support', new Map(), { warn });
  (await chat.login()).identify(source);

  friend.up();
  await passes(clock, 10_000);

  expect(warn.mock.calls).toEqual([[`befriend: identify failed: ${why}`]]);
  expect(friend.types).toEqual(['connection.open', 'conversation.open']);
});

test('fetches another token before the binding ends', async () => {
  const source = vi.fn(() => token);
  const { chat, clock, friend } = await visitor(new FakeClock());
  (await chat.login()).identify(source);
  await identified(friend, 'u_me', clock.now() + 90_000);
  friend.forget();

  await passes(clock, 44_500);
  expect(source).toHaveBeenCalledTimes(1);
  await passes(clock, 500);

  expect(source).toHaveBeenCalledTimes(2);
  expect(friend.last('user.identify').body.token).toBe(token);
});

test('says the same again after every new stream, until it is answered', async () => {
  const { chat, friend } = await visitor(new FakeClock());
  (await chat.login()).identify(token);
  await tick();
  const first = friend.last('user.identify').body;
  friend.forget();

  friend.ends('lost');
  chat.act('link.retry', {});
  await friend.welcomes();
  await tick();

  expect(friend.types).toEqual(['connection.open', 'conversation.open', 'user.identify']);
  expect(friend.last('user.identify').body).toEqual(first);
});
