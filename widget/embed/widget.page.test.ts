import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page as browser } from 'vitest/browser';
import { friendInPage, type PageFriend, type PageFriendOptions } from '../../server/testing/page-friend.ts';
import { MountedWidget } from './mounted-widget.ts';

let page: PageFriend;
const widgets: MountedWidget[] = [];

async function inPage(options?: PageFriendOptions): Promise<PageFriend> {
  page = await friendInPage(options);
  return page;
}

function mount(data: Readonly<Record<string, string>> = {}): MountedWidget {
  const widget = new MountedWidget({ ...page.addresses, conversation: 'room:lobby', ...data });
  widgets.push(widget);
  return widget;
}

async function opened(data?: Readonly<Record<string, string>>): Promise<MountedWidget> {
  const widget = mount(data);
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  return widget;
}

beforeEach(async () => {
  localStorage.clear();
  await browser.viewport(1280, 800);
});

afterEach(async () => {
  for (const { instance } of widgets.splice(0)) instance.destroy();
  await expect.poll(() => document.querySelectorAll('befriend-chat').length).toBe(0);
  await page.stop();
  expect(page.complaints).toEqual([]);
});

test('opens by a click on the launcher, and what one types reaches the other, and back', async () => {
  const { bob } = (await inPage()).people('bob');
  const widget = await opened({ name: 'Ann' });

  await widget.say('Do you fire your own clay?');
  await bob.hears('Do you fire your own clay?');
  bob.says('Every Thursday.');

  await expect.poll(() => widget.messages).toEqual(['Do you fire your own clay?', 'Every Thursday.']);
  await expect.poll(() => widget.all('.row.own.stored, .row.own.read').length).toBe(1);
});

test('shows the history again to the same browser after a second mount', async () => {
  await inPage();
  const before = await opened();
  await before.say('I shall be back');
  await expect.poll(() => before.all('.row.own.stored').length).toBe(1);
  await before.instance.destroy();

  const after = await opened();

  await expect.poll(() => after.messages).toEqual(['I shall be back']);
  expect(after.all('.row.own').length).toBe(1);
});

test('keeps what was written while nobody was there, and what was not yet sent, over a second mount', async () => {
  const stage = await inPage();
  const before = await opened({ scope: 'kept' });
  await before.say('before');
  await expect.poll(() => before.all('.row.own.stored').length).toBe(1);
  await stage.stopFriend();
  await before.say('one');
  await before.say('two');
  await before.type('half a senten');
  await expect.poll(() => before.all('.row.own.waiting').length).toBe(2);
  await before.instance.destroy();

  const after = await opened({ scope: 'kept' });
  await expect.poll(() => after.messages).toEqual(['one', 'two']);
  expect((after.one('textarea') as HTMLTextAreaElement).value).toBe('half a senten');
  await stage.startFriend();

  // The friend knows nothing of a connection that came while he was away; it asks for him every three seconds.
  await expect.poll(() => after.messages, { timeout: 5_000 }).toEqual(['before', 'one', 'two']);
  await expect.poll(() => after.all('.row.own.waiting, .row.own.sending').length).toBe(0);
});

test('works from memory and says so where IndexedDB is missing', async () => {
  await inPage();
  vi.stubGlobal('indexedDB', undefined);
  const widget = await opened();

  await widget.say('still sent');

  await expect.poll(() => widget.all('.row.own.stored').length).toBe(1);
  expect(widget.text).toContain('Not kept here');
  vi.unstubAllGlobals();
});

test('shows who types, until the message comes', async () => {
  const { bob } = (await inPage()).people('bob');
  const widget = await opened();
  bob.says('Wait');
  await expect.poll(() => widget.messages).toEqual(['Wait']);

  bob.types();
  await expect.poll(() => widget.one('.heading p').textContent).toBe('bob is typing…');
  bob.says('Here it is');

  await expect.poll(() => widget.messages).toEqual(['Wait', 'Here it is']);
  expect(widget.one('.heading p').textContent).not.toContain('typing');
});

test('tells others that one types', async () => {
  const { bob } = (await inPage()).people('bob');
  const widget = await opened();
  await widget.say('first');
  await bob.hears('first');

  await widget.type('sec');

  await bob.until('to see somebody type', () => bob.conversation?.typing.length === 1);
});

