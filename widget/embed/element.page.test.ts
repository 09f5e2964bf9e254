import { afterEach, beforeEach, expect, test } from 'vitest';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import './element.ts';
import { MountedWidget } from './mounted-widget.ts';

let page: PageFriend;

beforeEach(async () => {
  localStorage.clear();
  page = await friendInPage();
});

afterEach(async () => {
  for (const element of document.querySelectorAll('befriend-chat')) element.remove();
  await expect.poll(() => page.connected).toBe(0);
  await page.stop();
});

function added(more: Readonly<Record<string, string>> = {}): HTMLElementTagNameMap['befriend-chat'] {
  const element = document.createElement('befriend-chat');
  const said = { ...page.addresses, conversation: 'room:lobby', ...more };
  for (const [name, value] of Object.entries(said)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}

test('is a widget by its attributes, tells the page what happens, and ends when it is taken out', async () => {
  const heard: unknown[] = [];
  for (const type of ['befriend-open', 'befriend-ready', 'befriend-close']) {
    document.addEventListener(type, (event) => heard.push(event.type));
  }
  const element = added();

  await element.widget?.open();
  await element.widget?.ready();
  await element.widget?.close();
  await expect.poll(() => heard).toEqual(['befriend-open', 'befriend-ready', 'befriend-close']);
  element.remove();

  await expect.poll(() => page.connected).toBe(0);
  expect(element.widget).toBeUndefined();
});

test('stays connected when it is moved, and comes anew when it is put back later', async () => {
  const element = added();
  await element.widget?.open();
  await expect.poll(() => page.connected).toBe(1);
  const before = element.widget;

  const shelf = document.body.appendChild(document.createElement('div'));
  shelf.append(element);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([page.connected, element.widget === before]).toEqual([1, true]);
  element.remove();
  await expect.poll(() => page.connected).toBe(0);
  document.body.append(element);
  await element.widget?.open();

  await expect.poll(() => page.connected).toBe(1);
  expect(element.shadowRoot?.querySelectorAll('.launcher, .panel')).toHaveLength(2);
  shelf.remove();
});

test('is at its end the element that it was before, and reads nothing of its own when it comes anew', async () => {
  const inline = added({ mode: 'inline', theme: 'dark', locale: 'ar' });
  const bubble = added({ dir: 'ltr' });
  const before = [
    ['service', 'friend', 'domain', 'conversation', 'mode', 'theme', 'locale'],
    ['service', 'friend', 'domain', 'conversation', 'dir'],
  ];
  await inline.widget?.open();
  await expect.poll(() => inline.dataset.theme).toBe('dark');
  expect([inline.dir, inline.dataset.mode, bubble.popover]).toEqual(['rtl', 'inline', 'manual']);

  inline.remove();
  await bubble.widget?.destroy();

  expect([inline.getAttributeNames(), bubble.getAttributeNames()]).toEqual(before);
  expect(bubble.dir).toBe('ltr');
});

test('takes what was set as properties, before it was known and after', async () => {
  const element = document.createElement('befriend-chat');
  Object.defineProperty(element, 'label', { value: 'Help', configurable: true, writable: true });
  Object.assign(element, { ...page.addresses, side: 'start' });

  document.body.append(element);

  const launcher = element.shadowRoot?.querySelector('.launcher');
  expect([launcher?.ariaLabel, launcher?.classList.contains('start')]).toEqual(['Help', true]);
  expect(element.getAttribute('label')).toBe('Help');
});

test('leaves the element of a tag to its tag', async () => {
  const widget = new MountedWidget({ ...page.addresses, conversation: 'room:lobby' });

  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);

  expect(document.querySelector('befriend-chat')?.widget).toBeUndefined();
  await widget.instance.destroy();
});

test('takes a theme as attribute and as property, shows another at once, and says at its end what it said before', async () => {
  const element = document.createElement('befriend-chat');
  for (const [name, value] of Object.entries(page.addresses)) element.setAttribute(name, value);
  element.theme = { color: { brand: '#00ff00' }, density: 'compact' };
  document.body.append(element);
  const fill = (): string =>
    getComputedStyle(element.shadowRoot?.querySelector('.launcher') ?? element).backgroundColor;
  await expect.poll(fill).toBe('rgb(0, 255, 0)');
  const { density } = element.dataset;

  element.theme = '#ff0000 dark';
  await expect.poll(fill).toBe('rgb(255, 0, 0)');
  const said = [element.getAttribute('theme'), element.dataset.theme, element.dataset.density];
  element.remove();

  expect([density, ...said]).toEqual(['compact', '#ff0000 dark', 'dark', undefined]);
  await expect.poll(() => element.dataset.theme).toBeUndefined();
});
