import type { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

/** Reloads the page and opens the panel, whether somebody answers or not. */
async function comesBack(person: Person): Promise<void> {
  await person.page.reload();
  await person.launcher.click();
  await expect(person.composer).toBeVisible();
}

test('what is written while the XMPP server is down outlives a reload, and is stored once and in order', async ({
  joins,
  room,
  stack,
}) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await ann.says('Before');
  await bob.reads('Before');

  await stack.xmpp.kill?.();
  for (const text of ['One', 'Two', 'Three']) await ann.says(text);
  await expect(ann.unsettled).toHaveCount(3);
  await comesBack(ann);
  await expect(ann.unsettled).toHaveCount(3);
  await ann.says('Four');
  await stack.xmpp.restart?.();

  await ann.isReady();
  await expect(ann.unsettled).toHaveCount(0, { timeout: 45_000 });
  await expect.poll(() => bob.texts(), { timeout: 45_000 }).toEqual(['Before', 'One', 'Two', 'Three', 'Four']);
  expect(await ann.texts()).toEqual(['Before', 'One', 'Two', 'Three', 'Four']);
});

test('says that it is offline when the browser does, and sends once when the network is back', async ({
  joins,
  room,
}) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await ann.says('Before');
  await bob.reads('Before');

  await ann.page.context().setOffline(true);
  await expect(ann.panel).toContainText('You are offline.');
  await ann.says('Out there');
  await ann.says('And there');
  await expect(ann.unsettled).toHaveCount(2);
  await ann.page.context().setOffline(false);

  await ann.sent('And there');
  await bob.reads('And there');
  await expect(ann.panel).not.toContainText('You are offline.');
  expect(await bob.texts()).toEqual(['Before', 'Out there', 'And there']);
});

test('sees within ten seconds that a stream is half-open, though the browser says nothing of it', async ({
  joins,
  room,
}) => {
  const ann = await joins(room, 'Ann');
  // Whoever listens to the page does not hear of it: only the socket is frozen.
  await ann.page.addInitScript(() => {
    for (const name of ['offline', 'online']) addEventListener(name, (event) => event.stopImmediatePropagation());
  });
  await ann.page.reload();
  await ann.opens();
  await ann.says('Still here');
  await ann.sent('Still here');
  const frozen = Date.now();

  await ann.page.context().setOffline(true);

  await expect(ann.panel).toContainText(/Reconnecting|No connection/, { timeout: 12_000 });
  expect(Date.now() - frozen).toBeLessThan(10_500);
  await ann.page.context().setOffline(false);
});

test('a reload right after Enter loses nothing and doubles nothing', async ({ joins, room, stack }) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  const said: string[] = [];
  await ann.says('Before');
  await bob.reads('Before');
  await stack.xmpp.kill?.();

  for (const ms of [0, 5, 20, 50]) {
    const text = `Reloaded ${ms} ms later`;
    said.push(text);
    await ann.composer.fill(text);
    const reloaded = ann.page.waitForEvent('load');
    await ann.composer.evaluate((field, wait) => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
      if (wait === 0) location.reload();
      else setTimeout(() => location.reload(), wait);
    }, ms);
    await reloaded;
    await ann.launcher.click();
    await expect(ann.composer).toBeVisible();
    await expect(ann.composer).toHaveValue('');
    await expect(ann.unsettled).toHaveCount(said.length);
  }
  await stack.xmpp.restart?.();

  await expect(ann.unsettled).toHaveCount(0, { timeout: 45_000 });
  await expect.poll(() => bob.texts(), { timeout: 45_000 }).toEqual(['Before', ...said]);
});

test('a draft outlives a reload', async ({ joins, room }) => {
  const ann = await joins(room, 'Ann');
  await ann.composer.fill('Half a sen');

  await comesBack(ann);

  await expect(ann.composer).toHaveValue('Half a sen');
  await ann.says('Half a sentence');
  await ann.sent('Half a sentence');
  await comesBack(ann);
  await expect(ann.composer).toHaveValue('');
});
