import type { Page } from '@playwright/test';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

interface Befriend {
  befriend(verb: string, ...args: unknown[]): unknown;
}

/** Calls a verb of the page's widget. */
function call(page: Page, verb: string, ...args: unknown[]): Promise<unknown> {
  return page.evaluate(([name, rest]) => (globalThis as unknown as Befriend).befriend(name, ...rest), [
    verb,
    args,
  ] as const);
}

/** What the widget keeps on this device: its keys in the local storage, and the rows of its outbox. */
function keptIn(page: Page): Promise<unknown[]> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const rows = names.map(
      (name) =>
        new Promise<number>((resolve) => {
          const opening = indexedDB.open(name);
          opening.onsuccess = () => {
            const counting = opening.result.transaction('outbox').objectStore('outbox').count();
            counting.onsuccess = () => resolve(counting.result);
          };
        }),
    );
    return [...Object.keys(localStorage), ...(await Promise.all(rows)).filter((count) => count > 0)];
  });
}

test('a visitor signs in with his history, finds it on another device, and leaves nothing when he logs out', async ({
  arrives,
  joins,
  stack,
}) => {
  const visitor = await joins('support', 'Viktor');
  const tab = await visitor.page.context().newPage();
  await visitor.says('Before I signed in');
  await visitor.sent('Before I signed in');
  await tab.goto(visitor.page.url());
  const beside = new Person(tab);
  await beside.opens();
  await beside.reads('Before I signed in');

  await call(visitor.page, 'identify', stack.token('ann', { name: 'Ann' }));
  await visitor.reads('Before I signed in');
  await visitor.says('After I signed in');
  await visitor.sent('After I signed in');
  await beside.reads('After I signed in');

  const elsewhere = await arrives(stack.site.page('plain', stack.tag({ conversation: 'support' })));
  await call(elsewhere.page, 'identify', stack.token('ann', { name: 'Ann' }));
  await elsewhere.opens();
  await elsewhere.reads('Before I signed in');
  await elsewhere.says('From my other device');
  await visitor.reads('From my other device');
  await expect(visitor.log.locator('.row.other')).toHaveCount(0);

  expect(await call(visitor.page, 'logout')).toEqual({ done: true, unsent: [] });
  for (const { page, panel } of [visitor, beside]) {
    await expect(panel).toHaveCount(0);
    await expect.poll(() => keptIn(page)).toEqual([]);
  }
  await visitor.page.reload();
  await visitor.opens();
  expect(await visitor.texts()).toEqual([]);
  await elsewhere.says('Still here');
  await elsewhere.sent('Still here');
  expect([...visitor.complaints, ...elsewhere.complaints]).toEqual([]);
});

test('a token that is wrong is named in the console, and the visitor goes on', async ({ joins, stack }) => {
  const visitor = await joins('support', 'Viktor');

  await call(visitor.page, 'identify', stack.token('ann', { aud: 'friend.example.org' }));

  await expect.poll(() => visitor.complaints).toEqual(['befriend: identify failed: token_invalid']);
  expect(stack.friend.log).toContain('"why":"audience"');
  await visitor.says('Who cares');
  await visitor.sent('Who cares');
});

test('what cannot be sent is named before anything is forgotten', async ({ joins, stack }) => {
  const visitor = await joins('support', 'Viktor');
  await call(visitor.page, 'identify', stack.token('uma', { name: 'Uma' }));
  await visitor.says('I am Uma');
  await visitor.sent('I am Uma');
  await stack.friend.stop();
  await visitor.says('Nobody has this');

  const asked = await call(visitor.page, 'logout');
  await stack.friend.start();
  await visitor.sent('Nobody has this');
  const again = await call(visitor.page, 'logout');

  expect(asked).toEqual({ done: false, unsent: [{ ref: 'support', text: 'Nobody has this' }] });
  expect(again).toEqual({ done: true, unsent: [] });
  expect(await keptIn(visitor.page)).toEqual([]);
});
