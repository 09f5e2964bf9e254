import { expect, test } from '../fixtures/test.ts';

test('what is written while the friend is down waits, and is stored once when it is back', async ({
  joins,
  room,
  stack,
}) => {
  const [ann, bob] = [await joins(room, 'Ann'), await joins(room, 'Bob')];
  await ann.says('Before');
  await bob.reads('Before');

  await stack.friend.kill();
  await ann.says('Into the dark');
  await expect(ann.unsettled).toHaveCount(1);
  await stack.friend.start();

  await bob.reads('Into the dark');
  await ann.sent('Into the dark');
  await bob.says('Here I am');
  await ann.reads('Here I am');
  expect(await ann.texts()).toEqual(['Before', 'Into the dark', 'Here I am']);
});

test('health tells the truth about the link', async ({ stack, request }) => {
  const healthy = await request.get(`${stack.origin}/healthz`);
  expect(healthy.status()).toBe(200);

  stack.xmpp.kill?.();
  await expect.poll(async () => (await request.get(`${stack.origin}/healthz`)).status()).toBe(503);
  const ill = (await (await request.get(`${stack.origin}/healthz`)).json()) as { xmpp: { reason: string } };
  await stack.xmpp.restart?.();

  expect(ill.xmpp.reason).toMatch(/XMPP|127\.0\.0\.1/);
  await expect.poll(async () => (await request.get(`${stack.origin}/healthz`)).status(), { timeout: 30_000 }).toBe(200);
});
