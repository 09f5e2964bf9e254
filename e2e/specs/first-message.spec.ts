import { expect, test } from '../fixtures/test.ts';

test('two strangers meet on a page that nobody prepared', async ({ joins, room }) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];

  await ann.says('Hello, is anybody here?');
  await bob.reads('Hello, is anybody here?');
  await bob.says('Hello Ann 👋 مرحبا <b>not bold</b>');

  await ann.reads('Hello Ann 👋 مرحبا <b>not bold</b>');
  await ann.sent('Hello, is anybody here?');
  await expect(ann.log).toContainText('Bob joined');
  expect(await ann.texts()).toEqual(await bob.texts());
  expect([...ann.complaints, ...bob.complaints]).toEqual([]);
});

test('one sees that the other is writing', async ({ joins, room }) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await ann.says('Say something');
  await bob.reads('Say something');
  await bob.says('First');
  await ann.reads('First');

  await bob.composer.pressSequentially('I am thin');

  await expect(ann.panel).toContainText('Bob is typing');
});

test('nothing is dialled, read or stored before the first intent', async ({ arrives, stack, room }) => {
  const ann = await arrives(stack.site.page('plain', stack.tag({ conversation: room })));
  const sockets: string[] = [];
  ann.page.on('websocket', (socket) => sockets.push(socket.url()));

  await expect(ann.launcher).toBeVisible();
  const before = await ann.page.evaluate(() => ({ kept: localStorage.length, cookies: document.cookie }));
  const requests = await ann.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));

  expect(before).toEqual({ kept: 0, cookies: '' });
  expect(requests).toEqual([`${stack.origin}/befriend/befriend.js`]);
  expect(sockets).toEqual([]);
  await ann.opens();
  expect(sockets).toHaveLength(1);
});

test('the badge counts what came while the panel was closed', async ({ joins, room }) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await ann.launcher.click();
  await expect(ann.panel).toHaveCount(0);

  await bob.says('one');
  await bob.says('two');

  await expect(ann.launcher.locator('.badge')).toHaveText('2');
  await ann.opens();
  await expect(ann.launcher.locator('.badge')).toHaveText('');
});
