import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import { mount } from './mount.ts';

let page: PageFriend;

beforeEach(async () => {
  localStorage.clear();
  page = await friendInPage();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await page.stop();
});

/** Listeners of the window, the document and the navigation that nobody has taken away again. */
function watchListeners(): Set<string> {
  const left = new Set<string>();
  let made = 0;
  for (const target of [window, document, (window as { navigation?: EventTarget }).navigation]) {
    if (!target) continue;
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    const names = new Map<unknown, string>();
    target.addEventListener = ((type: string, task: EventListener, how?: AddEventListenerOptions) => {
      made += 1;
      const name = `${type} ${made}`;
      names.set(task, name);
      // DOM §2.7: what is over already is not listened for.
      if (typeof how !== 'object' || how.signal?.aborted !== true) left.add(name);
      if (typeof how === 'object') how.signal?.addEventListener('abort', () => left.delete(name));
      add(type, task, how);
    }) as typeof target.addEventListener;
    target.removeEventListener = ((type: string, task: EventListener) => {
      left.delete(names.get(task) ?? '');
      remove(type, task);
    }) as typeof target.removeEventListener;
  }
  return left;
}

test('leaves no node, attribute, socket, listener, lock or style of fifty widgets that came and went', async () => {
  const left = watchListeners();
  const opener = document.body.appendChild(document.createElement('button'));
  const before = { nodes: document.querySelectorAll('*').length, sheets: document.adoptedStyleSheets.length };
  for (let round = 0; round < 50; round += 1) {
    const place = round % 2 === 0 ? { hide: '/checkout*' } : { launcher: 'button' };
    const widget = mount(document.body, { ...page.addresses, conversation: 'room:lobby', ...place });
    // Some are opened, some go while they are loading, and most were never wanted.
    if (round % 5 === 0) await widget.open();
    else if (round % 5 === 1) widget.open();
    await widget.destroy();
  }

  await expect.poll(() => page.connected).toBe(0);
  await expect
    .poll(async () => (await navigator.locks.query()).held?.filter(({ name }) => name?.includes('befriend')))
    .toEqual([]);
  await expect.poll(() => [...left]).toEqual([]);
  expect(opener.getAttributeNames()).toEqual([]);
  expect({ nodes: document.querySelectorAll('*').length, sheets: document.adoptedStyleSheets.length }).toEqual(before);
  opener.remove();
});
