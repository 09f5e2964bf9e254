import { afterEach, beforeEach, expect, test } from 'vitest';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import { MountedWidget } from './mounted-widget.ts';

let page: PageFriend;
const widgets: MountedWidget[] = [];

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  page = await friendInPage();
});

afterEach(async () => {
  for (const { instance } of widgets.splice(0)) await instance.destroy(true);
  await page.stop();
});

function mount(data: Readonly<Record<string, string>> = {}): MountedWidget {
  const widget = new MountedWidget({ ...page.addresses, conversation: 'room:lobby', scope: 'consent', ...data });
  widgets.push(widget);
  return widget;
}

async function opened(widget: MountedWidget): Promise<MountedWidget> {
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  return widget;
}

/** A page before this one, in which something was said; and where the friend was away, it waits. */
async function earlier(data: Readonly<Record<string, string>> = {}): Promise<void> {
  const widget = await opened(mount(data));
  await widget.say('said');
  await expect.poll(() => widget.all('.row.own.stored').length).toBe(1);
  await page.stopFriend();
  await widget.say('waits');
  await expect.poll(() => widget.all('.row.own.waiting').length).toBe(1);
  await widget.instance.destroy();
}

function kept(): readonly string[] {
  return [localStorage, sessionStorage].map((storage) => (Object.keys(storage).length > 0 ? 'something' : 'nothing'));
}

test('takes away at once, without loading the chat, what a page before it has kept, and keeps nothing itself', async () => {
  await earlier();
  await page.startFriend();
  const widget = mount();
  const tag = JSON.stringify(widget.instance.tag);

  await widget.instance.call('consent', 'none');
  const after = kept();
  expect([widget.loads, page.connected]).toEqual([0, 0]);
  // The same tag once more is no second widget.
  expect(JSON.stringify(widget.instance.tag)).toBe(tag);
  await opened(widget);

  expect(after).toEqual(['nothing', 'nothing']);
  await expect.poll(() => widget.text).toContain('Not kept here');
  await expect.poll(() => widget.messages).toEqual(['said']);
  expect(widget.all('.row.own')).toEqual([]);
  expect(kept()).toEqual(['nothing', 'nothing']);
});

test.each([
  ['functional', 'session', ['nothing', 'something']],
  ['session', 'functional', ['something', 'nothing']],
])('goes on with the same person and what he wrote when what was %s is %s', async (before, level, places) => {
  await earlier({ consent: before });
  await page.startFriend();
  const widget = mount({ consent: before });

  await widget.instance.call('consent', level);
  const after = kept();
  await opened(widget);

  expect(after).toEqual(places);
  await expect.poll(() => widget.all('.row.own.stored').length).toBe(2);
  expect(widget.messages).toEqual(['said', 'waits']);
});

test('refuses a level that does not exist, and keeps nothing then', async () => {
  const widget = mount();

  const refused = widget.instance.call('consent', 'everything');

  await expect(refused).rejects.toThrow('Try: none, session, functional');
  await opened(widget);
  expect(kept()).toEqual(['nothing', 'nothing']);
  await expect.poll(() => widget.text).toContain('Not kept here');
});
