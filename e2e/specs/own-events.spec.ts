import { expect, test } from '../fixtures/test.ts';

test.use({ example: 'shop' });

/** What a page hears, in order. */
declare const window: Window & { heard: unknown[]; befriend: (...call: readonly unknown[]) => Promise<unknown> };

test('a page sends an action of the team’s own and hears the fact, which nobody else does; a wrong one says what is wrong', async ({
  arrives,
  stack,
}) => {
  const address = stack.site.page('plain', stack.tag({ conversation: 'support' }));
  const [ann, bob] = [await arrives(address), await arrives(address)];
  for (const { page } of [ann, bob]) {
    await page.evaluate(() => {
      window.heard = [];
      for (const type of ['order.tracked', 'order.missing']) {
        void window.befriend('on', type, ({ body }: { body: unknown }) => window.heard.push([type, body]));
      }
    });
  }
  await bob.opens();

  // The chat of this page has never been opened.
  const answer = await ann.page.evaluate(() => window.befriend('emit', 'order.track', { order: 7 }));
  await expect.poll(() => ann.page.evaluate(() => window.heard)).toEqual([['order.missing', { order: 7 }]]);
  const wrong = await ann.page.evaluate(() => window.befriend('emit', 'order.track', { order: 'seven' }));
  const unknown = await ann.page.evaluate(() => window.befriend('emit', 'order.burn', { order: 7 }));

  expect(answer).toMatchObject({ type: 'order.asked', body: { order: 7 } });
  expect(wrong).toMatchObject({ type: 'error', body: { code: 'schema', detail: expect.stringContaining('order') } });
  expect(unknown).toMatchObject({ type: 'error', body: { code: 'unknown_type', detail: 'order.burn' } });
  expect(await bob.page.evaluate(() => window.heard)).toEqual([]);
  expect([...ann.complaints, ...bob.complaints]).toEqual([]);
});
