import { expect, test } from '../fixtures/test.ts';

test('a page opens the widget by its own button, fills in words, and takes all of it away again', async ({
  arrives,
  joins,
  stack,
  room,
}) => {
  const bob = await joins(room, 'Bob');
  const tag = stack.tag({ conversation: room, name: 'Ann', launcher: 'h1', hide: '/nowhere' });

  const ann = await arrives(stack.site.page('plain', tag));
  await ann.page.locator('h1').click();
  await ann.isReady();
  await expect(ann.page.locator('h1')).toHaveAttribute('aria-expanded', 'true');
  await ann.page.evaluate(() => window.befriend?.('compose', { text: 'A teapot, please' }));
  await expect(ann.composer).toHaveValue('A teapot, please');
  await ann.composer.press('Enter');
  await bob.reads('A teapot, please');
  await ann.more.click();
  const sound = ann.widget.getByRole('menuitemcheckbox', { name: 'Sound', exact: true });
  await sound.click();
  await expect(sound).not.toBeChecked();
  await ann.page.evaluate(() => window.befriend?.('destroy', { forget: true }));

  await expect(ann.widget).toHaveCount(0);
  await expect(ann.page.locator('h1')).not.toHaveAttribute('aria-expanded');
  expect(await ann.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  expect(ann.complaints).toEqual([]);
});
