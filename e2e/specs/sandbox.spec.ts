import type { Page } from '@playwright/test';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

interface Befriend {
  befriend(verb: string, ...args: unknown[]): unknown;
}

/** A sandboxed frame that allows scripts and nothing else: no origin, and so no storage, no locks and no notices. */
function framed(address: string): string {
  return `<iframe title="A guest" sandbox="allow-scripts" style="width: 900px; height: 700px" src="${address}"></iframe>`;
}

// What has no origin cannot be listed.
test.use({ anyOrigin: true });

/** What the frame has at hand, by what it says of each. */
function atHand(page: Page): Promise<unknown> {
  const frame = page.frames().find((one) => one.parentFrame() !== null);
  return frame?.evaluate(() => {
    const tried = (read: () => unknown): unknown => {
      try {
        return typeof read();
      } catch (error) {
        return (error as Error).name;
      }
    };
    return [origin, tried(() => localStorage), tried(() => indexedDB.open('a'))];
  }) as Promise<unknown>;
}

test('every feature lives in a sandboxed frame without storage, and throws nothing at its page, also when it is forgotten', async ({
  browser,
  joins,
  stack,
  room,
}) => {
  const context = await browser.newContext();
  const inner = stack.site.page('plain', stack.tag({ conversation: room, name: 'Ann' }));
  const page = await context.newPage();
  const ann = new Person(page, page.frameLocator('iframe').locator('befriend-chat'));
  await page.goto(stack.site.page('plain', framed(inner)));
  const { widget, composer, log } = ann;
  const button = (name: string) => widget.getByRole('button', { name, exact: true });
  expect(await atHand(page)).toEqual(['null', 'SecurityError', 'SecurityError']);

  await ann.opens();
  await expect(ann.panel).toContainText('Not kept here: a reload forgets it.');
  const bob = await joins(room, 'Bob');
  await bob.says('Which one?');
  await ann.reads('Which one?');
  await widget.getByLabel('Attach files').setInputFiles({
    name: 'list.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('milk and bread'),
  });
  await expect(widget.getByRole('list', { name: 'Files to send' }).getByRole('listitem')).toHaveCount(1);
  await ann.says('This one');
  await expect(bob.log).toContainText('list.txt');
  await expect(ann.unsettled).toHaveCount(0);

  const words = log.locator('.bubble', { hasText: 'Which one?' });
  await words.hover();
  await expect(widget.getByRole('toolbar')).toBeVisible();
  await words.click({ button: 'right', position: { x: 14, y: 14 } });
  await widget.getByRole('menu').getByText('Answer', { exact: true }).click();
  await button('Emoji').click();
  await widget.getByRole('combobox').fill('teapot');
  await expect(widget.getByRole('option', { name: 'teapot' })).toBeVisible();
  await widget.getByRole('combobox').press('Enter');
  await composer.press('Enter');
  await expect(bob.log.locator('.quoted')).toHaveCount(1);

  await button('More').click();
  const notices = widget.getByRole('menuitemcheckbox', { name: 'Notices on this device' });
  await expect(notices).toHaveAttribute('aria-disabled', 'true');
  await expect(notices).toContainText('This browser does not allow them here.');
  await widget.getByRole('menuitemcheckbox', { name: 'Sound', exact: true }).click();
  await expect(widget.getByRole('menuitemcheckbox', { name: 'Sound', exact: true })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await button('More').click();
  await widget.getByRole('menuitem', { name: /^Search/ }).click();
  await widget.getByRole('searchbox').fill('which');
  await widget.locator('.hit').click();
  await expect(log.locator('.sought')).toContainText('Which one?');
  await widget.locator('.subject button').click();
  await expect(widget.locator('.people')).toBeVisible();

  const frame = page.frames().find((one) => one.parentFrame() !== null);
  await frame?.evaluate(() => (globalThis as unknown as Befriend).befriend('destroy', { forget: true }));
  await expect(widget).toHaveCount(0);
  // What nobody has caught is said in a task of its own.
  await frame?.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));

  expect(ann.complaints).toEqual([]);
  await context.close();
});
