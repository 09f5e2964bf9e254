import { expect, test } from '../fixtures/test.ts';

/** A policy that lets no style of the page's be written down: what styles the widget is constructed. */
function policy(friend: string, xmpp: string): string {
  return [
    "default-src 'none'",
    "script-src 'nonce-x1' 'strict-dynamic'",
    "style-src 'none'",
    `connect-src ${xmpp} ${friend}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

test('a page makes the widget its own beyond colours, under a strict policy', async ({
  arrives,
  joins,
  stack,
  room,
}) => {
  const headers = { 'Content-Security-Policy': policy(stack.origin, new URL(stack.xmpp.service).origin) };
  const tag = stack.tag({ conversation: room, name: 'Ann' }).replace('<script ', '<script nonce="x1" ');
  const ann = await arrives(stack.site.page('strict', tag, headers));
  const { page, widget, launcher } = ann;
  await launcher.waitFor();

  await page.evaluate(() => {
    const host = document.querySelector('befriend-chat');
    const { befriend } = window as unknown as { befriend: (verb: string, ...given: unknown[]) => unknown };
    const made = (text: string, slot?: string): HTMLElement => {
      const element = document.createElement('span');
      element.className = 'of-the-page';
      element.textContent = text;
      if (slot) element.slot = slot;
      return element;
    };
    for (const slot of ['launcher', 'header', 'empty', 'before-composer']) host?.append(made(`own ${slot}`, slot));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      befriend-chat::part(launcher) { border-radius: 12px }
      befriend-chat::part(bubble own) { border-radius: 3px }
      .of-the-page { letter-spacing: 2px }
    `);
    document.adoptedStyleSheets = [sheet];
    befriend('adoptStyles', '.composer { outline: 1px dotted }');
    befriend('icons', { close: made('X') });
    befriend('render', 'message-footer', (_: unknown, { text }: { readonly text: string }) => made(`“${text}”`));
  });
  await expect(launcher.locator('slot')).toBeVisible();
  await expect(page.getByText('own launcher')).toBeVisible();
  await expect(launcher).toHaveCSS('border-radius', '12px');
  await ann.opens();

  for (const place of ['header', 'empty', 'before-composer'])
    await expect(page.getByText(`own ${place}`)).toBeVisible();
  await expect(widget.locator('.close')).toHaveText('X');
  await expect(widget.locator('.composer')).toHaveCSS('outline-style', 'dotted');

  const bob = await joins(room, 'Bob');
  await ann.says('In our own clothes');
  await bob.says('I see');
  await ann.reads('I see');
  await expect(page.getByText('own empty')).toBeHidden();
  await expect(widget.locator('.own > .bubble')).toHaveCSS('border-radius', '3px');
  await expect(widget.locator('.other > .bubble')).not.toHaveCSS('border-radius', '3px');
  await expect(page.getByText('“I see”')).toBeVisible();
  await expect(page.getByText('“I see”')).toHaveCSS('letter-spacing', '2px');
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect([...ann.complaints, ...bob.complaints]).toEqual([]);
});
