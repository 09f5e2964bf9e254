import { expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { memoryOutbox } from '../stores/memory.ts';
import type { StoredAction } from './ports.ts';
import { chatting } from './staged-chat.ts';
import { fact, message, tick } from './staged-friend.ts';
import { old, visitor } from './staged-login.ts';

test('logs out: with the answer, nothing of who was here is left', async () => {
  const rows = new Map<string, StoredAction>();
  const { chat, clock, friend, kept } = await visitor(new FakeClock(), { outbox: memoryOutbox(rows) });
  kept.set('secret:draft:support', 'What I never sent');
  kept.set('secret of another', 'stays');

  const done = (await chat.login()).logOut();
  await tick();
  friend.tells(fact('ack', {}, friend.last('user.logout').id), fact('friend.hello', {}));
  const result = await done;
  await tick();

  expect(result).toEqual({ done: true, unsent: [] });
  expect([...kept.keys()]).toEqual(['secret of another']);
  expect(chat.view).toMatchObject({ conversations: {}, waiting: [], open: false, link: { state: 'idle' } });
  expect(chat.view.me).toBeUndefined();
  expect(friend.types).toEqual(['user.logout']);
  expect(clock.waiting).toBe(0);
});

test('comes with a new secret after that', async () => {
  const { chat, friend, kept } = await visitor(new FakeClock());
  const done = (await chat.login()).logOut();
  await tick();
  friend.tells(fact('ack', {}, friend.last('user.logout').id));
  await done;
  friend.forget();

  chat.act('panel.open', {});
  await friend.welcomes();

  const { secret } = friend.last('connection.open').body;
  expect(secret).not.toBe(old);
  expect(kept.get('secret')).toBe(secret);
});

test('dials to log out whom an earlier page has left here, and nobody where nobody was', async () => {
  const left = chatting(new FakeClock(), 'support', new Map([['secret', old]]));
  const none = chatting(new FakeClock());

  const done = (await left.chat.login()).logOut();
  await tick();
  await left.friend.welcomes();
  await tick();
  left.friend.tells(fact('ack', {}, left.friend.last('user.logout').id));
  await done;
  await (await none.chat.login()).logOut();

  expect(left.kept.size).toBe(0);
  expect(none.friend.dials).toBe(0);
});

test('sends what waits before it logs out', async () => {
  const { chat, clock, friend } = await visitor(new FakeClock(), { outbox: memoryOutbox() });
  chat.act('message.send', { ref: 'support', text: 'on its way' });
  await tick();

  const done = (await chat.login()).logOut();
  await tick();
  expect(friend.types).toEqual(['message.send']);
  friend.tells(message(2, { by: 'u_me', re: friend.last('message.send').id }));
  await tick();
  clock.pass(250);
  await vi.waitFor(() => expect(friend.types).toEqual(['message.send', 'user.logout']));
  friend.tells(fact('ack', {}, friend.last('user.logout').id));

  expect(await done).toEqual({ done: true, unsent: [] });
});

test('names what cannot be sent, of all tabs, and forgets it only by force', async () => {
  const rows = new Map<string, StoredAction>();
  const all = await visitor(new FakeClock(), { outbox: memoryOutbox(rows, 'this tab') });
  const { chat, clock, friend, kept } = all;
  chat.act('message.send', { ref: 'support', text: 'here' });
  await tick();
  const action = chat.view.waiting[0];
  await memoryOutbox(rows, 'another tab').put({
    ...(rows.get(action?.id ?? '') as StoredAction),
    text: 'there',
    action: { id: 'other', type: 'message.send', at: 1, body: {} },
  });

  const asked = (await chat.login()).logOut();
  for (let waited = 0; waited <= 5_000; waited += 250) {
    await tick();
    clock.pass(250);
  }
  const result = await asked;
  expect(result).toEqual({
    done: false,
    unsent: [
      { ref: 'support', text: 'here' },
      { ref: 'support', text: 'there' },
    ],
  });
  expect([kept.get('secret'), chat.view.waiting.length]).toEqual([old, 1]);

  const forced = (await chat.login()).logOut({ force: true });
  await tick();
  friend.tells(fact('ack', {}, friend.last('user.logout').id));

  expect(await forced).toEqual({ done: true, unsent: [] });
  expect([kept.size, rows.size, chat.view.waiting.length]).toEqual([0, 0, 0]);
});

test('forgets all the same where the friend does not answer', async () => {
  const { chat, clock, kept } = await visitor(new FakeClock());

  const done = (await chat.login()).logOut();
  await tick();
  clock.pass(5_000);

  expect(await done).toEqual({ done: true, unsent: [] });
  expect(kept.size).toBe(0);
});
