import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/test.ts';

declare global {
  interface Window {
    violations: string[];
  }
}

test('finds an old message and goes there, names a person, chooses an emoji and takes the conversation along', async ({
  arrives,
  joins,
  room,
  stack,
}) => {
  const bob = await joins(room, 'Bób Keller');
  await bob.says('The blue teapot is back');
  await bob.page.evaluate(() => {
    for (let line = 1; line <= 60; line += 1) window.befriend?.('send', { text: `line ${line}` });
  });
  await bob.sent('line 60');
  const sources = `connect-src ${new URL(stack.xmpp.service).origin} ${stack.origin}; img-src ${stack.origin}`;
  const headers = {
    'Content-Security-Policy': `default-src 'none'; script-src 'nonce-x1' 'strict-dynamic'; style-src 'none'; ${sources}; require-trusted-types-for 'script'; trusted-types 'none'`,
  };
  const tag = stack.tag({ conversation: room, name: 'Ann' }).replace('<script ', '<script nonce="x1" ');
  const ann = await arrives(stack.site.page('strict', tag, headers));
  await ann.opens();
  await ann.reads('line 60');

  await ann.more.click();
  await ann.widget.getByRole('menuitem', { name: /^Search/ }).click();
  await ann.widget.getByRole('searchbox').fill('TEAPOT blu');
  await expect(ann.widget.locator('.hit mark')).toHaveText(['blu', 'teapot']);
  await ann.widget.locator('.hit').click();

  const old = ann.log.locator('.row', { hasText: 'The blue teapot is back' });
  await expect(old).toBeInViewport();
  await expect(old).toBeFocused();

  await ann.composer.pressSequentially('Hello @bob');
  await expect(ann.widget.getByRole('option', { name: 'Bób Keller' })).toBeVisible();
  await ann.composer.press('Enter');
  await expect(ann.composer).toHaveValue('Hello @Bób Keller ');
  await ann.widget.getByRole('button', { name: 'Emoji', exact: true }).click();
  await ann.widget.getByRole('combobox').fill('teapot');
  await expect(ann.widget.getByRole('option', { name: 'teapot' })).toBeVisible();
  await ann.widget.getByRole('combobox').press('Enter');
  await expect(ann.composer).toHaveValue('Hello @Bób Keller 🫖');
  await ann.composer.press('Enter');
  await expect(bob.log).toContainText('Hello @Bób Keller 🫖');

  await ann.more.click();
  const download = ann.page.waitForEvent('download');
  await ann.widget.getByRole('menuitem', { name: /^Download/ }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).split('\n');

  expect(lines.filter((line) => /Bób Keller: line \d+$/.test(line))).toHaveLength(60);
  expect(lines.some((line) => line.endsWith('Ann: Hello @Bób Keller 🫖'))).toBe(true);
  expect(await ann.page.evaluate(() => window.violations)).toEqual([]);
});
