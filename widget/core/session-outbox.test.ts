import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { memoryOutbox } from '../stores/memory.ts';
import type { OutboxStore, StoredAction } from './ports.ts';
import { type Chatting, chatting } from './staged-chat.ts';
import { fact, message, openedPage, type StagedFriend, tick } from './staged-friend.ts';

let pages = 0;

/** One page of a person whose outbox outlives it. */
function pageWith(
  rows: Map<string, StoredAction>,
  outbox: OutboxStore = memoryOutbox(rows),
  conversation = 'room:lobby',
): Chatting<FakeClock> {
  pages += 1;
  return chatting(new FakeClock(1_800_000_000_000 + pages * 60_000), conversation, new Map([['secret', 's']]), {
    outbox,
  });
}

function sent(friend: StagedFriend): (readonly [text: string, after: boolean])[] {
  return friend.actions.flatMap((one) =>
    one.type === 'message.send' ? [[one.body.text, one.after !== undefined] as const] : [],
  );
}

/** Says `texts` where nobody answers, and leaves. */
async function wrote(rows: Map<string, StoredAction>, ...texts: readonly string[]): Promise<readonly string[]> {
  const { chat } = pageWith(rows);
  for (const text of texts) chat.act('message.send', { ref: 'room:lobby', text });
  await tick();
  const ids = chat.view.waiting.map(({ id }) => id);
  await chat.destroy();
  return ids;
}

test('keeps a message before it is seen, and begins that within the call', async () => {
  const rows = new Map<string, StoredAction>();
  const done = Promise.withResolvers<void>();
  const put = async (entry: StoredAction): Promise<void> => {
    rows.set(entry.action.id, entry);
    await done.promise;
  };
  const { chat } = pageWith(rows, { ...memoryOutbox(rows), put });

  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  expect(rows.size).toBe(1);
  await tick();
  expect(chat.view.waiting).toEqual([]);
  done.resolve();
  await tick();

  expect(chat.view.waiting).toMatchObject([{ text: 'hello', state: 'waiting' }]);
});

test('shows and sends after a reload what waited before it, with the same ids and in the same order', async () => {
  const rows = new Map<string, StoredAction>();
  const ids = await wrote(rows, 'one', 'two');

  const { chat, friend } = pageWith(rows);
  chat.act('message.send', { ref: 'room:lobby', text: 'three' });
  await tick();
  expect(chat.view.waiting.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  await friend.welcomes();

  expect(chat.view.waiting.map(({ id }) => id).slice(0, 2)).toEqual(ids);
  expect(sent(friend)).toEqual([
    ['one', false],
    ['two', true],
    ['three', true],
  ]);
});

test('sends what waits also where the store is slower than the stream', async () => {
  const rows = new Map<string, StoredAction>();
  await wrote(rows, 'one');
  const slow = Promise.withResolvers<void>();
  const { load } = memoryOutbox(rows);
  const { chat, friend } = pageWith(rows, { ...memoryOutbox(rows), load: () => slow.promise.then(() => load()) });
  chat.act('panel.open', {});
  await friend.welcomes();
  chat.act('message.send', { ref: 'room:lobby', text: 'two' });
  await tick();
  expect(sent(friend)).toEqual([]);

  slow.resolve();
  await tick();
  await tick();

  expect(sent(friend).map(([text]) => text)).toEqual(['one', 'two']);
});

test('reads nothing before the first intent', async () => {
  const rows = new Map<string, StoredAction>();
  let loads = 0;
  const load = async (): Promise<readonly StoredAction[]> => {
    loads += 1;
    return [];
  };
  const { chat, clock } = pageWith(rows, { ...memoryOutbox(rows), load });
  clock.pass(60_000);
  expect(loads).toBe(0);

  chat.act('panel.open', {});
  chat.act('panel.close', {});

  expect(loads).toBe(1);
});

test('forgets what is settled, live or by a page that tells of it', async () => {
  const rows = new Map<string, StoredAction>();
  const [one = '', two = ''] = await wrote(rows, 'one', 'two');
  const { chat, friend } = pageWith(rows);
  chat.act('panel.open', {});
  await friend.welcomes();

  const { id } = friend.last('conversation.open');
  friend.tells(...openedPage({ to: 1 }, [message(1, { by: 'u_me', re: one })], { re: id }));
  friend.tells(message(2, { by: 'u_me', re: two }));
  await tick();

  expect(rows.size).toBe(0);
  expect(chat.view.waiting).toEqual([]);
});

test('keeps what was refused for good as failed over a reload, until it is sent again or deleted', async () => {
  const rows = new Map<string, StoredAction>();
  const [one = '', two = ''] = await wrote(rows, 'one', 'two');
  const first = pageWith(rows);
  first.chat.act('panel.open', {});
  await first.friend.welcomes();
  for (const id of [one, two]) first.friend.refuses(id, 'not_found');
  await tick();
  await first.chat.destroy();

  const { chat, friend } = pageWith(rows);
  chat.act('panel.open', {});
  await friend.welcomes();
  expect(chat.view.waiting).toMatchObject([
    { id: one, state: 'failed', code: 'not_found' },
    { id: two, state: 'failed', code: 'not_found' },
  ]);
  expect(sent(friend)).toEqual([]);
  chat.act('message.retry', { id: one });
  chat.act('message.discard', { id: two });
  await tick();

  expect(sent(friend)).toEqual([['one', false]]);
  expect([...rows.values()].map(({ text, code }) => [text, code])).toEqual([['one', undefined]]);
});

test('says when what waits is not kept', async () => {
  const rows = new Map<string, StoredAction>();
  const { chat } = pageWith(rows, { ...memoryOutbox(rows), durable: false });

  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  await tick();

  expect(chat.view).toMatchObject({ durable: false, waiting: [{ text: 'hello' }] });
});

test('goes on with the rest when one message twice ended the stream', async () => {
  const rows = new Map<string, StoredAction>();
  await wrote(rows, 'deadly', 'harmless');
  const { chat, friend } = pageWith(rows);
  chat.act('panel.open', {});
  await friend.welcomes();
  friend.ends('broken');
  chat.act('link.retry', {});
  friend.forget();
  friend.up();
  await tick();
  expect(sent(friend)).toEqual([]);
  friend.tells(fact('connection.opened', openedBody, friend.last('connection.open').id));
  await tick();
  expect(sent(friend)).toEqual([['deadly', false]]);
  friend.ends('broken');
  expect(chat.view.waiting).toMatchObject([
    { text: 'deadly', state: 'failed', code: 'unsendable' },
    { text: 'harmless', state: 'waiting' },
  ]);
  expect([...rows.values()][0]?.code).toBe('unsendable');
  chat.act('link.retry', {});
  friend.forget();

  await friend.welcomes();
  await tick();

  expect(sent(friend)).toEqual([['harmless', false]]);
});

test('sets nothing aside where streams are only cut', async () => {
  const rows = new Map<string, StoredAction>();
  await wrote(rows, 'innocent');
  const { chat, friend } = pageWith(rows);
  chat.act('panel.open', {});

  for (let cut = 0; cut < 4; cut += 1) {
    await friend.welcomes();
    await tick();
    friend.ends('lost');
    chat.act('link.retry', {});
  }

  expect(chat.view.waiting).toMatchObject([{ text: 'innocent', state: 'waiting' }]);
});

const openedBody = {
  version: 1,
  user: { id: 'u_me', name: 'me', kind: 'visitor', verified: false },
  now: 0,
} as const;
