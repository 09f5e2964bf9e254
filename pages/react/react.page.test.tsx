/** @jsxImportSource react */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import type { Widget } from '../../widget/package/befriend.ts';
import { Chat } from './Chat.tsx';

let page: PageFriend;

afterEach(async () => {
  await page.stop();
});

test('is one widget in strict mode, which speaks, and is gone with its component', async () => {
  localStorage.clear();
  page = await friendInPage();
  const { bob } = page.people('bob');
  const options = { ...page.addresses, conversation: 'room:lobby', name: 'Ann' };
  const held: { widget?: Widget | undefined } = {};
  const hold = (widget: Widget | undefined): void => {
    held.widget = widget;
  };
  const root = createRoot(document.body.appendChild(document.createElement('div')));

  root.render(
    <StrictMode>
      <Chat options={options} onWidget={hold} />
    </StrictMode>,
  );
  await expect.poll(() => held.widget !== undefined).toBe(true);
  held.widget?.send({ text: 'from React' });
  await bob.hears('from React');
  expect(document.querySelectorAll('befriend-chat')).toHaveLength(1);
  expect(page.connected).toBe(2);
  root.unmount();

  await expect.poll(() => page.connected).toBe(1);
  expect(document.querySelectorAll('befriend-chat')).toHaveLength(0);
});
