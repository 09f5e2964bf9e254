import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import { MountedWidget } from './mounted-widget.ts';

let page: PageFriend;
const widgets: MountedWidget[] = [];
const address = location.href;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  page = await friendInPage();
});

afterEach(async () => {
  history.replaceState(null, '', address);
  for (const { instance } of widgets.splice(0)) await instance.destroy();
  for (const own of document.querySelectorAll('.own-opener')) own.remove();
  await page.stop();
});

function mount(data: Readonly<Record<string, string>> = {}): MountedWidget {
  const widget = new MountedWidget({ ...page.addresses, conversation: 'room:lobby', ...data });
  widgets.push(widget);
  return widget;
}

test('keeps what is no wish to chat until there is one, and is then ready, themed and filled in', async () => {
  const widget = mount();
  const heard: string[] = [];
  for (const type of ['open', 'ready'])
    widget.instance.on(type, (event) => heard.push((event as { type: string }).type));
  const ready = widget.instance.call('ready');
  widget.instance.call('theme', 'dark');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([widget.loads, page.connected]).toEqual([0, 0]);

  await widget.instance.call('compose', { text: 'A draft of the page' });
  await ready;

  await expect.poll(() => (widget.one('textarea') as HTMLTextAreaElement).value).toBe('A draft of the page');
  expect([widget.host.dataset.theme, heard.sort(), widget.instance.call('unread')]).toEqual([
    'dark',
    ['open', 'ready'],
    0,
  ]);
});

test('speaks the language that was asked for last, however long another takes to load', async () => {
  const widget = mount();
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);

  await Promise.all(['de', 'en'].map((locale) => widget.instance.call('locale', locale)));

  expect((widget.one('textarea') as HTMLTextAreaElement).placeholder).toBe('Write a message');
});

test('lets who writes go on where he was when the language changes, and who has gone elsewhere stay there', async () => {
  const widget = mount();
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  const root = widget.host.shadowRoot as ShadowRoot;
  await userEvent.fill(widget.one('textarea'), 'Half thought');
  (widget.one('textarea') as HTMLTextAreaElement).setSelectionRange(4, 4);

  await widget.instance.call('locale', 'de');
  await userEvent.keyboard(' a');
  const written = (widget.one('textarea') as HTMLTextAreaElement).value;
  const opener = document.body.appendChild(document.createElement('button'));
  opener.className = 'own-opener';
  opener.focus();
  await widget.instance.call('locale', 'en');

  expect(written).toBe('Half a thought');
  expect([document.activeElement, root.activeElement]).toEqual([opener, null]);
});

test('is opened and closed by an element of the page, and draws no launcher then', async () => {
  const opener = document.body.appendChild(document.createElement('button'));
  opener.className = 'own-opener';
  const widget = mount({ launcher: '.own-opener' });
  await expect.poll(() => opener.ariaExpanded).toBe('false');
  expect(widget.one('.launcher').checkVisibility()).toBe(false);

  opener.click();
  await expect.poll(() => opener.ariaExpanded).toBe('true');
  opener.click();

  await expect.poll(() => opener.ariaExpanded).toBe('false');
  expect(widget.all('.panel')).toEqual([]);
});

test('shows no launcher on paths where it is not wanted, and shows it again elsewhere', async () => {
  const widget = mount({ hide: '/checkout*, /admin' });
  await expect.poll(() => widget.one('.launcher').checkVisibility()).toBe(true);

  history.pushState(null, '', '/checkout/pay');
  await expect.poll(() => widget.one('.launcher').checkVisibility()).toBe(false);
  history.pushState(null, '', '/shop');
  await expect.poll(() => widget.one('.launcher').checkVisibility()).toBe(true);
  widget.instance.call('hide');

  expect(widget.one('.launcher').checkVisibility()).toBe(false);
});

