import { SlixmppClient } from '../fixtures/slixmpp-client.ts';
import { expect, test } from '../fixtures/test.ts';

/** A picture of one pixel (PNG). */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const list = Buffer.from('one blue cup\n');

test('a colleague at two devices sees who asks, exchanges files, and takes, gives on and closes by ad-hoc commands', async ({
  joins,
  room,
  stack,
}) => {
  const visitor = await joins(room, 'Wera');
  await visitor.widget.getByRole('button', { name: /^People/ }).click();
  await visitor.widget.getByRole('button', { name: /Wera/ }).click();
  await visitor.widget.locator('.people input[type=file]').setInputFiles({
    ...{ name: 'me.png', mimeType: 'image/png', buffer: picture },
  });
  await expect(visitor.widget.locator('.people img')).toHaveCount(1);
  await visitor.page.goto(stack.site.page('plain', stack.tag({ conversation: 'support', name: 'Wera' })));
  await visitor.opens();
  const [desk, phone] = [
    await SlixmppClient.online(stack.xmpp, 'dora'),
    await SlixmppClient.online(stack.xmpp, 'dora'),
  ];
  desk.does('add', stack.address);
  await visitor.says('Where is my blue cup?');
  await visitor.sent('Where is my blue cup?');
  const asked = await desk.heard.until('for the words', ({ text }) => text === 'Wera: Where is my blue cup?');
  await phone.heard.until('for the same', ({ id }) => id === asked.id);
  const chat = asked.from ?? '';

  const there = await desk.heard.until('to see her', ({ event, from }) => event === 'available' && from === chat);
  phone.does('card', chat);
  const card = await phone.heard.until('for the card', ({ event }) => event === 'card');
  expect(card).toMatchObject({ name: 'Wera', photo: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(there.photo).toBe(card.photo);

  phone.does('run', chat, 'take');
  const taken = await phone.heard.until('to have it', ({ event, node }) => event === 'ran' && node === 'take');
  expect([taken.status, taken.notes]).toEqual(['completed', 'Wera is yours.']);
  desk.does('say', chat, 'It is here.', 'w1');
  await visitor.reads('It is here.');
  phone.leaves();
  await visitor.widget.getByLabel('Attach files').setInputFiles({
    ...{ name: 'list.txt', mimeType: 'text/plain', buffer: list },
  });
  await expect(visitor.widget.getByRole('button', { name: 'Remove list.txt' })).toBeVisible();
  await visitor.composer.press('Enter');
  await expect(visitor.unsettled).toHaveCount(0);
  const told = await desk.heard.until('for the file', ({ text }) => text?.includes('/list.txt?') === true);
  const address = told.text ?? '';
  expect(await (await visitor.page.request.get(address)).body()).toEqual(list);
  desk.does('say', chat, 'https://shop.example/manual.pdf', 'w2');
  await expect(visitor.log.getByRole('link', { name: 'https://shop.example/manual.pdf' })).toBeVisible();

  const petra = await SlixmppClient.online(stack.xmpp, 'petra');
  petra.does('add', stack.address);
  petra.does('say', stack.address, '/cases', 'p1');
  await petra.heard.until('to be at the desk', ({ text }) => text?.startsWith('Befriend: ') === true);
  desk.does('run', chat, 'transfer', 'to', 'petra');
  const given = await desk.heard.until('to have given it', ({ event, node }) => event === 'ran' && node === 'transfer');
  expect([given.status, given.notes]).toEqual(['completed', 'It was given on.']);
  await petra.heard.until('to have it', ({ text }) => text?.includes('You have this case now') === true);
  await petra.heard.until('to see her', ({ event, from }) => event === 'available' && from === chat);
  await visitor.page.close();
  await petra.heard.until('to see her go', ({ event, from }) => event === 'unavailable' && from === chat);
  petra.does('run', chat, 'close');
  const closed = await petra.heard.until('to have closed it', ({ event, node }) => event === 'ran' && node === 'close');
  expect(closed.status).toBe('completed');

  expect([...desk.heard.all, ...petra.heard.all].filter(({ event }) => event === 'error')).toEqual([]);
  for (const one of [desk, petra]) one.leaves();
});
