import { afterEach, expect, test } from 'vitest';
import { friendInPage, type PageFriend } from './page-friend.ts';
import { keepInMemory } from './speaker.ts';

let page: PageFriend;

afterEach(() => page.stop());

test('shows two who became contacts and talk to each other as there, as gone, and as back', async () => {
  page = await friendInPage();
  const keep = keepInMemory();
  const [ann, bob] = [
    page.person('ann', { conversation: 'inbox' }),
    page.person('bob', { conversation: 'inbox', keep }),
  ];
  const [annId, bobId] = await Promise.all(
    [ann, bob].map((one) => one.until('to be known', ({ me, link }) => link.state === 'online' && me?.id)),
  );
  await ann.chat.wish('relation.ask', { user: bobId, kind: 'contact' });
  await bob.chat.wish('relation.accept', { user: annId });

  ann.opens(`user:${bobId}`);
  ann.says('Hello');
  const there = await ann.until('to see him', ({ presence }) => presence[bobId ?? '']?.show === 'available');
  await bob.leaves();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const gone = await ann.until('to see him gone', ({ presence }) => presence[bobId ?? '']?.seen);
  page.person('bob', { conversation: 'inbox', keep });
  const back = await ann.until('to see him back', ({ presence }) => presence[bobId ?? '']?.show === 'available');

  expect([there, back]).toEqual([true, true]);
  expect(gone).toBeGreaterThan(Date.now() - 20_000);
  expect(page.complaints).toEqual([]);
});