test('counts on the launcher what came while the panel was closed, and no more once it is open', async () => {
  const { bob } = (await inPage()).people('bob');
  const widget = await opened();
  await widget.say('I close this now');
  await bob.hears('I close this now');

  await widget.clickLauncher();
  bob.says('one');
  bob.says('two');
  await expect.poll(() => widget.one('.badge').textContent).toBe('2');
  await widget.clickLauncher();

  await expect.poll(() => widget.messages.slice(1)).toEqual(['one', 'two']);
  await expect.poll(() => widget.one('.badge').textContent).toBe('');
});

test('says when nobody is there to help, takes the message, and lets a colleague by invite answer it', async () => {
  const stage = await inPage();
  const visitor = await opened({ conversation: 'support' });
  await expect.poll(() => visitor.text).toContain('We are away.');
  await visitor.say('My cup has a crack');
  await expect.poll(() => visitor.all('.row.own.stored').length).toBe(1);

  const cleo = stage.person('Cleo', { conversation: 'inbox' });
  cleo.accepts(await stage.invite());
  const asked = await cleo.until('to see who asks', ({ list }) => list[0]);
  await expect.poll(() => visitor.text).toContain('Online');
  cleo.opens(asked);
  await cleo.hears('My cup has a crack');
  cleo.says('We send you another');

  await expect.poll(() => visitor.messages).toEqual(['My cup has a crack', 'We send you another']);
  await cleo.leaves();
  await expect.poll(() => visitor.text).toContain('We are away.');
});

test('keeps what is written while the friend is away in sight, and sends it once when it is back', async () => {
  const stage = await inPage();
  const widget = await opened();
  await widget.say('before');
  await expect.poll(() => widget.all('.row.own.stored').length).toBe(1);

  await stage.stopFriend();
  await widget.say('meanwhile');
  await expect.poll(() => widget.all('.row.own.waiting').length).toBe(1);
  await expect.poll(() => widget.text).toContain('Messages wait here and are sent later.');
  await stage.startFriend();

  await expect.poll(() => widget.all('.row.own.waiting, .row.own.sending').length).toBe(0);
  expect(widget.messages).toEqual(['before', 'meanwhile']);
  const stored = await stage.store.page({ log: 'c_room_lobby', after: 0, limit: 50 });
  expect(stored.filter(({ body }) => body.includes('meanwhile'))).toHaveLength(1);
});

test('shows what a reaction of the product team answers', async () => {
  await inPage({
    prepare: (friend) =>
      friend.after('message.sent', ({ fact }) =>
        fact.body.text === 'When do you open?'
          ? [{ do: 'append', log: fact.log, type: 'message.sent', body: { text: 'At nine.' }, item: true }]
          : [],
      ),
  });
  const widget = await opened();

  await widget.say('When do you open?');

  await expect.poll(() => widget.messages).toEqual(['When do you open?', 'At nine.']);
});

test('keeps two widgets of one page apart', async () => {
  const { bob } = (await inPage()).people('bob');
  const lobby = await opened({ name: 'Ann', scope: 'one' });
  const workshop = await opened({ name: 'Cleo', scope: 'two', conversation: 'room:workshop', side: 'start' });

  await lobby.say('to the lobby');
  await workshop.say('to the workshop');
  await bob.hears('to the lobby');

  await expect.poll(() => workshop.all('.row.own.stored').length).toBe(1);
  expect(lobby.messages).toEqual(['to the lobby']);
  expect(workshop.messages).toEqual(['to the workshop']);
  expect(page.connected).toBe(3);
});

test('stays usable under the rules of a hostile page', async () => {
  await inPage();
  const hostile = document.createElement('style');
  hostile.textContent = '* { all: unset !important; display: block !important }';
  document.head.append(hostile);

  const widget = await opened();
  await widget.say('still here');

  await expect.poll(() => widget.messages).toEqual(['still here']);
  const panel = widget.one('.panel').getBoundingClientRect();
  const launcher = widget.one('.launcher').getBoundingClientRect();
  expect(panel.width).toBeGreaterThan(280);
  expect(panel.bottom).toBeLessThanOrEqual(innerHeight);
  expect(getComputedStyle(widget.one('.launcher')).position).toBe('fixed');
  expect(launcher.right).toBeGreaterThan(innerWidth - 100);
  hostile.remove();
});
