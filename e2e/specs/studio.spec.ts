import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Waits until the studio is built and its previews show something. */
async function opened(page: Page): Promise<Page> {
  await expect(page.getByRole('tab', { name: 'Start' })).toBeVisible({ timeout: 60_000 });
  await expect(page.frameLocator('iframe').first().locator('.bubble').first()).toBeVisible();
  return page;
}

/** What the widget in the first preview has as a token. */
function tokenIn(page: Page, token: string): Promise<string> {
  return page
    .frameLocator('iframe')
    .first()
    .locator('befriend-chat')
    .evaluate((host, name) => getComputedStyle(host).getPropertyValue(`--befriend-${name}`), token);
}

test('makes a theme of a colour, repairs what cannot be read, and gives it away in a link and a file', async ({
  arrives,
  stack,
}, info) => {
  test.setTimeout(150_000);
  const ann = await arrives(`${stack.origin}/studio`);
  const page = await opened(ann.page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByLabel('Your brand, as text').fill('#0a7d5a');
  await page.keyboard.press('Tab');
  await expect.poll(() => tokenIn(page, 'color-brand')).toBe('#0a7d5a');

  await page.getByRole('tab', { name: 'Colours' }).click();
  await page.getByLabel('Quiet text, light, as text').fill('#b9bbc2');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('heading', { name: /hard to read/ })).toBeVisible();
  await page.getByRole('button', { name: 'Repair: Quiet text on the panel, light' }).click();

  await expect(page.getByRole('heading', { name: /^All \d+ pairs can be read$/ })).toBeVisible();
  await expect(page.getByText(/“Quiet text” went from #b9bbc2 to #[\da-f]{6}, contrast from 1\.\d to/)).toBeVisible();
  const quiet = await page.getByLabel('Quiet text, light, as text').inputValue();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Quiet text, light, as text')).toHaveValue('#b9bbc2');
  await page.getByRole('button', { name: 'Redo' }).click();

  await page.reload();
  await opened(page);
  await expect(page.getByLabel('Your brand, as text')).toHaveValue('#0a7d5a');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link is copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const bob = await arrives(link);
  await opened(bob.page);
  await bob.page.getByRole('tab', { name: 'Colours' }).click();
  await expect(bob.page.getByLabel('Quiet text, light, as text')).toHaveValue(quiet);

  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('radio', { name: 'Design tokens' }).check();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'befriend.tokens.json' }).click();
  const path = info.outputPath('befriend.tokens.json');
  await (await download).saveAs(path);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { befriend: { color: Record<string, { $value: object }> } };
  expect(file.befriend.color.brand?.$value).toMatchObject({ colorSpace: 'srgb', hex: '#0a7d5a' });
  expect(file.befriend.color.quiet?.$value).toMatchObject({ hex: quiet });
  expect([...ann.complaints, ...bob.complaints].filter((text) => !text.includes('503'))).toEqual([]);
});

test('is used by the keyboard alone, and each key is one step back', async ({ arrives, stack }) => {
  test.setTimeout(120_000);
  const { page } = await arrives(`${stack.origin}/studio`);
  await opened(page);
  await page.getByRole('tab', { name: 'Start' }).focus();

  for (let tab = 0; tab < 3; tab += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Shape' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: 'Regular' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Compact' })).toBeChecked();
  const host = page.frameLocator('iframe').first().locator('befriend-chat');
  await expect(host).toHaveAttribute('data-density', 'compact');
  await page.getByRole('slider', { name: 'Panel' }).focus();
  await page.keyboard.press('End');
  await expect.poll(() => tokenIn(page, 'radius-panel')).toBe('32px');

  await page.keyboard.press('Control+z');
  await expect.poll(() => tokenIn(page, 'radius-panel')).toBe('16px');
  await page.keyboard.press('Control+z');
  await expect(host).toHaveAttribute('data-density', 'regular');
  await page.keyboard.press('Control+Shift+Z');
  await expect(host).toHaveAttribute('data-density', 'compact');
});

test('shows every state that the gallery has, in both schemes and by the keyboard', async ({ arrives, stack }) => {
  test.setTimeout(180_000);
  const ann = await arrives(`${stack.origin}/studio`);
  const page = await opened(ann.page);
  const every = page.getByLabel('Every state');
  await expect.poll(() => every.locator('option').count()).toBeGreaterThan(40);
  const names = await every
    .locator('option:enabled')
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));

  for (const name of names) {
    await every.selectOption(name);
    for (const frame of [0, 1])
      await expect(page.frameLocator('iframe').nth(frame).locator('html')).toHaveAttribute('data-shown', name);
  }
  await every.focus();
  await page.keyboard.press('ArrowUp');

  const before = names.at(-2) ?? '';
  await expect(page.frameLocator('iframe').first().locator('html')).toHaveAttribute('data-shown', before);
  expect(ann.complaints.filter((text) => !text.includes('503'))).toEqual([]);
});

test('lets one write to somebody who answers, with no server but the page itself', async ({ arrives, stack }) => {
  test.setTimeout(120_000);
  const ann = await arrives(`${stack.origin}/studio`);
  await opened(ann.page);

  await ann.page.getByRole('radio', { name: 'Live' }).check();
  const widget = ann.page.frameLocator('iframe').first().locator('befriend-chat');
  await widget.getByRole('textbox').fill('How does it look?');
  await widget.getByRole('textbox').press('Enter');

  await expect(widget.locator('.bubble')).toHaveCount(3, { timeout: 20_000 });
  await expect(widget.locator('.bubble').last()).toContainText('That looks good on you.');
  expect(ann.complaints.filter((text) => !text.includes('503'))).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`has nothing that axe finds in ${colorScheme} colours, and fits on a phone`, async ({
    arrives,
    stack,
  }, info) => {
    test.setTimeout(150_000);
    const { page } = await arrives(`${stack.origin}/studio`);
    await opened(page);
    await page.emulateMedia({ colorScheme });
    const found: unknown[] = [];
    // The widgets in the frames are the same from tab to tab: they are looked at once.
    const look = async (what: string, left = ['iframe']): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).withTags(rules).exclude(left).analyze();
      found.push(...violations.map(({ id, nodes }) => [what, id, ...nodes.map(({ html }) => html.slice(0, 160))]));
    };

    await look('the widgets', []);
    for (const name of ['Start', 'Colours', 'Type', 'Shape', 'Motion', 'Launcher']) {
      await page.getByRole('tab', { name }).click();
      await look(name);
    }
    await page.getByRole('tab', { name: 'Colours' }).click();
    await page.getByLabel('Links, light, as text').fill('#ffd9a0');
    await page.keyboard.press('Tab');
    await page.getByText('Every pair').click();
    await look('a gate that fails');
    await page.getByRole('button', { name: 'Export' }).click();
    await look('the sheet');
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 390, height: 844 });
    await look('a phone');
    const path = info.outputPath(`studio-${colorScheme}.png`);
    await page.screenshot({ path });
    await info.attach('screenshot', { path, contentType: 'image/png' });

    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
