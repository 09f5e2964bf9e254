import { expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { memoryOutbox } from '../stores/memory.ts';
import type { StoredAction } from './ports.ts';
import { type Chatting, chatting } from './staged-chat.ts';
import { fact, message, openedPage, person, type StagedFriend, tick } from './staged-friend.ts';

const old = 'o'.repeat(43);
const token = 'a.good.token';
const day = 86_400_000;

/** Somebody who is online as `u_me` and holds messages of `c_1`. */
async function visitor(more: Parameters<typeof chatting>[3] = {}): Promise<Chatting<FakeClock>> {
  const all = chatting(new FakeClock(), 'support', new Map([['secret', old]]), more);
  all.chat.act('panel.open', {});
  await all.friend.welcomes();
  all.friend.tells(...openedPage({ to: 1 }, [message(1)], { re: all.friend.last('conversation.open').id }));
  await tick();
  all.friend.forget();
  return all;
}

/** Time goes by as it does: whoever answers at once does so in between. */
async function passes(clock: FakeClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    clock.pass(500);
    await tick();
  }
}

/** The friend takes the token: `user` is here from now on. */
async function identified(friend: StagedFriend, user: string, until = 30 * day): Promise<void> {
  await tick();
  const { id } = friend.last('user.identify');
  friend.tells(fact('user.identified', { user: person(user), until }, id));
  await tick();
}

/** The friend greets, and answers the opening that follows. */
async function greets(friend: StagedFriend, user: string): Promise<void> {
  friend.forget();
  friend.tells(fact('friend.hello', {}));
  await tick();
  friend.tells(
    fact('connection.opened', { version: 1, user: person(user), now: 0 }, friend.last('connection.open').id),
  );
  await tick();
}

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
  const { chat, friend, kept } = await visitor();

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
  const { chat, friend, kept, held } = await visitor();

  (await chat.login()).identify(token);
  await identified(friend, 'u_me');

  expect(kept.get('secret')).toBe(old);
  expect(chat.view.conversations.c_1).toBe(held);
});

test('says why a token is not taken, and goes on as who it was', async () => {
  const warn = vi.fn();
  const { chat, friend, held } = await visitor({ warn });
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
  const { chat, clock, friend } = await visitor();
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
  const { chat, friend } = await visitor();
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

test('logs out: with the answer, nothing of who was here is left', async () => {
  const rows = new Map<string, StoredAction>();
  const { chat, clock, friend, kept } = await visitor({ outbox: memoryOutbox(rows) });
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
  const { chat, friend, kept } = await visitor();
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
  const { chat, clock, friend } = await visitor({ outbox: memoryOutbox() });
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
  const all = await visitor({ outbox: memoryOutbox(rows, 'this tab') });
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
  const { chat, clock, kept } = await visitor();

  const done = (await chat.login()).logOut();
  await tick();
  clock.pass(5_000);

  expect(await done).toEqual({ done: true, unsent: [] });
  expect(kept.size).toBe(0);
});

test('leaves with the tab that logs out', async () => {
  const { chat, friend, kept } = await visitor({ outbox: memoryOutbox() });

  kept.clear();
  friend.tells(fact('friend.hello', {}));
  await tick();

  expect(friend.types).toEqual([]);
  expect(chat.view).toMatchObject({ conversations: {}, open: false, link: { state: 'idle' } });
  expect(kept.size).toBe(0);
});

test('follows the tab that signs in', async () => {
  const { chat, friend, kept } = await visitor();

  kept.set('secret', 'n'.repeat(43));
  friend.tells(fact('friend.hello', {}));
  await tick();

  expect(friend.last('connection.open').body.secret).toBe('n'.repeat(43));
  expect(chat.view).toMatchObject({ conversations: {}, open: true });
});

test('drops the view where the same secret names another user by now', async () => {
  const { chat, friend } = await visitor();

  await greets(friend, 'u_ann');

  expect(friend.types.filter((type) => type === 'connection.open')).toHaveLength(2);
  expect(chat.view.conversations).toEqual({});
});

test('looks once more for the secret of another tab before it takes itself for logged out', async () => {
  const { chat, clock, friend, kept } = await visitor();
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
  const { chat, clock, friend, kept } = await visitor();
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
  const { chat, clock, friend, kept } = await visitor();
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
  const { chat, clock, friend, kept } = await visitor();
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
