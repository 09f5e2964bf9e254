import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { aHook, passes, telling, until } from '../../bin/contract-hooks.ts';
import { Stage } from '../../bin/contract-stage.ts';
import { webFetch } from '../../fetch/web.ts';
import { webhooks } from './webhooks.ts';

test('reaches an endpoint over HTTP, sends nothing on, and comes again after it was away', async () => {
  const got: string[] = [];
  const answers = [302, 500, 204];
  const server = createServer((request, response) => {
    got.push(`${request.method} ${request.url} ${request.headers['webhook-id']}`);
    response.writeHead(answers[got.length - 1] ?? 204, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hook = aHook({ url: `http://127.0.0.1:${port}/hook`, private: true });
  const stage = await Stage.open({ fetch: webFetch(), prepare: (friend) => friend.plug(webhooks([hook])) });

  await (await stage.person('ann')).says('room:lobby', 'one');
  await until(() => stage.friend.meter.of('webhooks_failed') === 1);
  await passes(stage, 7_000);
  await until(() => stage.friend.meter.of('webhooks_failed') === 2);
  await passes(stage, 80_000);
  await until(() => stage.friend.meter.of('webhooks_sent') === 1);
  server.close();

  expect(got).toEqual(Array.from({ length: 3 }, () => 'POST /hook c_room_lobby:3'));
});

test.each([
  ['Shop', aHook({ name: 'Shop' })],
  ['an address that is no https', aHook({ url: 'http://shop.example/' })],
  ['a user in the address', aHook({ url: 'https://ann:secret@shop.example/' })],
  ['no address', aHook({ url: 'ftp://shop.example/' })],
  ['no events', aHook({ events: [] })],
  ['a short secret', aHook({ secret: `whsec_${Buffer.alloc(8).toString('base64')}` })],
  ['a secret of another kind', aHook({ secret: 'hunter2' })],
  ['no secret', aHook({ secret: [] })],
  ['too much at once', aHook({ parallel: 1_000 })],
  ['too much that waits', aHook({ pending: 0 })],
])('refuses %s when it is declared', (_, hook) => {
  expect(() => webhooks([hook])).toThrow('FRIEND_WEBHOOK');
});

test('refuses two of one name, and warns of an address inside', async () => {
  expect(() => webhooks([aHook(), aHook()])).toThrow('FRIEND_WEBHOOK');

  const urls = ['http://127.0.0.1:3000/', 'https://10.1.2.3/', 'http://[::1]/', 'http://db.internal/x'];
  const hooks = urls.map((url, index) => aHook({ name: `h${index}`, url }));
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.plug(webhooks([...hooks, aHook({ name: 'meant', url: 'http://localhost/', private: true })])),
  });

  const warned = stage.log.lines
    .map((line) => JSON.parse(line))
    .filter(({ message }) => /leads to the own/.test(message));
  expect(warned.map(({ webhook }) => webhook)).toEqual(['h0', 'h1', 'h2', 'h3']);
});

test('keeps its lists from whoever connects', async () => {
  const { stage } = await telling();
  const ann = await stage.person('ann');

  const answers = await ann.answers(
    ann.action('webhook.dead', { name: 'shop' }),
    ann.action('webhook.replay', { name: 'shop' }),
  );

  expect(answers).toMatchObject([{ body: { code: 'unknown_type' } }, { body: { code: 'unknown_type' } }]);
});
