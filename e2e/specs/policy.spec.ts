import { expect, test } from '../fixtures/test.ts';

/** The strictest policy that DESIGN promises to live under. */
function policy(friend: string, xmpp: string): string {
  return [
    "default-src 'none'",
    "script-src 'nonce-x1' 'strict-dynamic'",
    "style-src 'none'",
    `connect-src ${xmpp} ${friend}`,
    `img-src ${friend}`,
    `media-src ${friend}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** A picture of 2 × 1 pixels (PNG). */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAFXRFWHRDb21tZW50AFRha2VuIGF0IGhvbWXFHVH8AAAAD0lEQVR4nGM4EaAhF7UFAAipAm2Mb+iRAAAAAElFTkSuQmCC',
  'base64',
);

declare global {
  interface Window {
    violations: string[];
  }
}

test('chats under a strict policy without a single violation', async ({ arrives, joins, stack, room }) => {
  const headers = { 'Content-Security-Policy': policy(stack.origin, new URL(stack.xmpp.service).origin) };
  const tag = stack.tag({ conversation: room, name: 'Ann' }).replace('<script ', '<script nonce="x1" ');
  const ann = await arrives(stack.site.page('strict', tag, headers));
  await ann.opens();
  const bob = await joins(room, 'Bob');

  await ann.says('Strictly speaking https://example.com');
  await bob.reads('Strictly speaking https://example.com');
  await bob.says('No violations');
  await ann.reads('No violations');

  expect(await ann.page.evaluate(() => window.violations)).toEqual([]);
  await expect(ann.panel).toHaveCSS('position', 'fixed');
});

test('every feature lives under a strict policy, in a page that is isolated from all others', async ({
  arrives,
  joins,
  stack,
  room,
}) => {
  const headers = {
    'Content-Security-Policy': policy(stack.origin, new URL(stack.xmpp.service).origin),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  };
  const tag = stack
    .tag({ conversation: room, name: 'Ann', theme: '#0a7d5a' })
    .replace('<script ', '<script nonce="x1" ');
  const ann = await arrives(stack.site.page('strict', tag, headers));
  const { page, widget, composer, log } = ann;
  const button = (name: string) => widget.getByRole('button', { name, exact: true });
  const more = widget.getByRole('banner').getByRole('button', { name: 'More' });
  await ann.opens();
  const bob = await joins(room, 'Bob');
  await bob.says('Which one?');
  await ann.reads('Which one?');

  await widget.getByLabel('Attach files').setInputFiles({ name: 'cat.png', mimeType: 'image/png', buffer: picture });
  await expect(widget.getByRole('list', { name: 'Files to send' }).getByRole('listitem')).toHaveCount(1);
  await ann.says('*This* one: https://example.com');
  await bob.widget.getByRole('button', { name: 'Show cat.png' }).waitFor();
  await button('Show cat.png').click();
  await expect(widget.getByRole('dialog', { name: 'Pictures' }).getByRole('img')).toHaveJSProperty('naturalWidth', 2);
  await page.keyboard.press('Escape');

  const words = log.locator('.bubble', { hasText: 'Which one?' });
  const chooses = async (choice: string): Promise<void> => {
    await words.hover();
    await expect(widget.getByRole('toolbar')).toBeVisible();
    await words.click({ button: 'right', position: { x: 6, y: 6 } });
    await widget.getByRole('menu').getByText(choice, { exact: true }).click();
  };
  await chooses('👍');
  await expect(log.locator('.chip')).toHaveCount(1);
  await chooses('Answer');
  await button('Emoji').click();
  await widget.getByRole('combobox').fill('teapot');
  await expect(widget.getByRole('option', { name: 'teapot' })).toBeVisible();
  await widget.getByRole('combobox').press('Enter');
  await composer.press('Enter');
  await expect(bob.log.locator('.quoted')).toHaveCount(1);

  await more.click();
  await widget.getByRole('menuitemcheckbox').first().click();
  await page.keyboard.press('Escape');
  await more.click();
  await widget.getByRole('menuitem', { name: /^Search/ }).click();
  await widget.getByRole('searchbox').fill('which');
  await widget.locator('.hit').click();
  await more.click();
  const download = page.waitForEvent('download');
  await widget.getByRole('menuitem', { name: /^Download/ }).click();
  await download;
  await widget.locator('.subject button').click();
  await expect(widget.locator('.people')).toBeVisible();
  await page.evaluate(() => {
    window.befriend?.('theme', { scheme: 'dark', color: { brand: '#b3261e' } });
    window.befriend?.('locale', 'ar');
  });
  await expect(widget.locator('.befriend')).toHaveAttribute('dir', 'rtl');

  expect(await page.evaluate(() => [window.crossOriginIsolated, window.violations])).toEqual([true, []]);
  expect(ann.complaints).toEqual([]);
});

test('the harness sees a violation when there is one', async ({ arrives, stack, room }) => {
  const headers = { 'Content-Security-Policy': policy(stack.origin, new URL(stack.xmpp.service).origin) };
  const tag = stack.tag({ conversation: room });

  const ann = await arrives(stack.site.page('strict', tag, headers));

  await expect.poll(() => ann.page.evaluate(() => window.violations)).toContain('script-src-elem');
});
