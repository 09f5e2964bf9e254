import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { Chat } from './chat.ts';
import {
  countingRandom,
  fact,
  head,
  keepIn,
  message,
  openedPage,
  person,
  StagedFriend,
  tick,
} from './staged-friend.ts';
import type { Conversation } from './view.ts';

interface Chatting {
  readonly friend: StagedFriend;
  readonly clock: FakeClock;
  readonly chat: Chat;
  readonly kept: Map<string, string>;
  readonly held: Conversation;
}

function chatting(conversation = 'room:lobby', kept = new Map<string, string>()): Chatting {
  const friend = new StagedFriend();
  const clock = new FakeClock();
  const { transport } = friend;
  const random = countingRandom();
  const chat = new Chat({ transport, clock, random, keep: keepIn(kept), secretKey: 'secret', conversation });
  return {
    ...{ friend, clock, chat, kept },
    get held() {
      const { c_1: held } = chat.view.conversations;
      if (held === undefined) throw new Error('the conversation is not held');
      return held;
    },
  };
}

/** Somebody who is online and looks at `c_1`, which holds messages 1 to `to`. */
async function online(to = 3): Promise<Chatting> {
  const all = chatting();
  all.chat.act('panel.open', {});
  await all.friend.welcomes();
  const facts = Array.from({ length: to }, (_, index) => message(index + 1));
  all.friend.tells(...openedPage({ to }, facts, { re: all.friend.last('conversation.open').id }));
  await tick();
  all.friend.forget();
  return all;
}

function textsSent(friend: StagedFriend): string[] {
  return friend.actions.flatMap((action) => (action.type === 'message.send' ? [action.body.text] : []));
}

test('dials nothing and keeps nothing before the first intent', async () => {
  const { friend, clock, kept } = chatting();

  clock.pass(60_000);
  await tick();

  expect({ dials: friend.dials, kept: kept.size, timers: clock.waiting }).toEqual({ dials: 0, kept: 0, timers: 0 });
});

test('says who is there and what is looked at, with a secret that stays', async () => {
  const kept = new Map<string, string>();
  const first = chatting('support', kept);
  const second = chatting('support', kept);

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
  const { chat, friend } = chatting('inbox');

  chat.act('panel.open', {});
  await tick();
  await friend.welcomes();

  expect(friend.types).toEqual(['connection.open', 'conversation.list']);
});

test('sends what was written before the link was up, when it is up', async () => {
  const { chat, friend } = chatting();
  chat.act('message.send', { ref: 'room:lobby', text: ' early bird ' });
  await tick();
  expect(chat.view.waiting).toMatchObject([{ text: 'early bird', state: 'waiting' }]);

  await friend.welcomes();

  expect(friend.types).toEqual(['connection.open', 'conversation.open', 'message.send']);
  expect(chat.view.waiting).toMatchObject([{ state: 'sending' }]);
});

test('shows what was sent once, whether the fact comes live or the answer was lost', async () => {
  const all = await online();
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
  const { chat, friend } = await online();
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
  const { friend } = await online();
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
  const { chat, friend } = await online();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  friend.forget();

  friend.tells(fact('friend.hello', {}));
  await tick();

  expect(friend.types).toEqual(['connection.open', 'conversation.open', 'message.send']);
});

