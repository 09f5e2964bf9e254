import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

/** The chat of one person. */
function chatOf(page: Page, person: string): Locator {
  return page.frameLocator('iframe').locator(`[data-person=${person}]`);
}

async function says(page: Page, person: string, text: string): Promise<void> {
  const field = chatOf(page, person).getByRole('textbox').last();
  await field.fill(text);
  await field.press('Enter');
}

test('runs what is written, shows each step, names the line of a fault, and gives it away in a link', async ({
  arrives,
  stack,
}) => {
  test.setTimeout(180_000);
  const { page } = await arrives(`${stack.origin}/play`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const state = page.getByRole('status').first();
  await expect(state).toHaveText('Running.', { timeout: 90_000 });

  const editor = page.getByRole('textbox', { name: 'befriend.config.ts' });
  const code = await page.evaluate(() => localStorage.getItem('befriend:play') ?? '');
  const { code: first } = JSON.parse(code) as { code: string };
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(first.replace('Hello, $', 'Good evening, $'));
  await page.keyboard.press('Control+s');
  await expect(state).toHaveText('Running.');
  await page.frameLocator('iframe').getByRole('button', { name: 'Add a person' }).click();
  await expect(chatOf(page, 'cleo').getByRole('textbox').last()).toBeVisible();
  await says(page, 'ann', 'hello');
  for (const other of ['bob', 'cleo'])
    await expect(chatOf(page, other).locator('.bubble').last()).toContainText('Good evening, Ann!');
  const steps = page.frameLocator('iframe').locator('button.step');
  await expect(steps.filter({ hasText: 'action' }).filter({ hasText: 'hello' })).toHaveCount(1);
  await expect(steps.filter({ hasText: 'reacted' }).last()).toContainText('append message.sent');

  await editor.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('const = 1;\n');
  await page.keyboard.press('Control+s');
  await expect(state).toContainText('Line 1: Unexpected token');
  await says(page, 'bob', 'hello');
  await expect(chatOf(page, 'ann').locator('.bubble').last()).toContainText('Good evening, Bob!');

  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(state).toContainText('The link is copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await arrives(link);
  await expect(other.page.getByRole('status').first()).toContainText('came with a link', { timeout: 60_000 });
  await expect(other.page.getByRole('textbox', { name: 'befriend.config.ts' })).toContainText('Good evening');
  await expect(other.page.frameLocator('iframe').getByText('Nothing runs yet')).toBeVisible();
});
