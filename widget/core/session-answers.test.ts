import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { chatting, online } from './staged-chat.ts';
import { message, type StagedFriend, tick } from './staged-friend.ts';

function textsSent(friend: StagedFriend): string[] {
  return friend.actions.flatMap((action) => (action.type === 'message.send' ? [action.body.text] : []));
}

test('sends again what was refused for now, not before the friend wants it', async () => {
  const { chat, clock, friend } = await online(new FakeClock());
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();
  const { id } = friend.last('message.send');
  friend.forget();

  friend.refuses(id, 'rate', 7_000);
  await tick();
  expect(chat.view.waiting).toMatchObject([{ state: 'waiting' }]);
  clock.pass(6_999);
  await tick();
  expect(textsSent(friend)).toEqual([]);
  clock.pass(1);
  await tick();

  expect(friend.actions.filter(({ type }) => type === 'message.send').map((action) => action.id)).toEqual([id]);
});

test('shows what was refused for good as failed, sends it again when the person asks, and forgets it when told to', async () => {
  const { chat, friend } = await online(new FakeClock());
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
  const { chat, clock, friend } = chatting(new FakeClock());
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
  const { chat, friend } = chatting(new FakeClock());
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

test('gives up a stream on which a message is not answered within ten seconds', async () => {
  const { chat, clock, friend } = await online(new FakeClock());
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();

  clock.pass(10_000);
  await tick();

  expect(friend.dials).toBe(2);
  expect(chat.view.waiting).toMatchObject([{ state: 'waiting' }]);
});

test('gives up such a stream also while the person writes on', async () => {
  const { chat, clock, friend } = await online(new FakeClock());

  for (let second = 0; second < 10; second += 1) {
    chat.act('message.send', { ref: 'room:lobby', text: `message ${second}` });
    await tick();
    clock.pass(1_000);
    await tick();
  }

  expect(friend.dials).toBe(2);
});

test('keeps a stream on which messages are answered, however many are sent', async () => {
  const { chat, clock, friend } = await online(new FakeClock());

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
  const { chat, clock, friend } = chatting(new FakeClock());
  chat.act('panel.open', {});
  await tick();
  friend.up();
  await tick();

  clock.pass(10_000);
  await tick();

  expect(friend.dials).toBe(2);
});

test('tries again while the friend is not there, without giving up the stream', async () => {
  const { chat, clock, friend } = await online(new FakeClock());
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
  const { chat, friend } = await online(new FakeClock());
  friend.bounces();
  await tick();
  friend.forget();

  chat.act('link.retry', {});
  await tick();

  expect(friend.types).toEqual(['connection.open', 'conversation.open']);
});

test('dials again where that was refused only when the person wants another try', async () => {
  const { chat, friend } = chatting(new FakeClock());
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
