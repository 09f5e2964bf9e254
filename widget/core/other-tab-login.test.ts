import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { memoryOutbox } from '../stores/memory.ts';
import { fact, tick } from './staged-friend.ts';
import { greets, identified, old, token, visitor } from './staged-login.ts';

test('leaves with the tab that logs out', async () => {
  const { chat, friend, kept } = await visitor(new FakeClock(), { outbox: memoryOutbox() });

  kept.clear();
  friend.tells(fact('friend.hello', {}));
  await tick();

  expect(friend.types).toEqual([]);
  expect(chat.view).toMatchObject({ conversations: {}, open: false, link: { state: 'idle' } });
  expect(kept.size).toBe(0);
});

test('follows the tab that signs in', async () => {
  const { chat, friend, kept } = await visitor(new FakeClock());

  kept.set('secret', 'n'.repeat(43));
  friend.tells(fact('friend.hello', {}));
  await tick();

  expect(friend.last('connection.open').body.secret).toBe('n'.repeat(43));
  expect(chat.view).toMatchObject({ conversations: {}, open: true });
});

test('drops the view where the same secret names another user by now', async () => {
  const { chat, friend } = await visitor(new FakeClock());

  await greets(friend, 'u_ann');

  expect(friend.types.filter((type) => type === 'connection.open')).toHaveLength(2);
  expect(chat.view.conversations).toEqual({});
});

test('looks once more for the secret of another tab before it takes itself for logged out', async () => {
  const { chat, clock, friend, kept } = await visitor(new FakeClock());
  friend.tells(fact('friend.hello', {}));
  await tick();
  friend.refuses(friend.last('connection.open').id, 'not_found');
  await chat.login();
  await tick();
  friend.forget();

  kept.set('secret', 'n'.repeat(43));
  clock.pass(1_000);
  await tick();

  expect(friend.last('connection.open').body.secret).toBe('n'.repeat(43));
  expect(chat.view.open).toBe(true);
});

test('forgets who was here where the secret opens nothing any more', async () => {
  const { chat, clock, friend, kept } = await visitor(new FakeClock());
  friend.tells(fact('friend.hello', {}));
  await tick();
  friend.refuses(friend.last('connection.open').id, 'not_found');
  await chat.login();
  await tick();
  expect(kept.get('secret')).toBe(old);

  clock.pass(1_000);
  await tick();

  expect(kept.size).toBe(0);
  expect(chat.view).toMatchObject({ conversations: {}, open: false, link: { state: 'idle' } });
});

test('takes a login up again that has run out, by the secret that it had', async () => {
  const { chat, clock, friend, kept } = await visitor(new FakeClock());
  (await chat.login()).identify(() => token);
  await identified(friend, 'u_me');
  friend.forget();
  friend.tells(fact('friend.hello', {}));
  await tick();
  friend.refuses(friend.last('connection.open').id, 'not_found');
  await chat.login();
  await tick();

  clock.pass(1_000);
  await identified(friend, 'u_me');
  await greets(friend, 'u_me');

  expect(friend.last('connection.open').body.secret).toBe(old);
  expect(kept.get('secret')).toBe(old);
  expect(chat.view.conversations.c_1).toBeDefined();
});

test('comes as another device where the one that it was is logged out for good', async () => {
  const { chat, clock, friend, kept } = await visitor(new FakeClock());
  (await chat.login()).identify(() => token);
  await identified(friend, 'u_me');
  friend.tells(fact('friend.hello', {}));
  await tick();
  friend.refuses(friend.last('connection.open').id, 'not_found');
  await chat.login();
  await tick();
  clock.pass(1_000);
  await tick();
  friend.refuses(friend.last('user.identify').id, 'not_found');
  await tick();
  friend.forget();

  friend.up();
  await tick();
  await identified(friend, 'u_me');

  const { secret } = friend.last('user.identify').body;
  expect(friend.types).toEqual(['user.identify']);
  expect(secret).not.toBe(old);
  expect(kept.get('secret')).toBe(secret);
});