test('opens again when the friend does not know this connection, and sends the message after that', async () => {
  const { chat, clock, friend } = await online();
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

test('sends again what was refused for now, not before the friend wants it', async () => {
  const { chat, clock, friend } = await online();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  const { id } = friend.last('message.send');
  friend.forget();

  friend.refuses(id, 'rate', 7_000);
  await tick();
  expect(chat.view.waiting).toMatchObject([{ state: 'waiting' }]);
  clock.pass(6_999);
  await tick();
  expect(friend.types).toEqual([]);
  clock.pass(1);
  await tick();

  expect(friend.actions.map((action) => action.id)).toEqual([id]);
});

test('shows what was refused for good as failed, sends it again when the person asks, and forgets it when told to', async () => {
  const { chat, friend } = await online();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  const { id } = friend.last('message.send');
  friend.refuses(id, 'not_found');
  await tick();
  expect(chat.view.waiting).toMatchObject([{ id, state: 'failed', code: 'not_found' }]);
  friend.forget();

  chat.act('message.retry', { id });
  await tick();
  expect(friend.last('message.send').id).toBe(id);
  friend.refuses(id, 'not_found');
  await tick();
  chat.act('message.discard', { id });
  await tick();

  expect(chat.view.waiting).toEqual([]);
});

test('opens later where the friend has too much to do', async () => {
  const { chat, clock, friend } = chatting();
  chat.act('panel.open', {});
  await tick();
  friend.up();
  await tick();
  friend.refuses(friend.last('connection.open').id, 'rate', 3_000);
  await tick();
  friend.forget();

  clock.pass(3_000);
  await tick();

  expect(friend.types).toEqual(['connection.open', 'conversation.open']);
});

test('says that it is outdated, and does not dial again', async () => {
  const { chat, friend } = chatting();
  chat.act('message.send', { ref: 'support', text: 'kept' });
  await tick();
  friend.up();
  await tick();

  friend.refuses(friend.last('connection.open').id, 'outdated');
  await tick();
  friend.ends('lost');
  await tick();
  chat.act('panel.open', {});
  await tick();

  expect(chat.view).toMatchObject({ link: { state: 'outdated' }, waiting: [{ text: 'kept' }] });
  expect(friend.dials).toBe(1);
});

test('waits 300 ms for a gap to fill itself, then fetches what is missing', async () => {
  const { clock, friend } = await online();

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
  const all = await online();
  all.friend.tells(message(5));
  await tick();

  all.friend.tells(message(4));
  await tick();
  all.clock.pass(300);
  await tick();

  expect(all.friend.types).toEqual([]);
  expect(all.held.items.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
});

test('gives up a stream on which a message is not answered within ten seconds', async () => {
  const { chat, clock, friend } = await online();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();

  clock.pass(10_000);
  await tick();

  expect(friend.dials).toBe(2);
  expect(chat.view.waiting).toMatchObject([{ state: 'waiting' }]);
});

test('gives up such a stream also while the person writes on', async () => {
  const { chat, clock, friend } = await online();

  for (let second = 0; second < 10; second += 1) {
    chat.act('message.send', { ref: 'room:lobby', text: `message ${second}` });
    await tick();
    clock.pass(1_000);
    await tick();
  }

  expect(friend.dials).toBe(2);
});

test('keeps a stream on which messages are answered, however many are sent', async () => {
  const { chat, clock, friend } = await online();

  for (let seq = 4; seq < 24; seq += 1) {
    chat.act('message.send', { ref: 'room:lobby', text: `message ${seq}` });
    await tick();
    clock.pass(1_000);
    await tick();
    const sent = friend.actions.filter(({ type }) => type === 'message.send');
    friend.tells(message(seq, { by: 'u_me', ...(sent[seq - 4] ? { re: sent[seq - 4]?.id } : {}) } as object));
    await tick();
  }

  expect(friend.dials).toBe(1);
  expect(chat.view.waiting).toEqual([]);
});

test('gives up a stream on which the opening is not answered', async () => {
  const { chat, clock, friend } = chatting();
  chat.act('panel.open', {});
  await tick();
  friend.up();
  await tick();

  clock.pass(10_000);
  await tick();

  expect(friend.dials).toBe(2);
});

test('tries again while the friend is not there, without giving up the stream', async () => {
  const { chat, clock, friend } = await online();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  const { id } = friend.last('message.send');
  friend.bounces();
  await tick();
  expect(chat.view).toMatchObject({ link: { state: 'waiting' }, waiting: [{ id, state: 'waiting' }] });

  for (let second = 0; second < 60; second += 1) {
    const sent = friend.frames.length;
    clock.pass(1_000);
    await tick();
    if (friend.frames.length > sent) friend.bounces();
  }
  expect(friend.dials).toBe(1);
  expect(new Set(textsSent(friend))).toEqual(new Set(['hello']));
  clock.pass(3_000);
  await tick();
  await friend.welcomes();

  expect(chat.view.link.state).toBe('online');
});

test('asks the friend again at once when the person wants another try', async () => {
  const { chat, friend } = await online();
  friend.bounces();
  await tick();
  friend.forget();

  chat.act('link.retry', {});
  await tick();

  expect(friend.types).toEqual(['connection.open', 'conversation.open']);
});

test('dials again where that was refused only when the person wants another try', async () => {
  const { chat, friend } = chatting();
  chat.act('panel.open', {});
  await tick();
  friend.ends('refused');
  await tick();

  chat.act('panel.open', {});
  await tick();
  expect(friend.dials).toBe(1);
  chat.act('link.retry', {});
  await tick();

  expect(friend.dials).toBe(2);
});

test('fetches older items once, and says so while they come', async () => {
  const all = chatting();
  all.chat.act('panel.open', {});
  await tick();
  await all.friend.welcomes();
  const { id } = all.friend.last('conversation.open');
  all.friend.tells(...openedPage({ after: 10, to: 12, more: true }, [message(11), message(12)], { re: id }));
  await tick();

  all.chat.act('history.older', { ref: 'room:lobby' });
  await tick();
  all.chat.act('history.older', { ref: 'room:lobby' });
  await tick();

  expect(all.friend.types.filter((type) => type === 'log.read')).toHaveLength(1);
  expect(all.friend.last('log.read').body).toEqual({ log: 'c_1', before: 11 });
  expect(all.held.fetching).toBe(true);
});

test('asks for older items again after the link was lost meanwhile', async () => {
  const all = chatting();
  all.chat.act('panel.open', {});
  await tick();
  await all.friend.welcomes();
  const { id } = all.friend.last('conversation.open');
  all.friend.tells(...openedPage({ after: 10, to: 12, more: true }, [message(11), message(12)], { re: id }));
  await tick();
  all.chat.act('history.older', { ref: 'room:lobby' });
  await tick();
  all.friend.ends('lost');
  await tick();
  all.chat.act('link.retry', {});
  await tick();
  await all.friend.welcomes();
  const again = all.friend.last('conversation.open').id;
  all.friend.tells(...openedPage({ after: 12, to: 12, more: true, snapshot: false }, [], { re: again }));
  await tick();
  all.friend.forget();

  all.chat.act('history.older', { ref: 'room:lobby' });
  await tick();

  expect(all.friend.types).toEqual(['log.read']);
});

test('marks what was seen at once, and after that every two seconds at most, the newest always', async () => {
  const { chat, clock, friend } = await online(20);
  const marks: (readonly [number, number | undefined])[] = [];
  const started = clock.now();
  for (let seq = 1; seq <= 10; seq += 1) {
    friend.forget();
    chat.act('conversation.seen', { ref: 'room:lobby', seq });
    await tick();
    clock.pass(500);
    await tick();
    for (const action of friend.actions)
      if (action.type === 'marker.set') marks.push([clock.now() - started, action.body.read]);
  }
  friend.forget();
  clock.pass(2_000);
  await tick();

  expect(marks).toEqual([
    [500, 1],
    [2_000, 4],
    [4_000, 8],
  ]);
  expect(friend.last('marker.set').body.read).toBe(10);
});

test('keeps what was read while the link was down as read, and tells it when the link is back', async () => {
  const all = await online();
  all.friend.ends('lost');
  all.chat.act('conversation.seen', { ref: 'room:lobby', seq: 3 });
  await tick();
  all.clock.pass(2_000);
  all.chat.act('link.retry', {});
  await all.friend.welcomes();
  const { id } = all.friend.last('conversation.open');

  all.friend.tells(...openedPage({ after: 3, to: 3, snapshot: false }, [], { re: id, head: { unread: 3 } }));
  await tick();

  expect(all.held).toMatchObject({ read: 3, unread: 0 });
  expect(all.friend.last('marker.set').body).toEqual({ conversation: 'c_1', read: 3 });
});

test('becomes a colleague by an invite, and asks for the list once it is one', async () => {
  const { chat, friend } = await online();
  chat.accept('token');
  await tick();
  const { id } = friend.last('invite.accept');

  friend.tells({ ...fact('profile.changed', { person: person('u_me') }, id), log: 'u_me', seq: 1, prev: 0 });
  await tick();

  expect(friend.last('conversation.list').body).toEqual({});
  friend.forget();
  friend.tells(fact('friend.hello', {}));
  await tick();
  expect(friend.types).not.toContain('invite.accept');
});

test('continues a list where it ended', async () => {
  const { chat, friend } = chatting('inbox');
  chat.act('panel.open', {});
  await tick();
  await friend.welcomes();
  const { id } = friend.last('conversation.list');
  friend.tells(fact('conversation.listed', { conversations: [head(3)], next: '7 c_1' }, id));
  await tick();

  chat.act('list.more', {});
  await tick();

  expect(friend.last('conversation.list').body).toEqual({ before: '7 c_1' });
});

test('leaves no timer behind when destroyed', async () => {
  const { chat, clock, friend } = await online();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  chat.act('conversation.seen', { ref: 'room:lobby', seq: 2 });
  await tick();
  friend.tells(message(9), fact('typing.changed', { conversation: 'c_1', user: 'u_bob', on: true }));
  await tick();

  await chat.destroy();

  expect(clock.waiting).toBe(0);
});