test('keeps from a raised consent on what was in memory, and wipes what a lowered one forbids', async () => {
  const widget = mount({ consent: 'none' });
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  await widget.say('from memory');
  await expect.poll(() => widget.all('.row.own.stored').length).toBe(1);
  expect(localStorage.length).toBe(0);

  await widget.instance.call('consent', 'functional');
  const kept = Object.keys(localStorage).length;
  await expect.poll(() => widget.text).not.toContain('Not kept here');
  await widget.instance.call('consent', 'none');

  expect(kept).toBeGreaterThan(0);
  expect(localStorage.length).toBe(0);
  await expect.poll(() => widget.text).toContain('Not kept here');
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  await widget.say('still the same person');
  await expect.poll(() => widget.all('.row.own.stored').length).toBe(2);
});

/** A visitor who asks, and where colleagues are told that he is: of those who look from when they do. */
async function asked() {
  const widget = mount({ conversation: 'support' });
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  await widget.say('Help me');
  await expect.poll(() => widget.all('.row.own.stored').length).toBe(1);
  const cleo = page.person('Cleo', { conversation: 'inbox' });
  const told: (string | undefined)[] = [];
  cleo.chat.on('visitor.told', ({ body }) => told.push(body.page?.url));
  cleo.accepts(await page.invite());
  const conversation = await cleo.until('to see who asks', ({ list }) => list[0]);
  return { cleo, widget, told, looks: () => cleo.opens(conversation) };
}

test('tells colleagues no more where the person is when less may be kept, and again when more may', async () => {
  const { widget, told, looks } = await asked();
  looks();
  await expect.poll(() => told, { timeout: 3_000 }).toHaveLength(1);

  await widget.instance.call('consent', 'none');
  history.pushState(null, '', '/unseen');
  // That nobody is told needs time: whoever is told, is so within a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(told).toHaveLength(1);
  history.pushState(null, '', '/seen');
  await widget.instance.call('consent', 'functional');

  await expect.poll(() => told.slice(1), { timeout: 3_000 }).toEqual([`${location.origin}/seen`]);
});

test('tells from which other site the person came, without what stands behind the address', async () => {
  Object.defineProperty(document, 'referrer', { configurable: true, value: 'https://search.example/find?q=secret' });
  onTestFinished(() => void Reflect.deleteProperty(document, 'referrer'));
  const { cleo, looks } = await asked();
  const came: (string | undefined)[] = [];
  cleo.chat.on('visitor.told', ({ body }) => came.push(body.page?.referrer));

  looks();

  await expect.poll(() => came, { timeout: 3_000 }).toEqual(['https://search.example/find']);
});

test('tells who looks later where the person is, and not what the page said of the address before', async () => {
  const { widget, told, looks } = await asked();
  await widget.instance.call('page', { url: 'https://shop.example.com/stale' });
  history.pushState(null, '', '/moved-on');

  looks();

  await expect.poll(() => told, { timeout: 3_000 }).toEqual([`${location.origin}/moved-on`]);
});

test('leaves what another scope has kept where it is, when nothing may be kept and when all is forgotten', async () => {
  const other = `befriend:${page.addresses.friend}:shop`;
  localStorage.setItem(other, 'secret');
  localStorage.setItem(`${other}:draft:support`, 'half a sentence');
  const widget = mount();
  await widget.clickLauncher();
  await expect.poll(() => localStorage.length).toBeGreaterThan(2);

  await widget.instance.call('consent', 'none');
  const afterConsent = Object.keys(localStorage).sort();
  await widget.instance.destroy(true);

  expect(afterConsent).toEqual([other, `${other}:draft:support`]);
  expect(Object.keys(localStorage).sort()).toEqual(afterConsent);
});

test('leaves nothing on the device when it is to be forgotten', async () => {
  const widget = mount();
  await widget.clickLauncher();
  await expect.poll(() => page.connected).toBe(1);
  await expect.poll(() => localStorage.length).toBeGreaterThan(0);

  await widget.instance.destroy(true);

  expect(localStorage.length).toBe(0);
});
