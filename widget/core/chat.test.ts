import { expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { chatting, online } from './staged-chat.ts';
import { fact, head, message, openedPage, person, tick } from './staged-friend.ts';

test('fetches older items once, and says so while they come', async () => {
  const all = chatting(new FakeClock());
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
  const all = chatting(new FakeClock());
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
  const { chat, clock, friend } = await online(new FakeClock(), 20);
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
  const all = await online(new FakeClock());
  all.friend.ends('lost');
  all.chat.act('conversation.seen', { ref: 'room:lobby', seq: 3 });
  await tick();
  all.clock.pass(2_000);
  all.chat.act('link.retry', {});
  await all.friend.welcomes();
  const { id } = all.friend.last('conversation.open');

  all.friend.tells(...openedPage({ after: 3, to: 3, snapshot: false }, [], { re: id, head: { unread: 3 } }));
  await tick();
  all.clock.pass(1_500);
  await tick();

  expect(all.held).toMatchObject({ read: 3, unread: 0 });
  expect(all.friend.last('marker.set').body).toEqual({ conversation: 'c_1', read: 3, delivered: 3 });
});

test('becomes a colleague by an invite, and asks for the list once it is one', async () => {
  const { chat, friend } = await online(new FakeClock());
  (await chat.login()).accept('token');
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
  const { chat, friend } = chatting(new FakeClock(), 'inbox');
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
  const { chat, clock, friend } = await online(new FakeClock());
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  chat.act('conversation.seen', { ref: 'room:lobby', seq: 2 });
  await tick();
  friend.tells(message(9), fact('typing.changed', { conversation: 'c_1', user: 'u_bob', on: true }));
  await tick();

  await chat.destroy();

  expect(clock.waiting).toBe(0);
});

test('tells that a message with files was not kept where what sends files cannot be loaded, and tries anew', async () => {
  const files = vi.fn(() => Promise.reject(new Error('no such chunk')));
  const { chat } = chatting(new FakeClock(), 'room:lobby', new Map(), { files });
  const left = vi.fn();

  chat.act('message.send', { ref: 'room:lobby', text: 'look', files: [], left });
  await tick();
  chat.act('message.send', { ref: 'room:lobby', text: 'look', files: [], left });
  await tick();

  expect(left.mock.calls).toEqual([[false], [false]]);
  expect(files).toHaveBeenCalledTimes(2);
});
