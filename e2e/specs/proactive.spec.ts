import { expect, test } from '../fixtures/test.ts';

const server = new URL('../../server/package/server.ts', import.meta.url).href;
const message = {
  name: 'cart',
  when: { event: 'cart.left' },
  say: 'Shall we keep your cart?',
  from: { name: 'ava', title: 'Ava' },
};

test.use({ config: `{ plugins: [(await import('${server}')).proactive([${JSON.stringify(message)}])] }` });

test('a friend speaks first when the page tells that a cart was left, once, and the closed launcher counts it', async ({
  arrives,
  stack,
}) => {
  const tag = stack.tag({ conversation: 'support', name: 'Ann', consent: 'functional' });
  const ann = await arrives(stack.site.page('plain', tag));
  const left = (): Promise<unknown> => ann.page.evaluate(() => window.befriend?.('track', 'cart.left', { items: 2 }));
  await ann.opens();
  await ann.page.evaluate(() => window.befriend?.('close'));

  await left();
  await expect(ann.widget.locator('.badge')).toHaveText('1');
  await left();
  await ann.opens();

  await ann.reads('Shall we keep your cart?');
  await expect(ann.widget.getByText('Shall we keep your cart?')).toHaveCount(1);
  expect(ann.complaints).toEqual([]);
});
