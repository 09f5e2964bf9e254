import { afterEach, beforeEach, expect, test } from 'vitest';
import { page as browser } from 'vitest/browser';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import { MountedWidget } from './mounted-widget.ts';

let page: PageFriend;
const widgets: MountedWidget[] = [];

/** Two widgets of one scope in one page are to each other like two tabs. */
async function opened(side: string): Promise<MountedWidget> {
  const widget = new MountedWidget({ ...page.addresses, conversation: 'room:lobby', scope: 'tabs', side });
  widgets.push(widget);
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  return widget;
}

beforeEach(async () => {
  localStorage.clear();
  await browser.viewport(1280, 800);
  page = await friendInPage();
});

afterEach(async () => {
  for (const { instance } of widgets.splice(0)) instance.destroy();
  await expect.poll(() => document.querySelectorAll('befriend-chat').length).toBe(0);
  await page.stop();
  expect(page.complaints).toEqual([]);
});

test('sends in a living tab what another had written and could not send before its end', async () => {
  const [first, second] = [await opened('start'), await opened('end')];
  await second.say('before');
  await expect.poll(() => first.messages).toEqual(['before']);
  await page.stopFriend();
  await first.say('left behind');
  await expect.poll(() => first.all('.row.own.waiting').length).toBe(1);
  expect(second.messages).toEqual(['before']);

  await first.instance.destroy();
  await expect.poll(() => second.messages).toEqual(['before', 'left behind']);
  await page.startFriend();

  await expect.poll(() => second.all('.row.own.waiting, .row.own.sending').length, { timeout: 5_000 }).toBe(0);
  const stored = await page.store.page({ log: 'c_room_lobby', after: 0, limit: 50 });
  expect(stored.filter(({ body }) => body.includes('left behind'))).toHaveLength(1);
});

test('counts a message no more in one tab when the person has read it in another', async () => {
  const { bob } = page.people('bob');
  const [reading, other] = [await opened('start'), await opened('end')];
  const badge = (widget: MountedWidget): string => widget.one('.badge').textContent ?? '';
  await reading.say('hello');
  await expect.poll(() => other.messages).toEqual(['hello']);
  await reading.clickLauncher();
  await other.clickLauncher();
  bob.says('Are you there?');
  await expect.poll(() => [badge(reading), badge(other)]).toEqual(['1', '1']);

  await reading.clickLauncher();

  await expect.poll(() => [badge(reading), badge(other)], { timeout: 5_000 }).toEqual(['', '']);
  expect(other.all('.panel')).toHaveLength(0);
});
