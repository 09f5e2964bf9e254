import type { Page } from '@playwright/test';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

const upright = { width: 390, height: 844 };
const lying = { width: 844, height: 390 };

/** How much of the page the on-screen keyboard leaves in sight, px; no driver of a browser brings one up. */
async function keyboardLeaves(page: Page, height: number | undefined): Promise<void> {
  await page.evaluate((left) => {
    const seen = visualViewport as VisualViewport;
    if (left === undefined) Reflect.deleteProperty(seen, 'height');
    else Object.defineProperty(seen, 'height', { configurable: true, get: () => left });
    seen.dispatchEvent(new Event('resize'));
  }, height);
}

test('on a phone the chat fills the screen, stays above the keyboard and keeps its place when the phone is turned', async ({
  browser,
  stack,
  joins,
  room,
}) => {
  const ben = await joins(room, 'Ben');
  for (let turn = 1; turn <= 12; turn += 1) await ben.says(`Word ${turn}, which takes a line or two on a phone`);
  await ben.sent('Word 12, which takes a line or two on a phone');
  const context = await browser.newContext({ viewport: upright, hasTouch: true, isMobile: true });
  const ann = await Person.arrive(context, stack.site.page('long', stack.tag({ conversation: room })));
  const { page } = ann;
  await ann.launcher.tap();
  await ann.isReady();
  const isWithin = async (height: number, width: number): Promise<void> => {
    for (const part of [ann.composer, ann.widget.locator('.close')]) {
      await expect
        .poll(async () => {
          const box = await part.boundingBox();
          return box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
        })
        .toBe(true);
    }
    await expect(ann.log.locator('.bubble').last()).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  };
  await expect.poll(() => ann.panel.boundingBox()).toEqual({ x: 0, y: 0, ...upright });
  await isWithin(upright.height, upright.width);
  // Below 16 px a phone zooms in on what is written into.
  expect(
    await ann.composer.evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize)),
  ).toBeGreaterThanOrEqual(16);

  await ann.composer.tap();
  await ann.composer.fill('Half a thought');
  await keyboardLeaves(page, 508);
  await isWithin(508, upright.width);
  await keyboardLeaves(page, undefined);
  await isWithin(upright.height, upright.width);

  await page.setViewportSize(lying);
  await expect.poll(() => ann.panel.boundingBox()).toEqual({ x: 0, y: 0, ...lying });
  await isWithin(lying.height, lying.width);
  await keyboardLeaves(page, 190);
  await isWithin(190, lying.width);
  await keyboardLeaves(page, undefined);
  await page.setViewportSize(upright);
  await isWithin(upright.height, upright.width);
  await expect(ann.composer).toHaveValue('Half a thought');

  await ann.composer.press('Enter');
  await ben.reads('Half a thought');
  await ann.widget.locator('.close').tap();
  await expect(ann.panel).toBeHidden();
  expect(await page.evaluate(() => scrollY)).toBe(600);
  expect(ann.complaints).toEqual([]);
  await context.close();
});
