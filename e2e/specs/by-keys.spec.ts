import { lost } from '../fixtures/by-keys.ts';
import { expect, test } from '../fixtures/test.ts';

// Only where locators work by keys: what else would show that they do?
test('no key leads to what only a pointer can press, and a focus that is lost is noted', async ({ arrives, stack }) => {
  const { page } = await arrives(stack.site.page('plain', ''));
  await page.setContent(`<main><div id="deaf">Press me</div><button id="gone">Go</button><button>Stay</button></main>`);
  await page.evaluate(() => {
    document.querySelector('#deaf')?.addEventListener('click', () => Object.assign(window, { pressed: true }));
    document.querySelector('#gone')?.addEventListener('click', ({ target }) => (target as Element).remove());
  });

  await expect(page.locator('#deaf').click()).rejects.toThrow('No key leads to');
  await page.locator('#gone').click();

  expect(await page.evaluate(() => Reflect.get(window, 'pressed'))).toBe(undefined);
  await expect(page.locator('#gone')).toHaveCount(0);
  expect(lost.splice(0)).toEqual([expect.stringContaining('#gone')]);
});
