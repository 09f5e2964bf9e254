import { afterEach, expect, test } from 'vitest';
import { append } from '../core/effect.ts';
import { friendInPage, type PageFriend, type PageFriendOptions } from './page-friend.ts';
import { keepInMemory, type Speaker } from './speaker.ts';

let page: PageFriend | undefined;

async function inPage(options?: PageFriendOptions): Promise<PageFriend> {
  page = await friendInPage(options);
  return page;
}

afterEach(async () => {
  await page?.stop();
  const { complaints } = page ?? {};
  page = undefined;
  expect(complaints).toEqual([]);
});

function linesOf({ conversation }: Speaker): string[] {
  const { items = [] } = conversation ?? {};
  return items.map((item) => {
    if (item.kind === 'message') return `${item.seq} ${item.text}`;
    return `${item.seq} ${item.kind === 'renamed' ? item.name : item.person.name} ${item.kind}`;
  });
}

test('lets people hear each other in the same order', async () => {
  const { ann, bob } = (await inPage()).people('ann', 'bob');

  ann.says('Is the kettle on?');
  await bob.hears('Is the kettle on?');
  bob.says('It is.');
  await ann.hears('It is.');
  await bob.isHeard();

  expect(linesOf(ann)).toEqual(['2 ann joined', '3 Is the kettle on?', '4 bob joined', '5 It is.']);
  expect(linesOf(bob)).toEqual(linesOf(ann));
});

test('stores what was said while the friend was away once, and tells it when it is back', async () => {
  const stage = await inPage();
  const { ann, bob } = stage.people('ann', 'bob');
  ann.says('before');
  await bob.hears('before');

  await stage.stopFriend();
  ann.says('meanwhile');
  await ann.until('to learn that nobody is there', ({ link }) => link.state === 'waiting');
  await stage.startFriend();
  await bob.hears('meanwhile');
  await ann.isHeard();

  const stored = await stage.store.page({ log: 'c_room_lobby', after: 0, limit: 50 });
  expect(stored.filter(({ body }) => body.includes('meanwhile'))).toHaveLength(1);
});

test('lets a bot answer by a reaction', async () => {
  const stage = await inPage({
    prepare: (friend) =>
      friend.after('message.sent', ({ fact }) =>
        fact.body.text === 'ping' ? [append(fact.log, 'message.sent', { text: 'pong' }, { item: true })] : [],
      ),
  });
  const { ann } = stage.people('ann');

  ann.says('ping');

  await expect(ann.hears('pong')).resolves.toMatchObject({ by: 'friend' });
});

test('knows who comes back by what was kept', async () => {
  const stage = await inPage();
  const keep = keepInMemory();
  const before = stage.person('ann', { keep });
  before.says('I was here');
  await before.isHeard();
  await before.leaves();

  const after = stage.person('ann', { keep });
  await after.until('to see the message again', () => after.conversation?.items.length === 2);

  expect(after.view.me?.id).toBe(before.view.me?.id);
});

test('gives the page its own WebSocket back, and no stream is left', async () => {
  const own = WebSocket;
  const stage = await inPage();
  const { ann } = stage.people('ann');
  await ann.until('to be online', ({ link }) => link.state === 'online');
  expect(WebSocket).not.toBe(own);

  await stage.stop();

  expect(WebSocket).toBe(own);
  expect(stage.connected).toBe(0);
});
