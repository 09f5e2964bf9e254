import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { type Look, test } from './gallery-site.ts';

const looks: Readonly<Record<string, Look>> = {
  light: {},
  dark: { scheme: 'dark' },
  rtl: { query: 'locale=ar' },
  phone: { width: 390, height: 780 },
};

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function findings(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include('befriend-chat').withTags(rules);
  // What is said of a count or of an emoji is more than what is shown: nobody presses it by naming the number.
  const { violations } = await axe.disableRules(['label-content-name-mismatch']).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

for (const [look, options] of Object.entries(looks)) {
  test(`every state looks in ${look} as its picture does`, async ({ gallery }) => {
    const differ: string[] = [];
    await gallery.each(options, async (name) => {
      await expect(gallery.page)
        .toHaveScreenshot([look, `${name}.png`])
        .catch((error: unknown) => differ.push(`${name}: ${String(error).split('\n', 2).join(' ')}`));
    });

    expect(differ).toEqual([]);
  });
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any state in ${scheme} colours`, async ({ gallery }) => {
    const found: string[] = [];

    await gallery.each({ scheme }, async (name) => {
      found.push(...(await findings(gallery.page)).map((text) => `${name}: ${text}`));
    });

    expect(found).toEqual([]);
  });
}

test('a planted change is seen by the eye of the pictures, and by axe', async ({ gallery }, info) => {
  await gallery.begins(looks.light ?? {});
  await gallery.shows('talk');
  await gallery.page.evaluate(() => {
    const root = document.querySelector('befriend-chat')?.shadowRoot;
    const button = root?.querySelector('.panel .header button');
    button?.removeAttribute('aria-label');
    button?.replaceChildren();
    root?.querySelector('.panel .bubble')?.append(' and not a word more');
  });

  const seen = await findings(gallery.page);
  // While the pictures are renewed this one would be renewed too.
  const isRenewed = info.config.updateSnapshots === 'all' || info.config.updateSnapshots === 'changed';
  const compared = isRenewed
    ? Promise.reject(new Error('renewed'))
    : expect(gallery.page).toHaveScreenshot(['light', 'talk.png'], { timeout: 2_000 });

  await expect(compared).rejects.toThrow();
  expect(seen.join()).toContain('button-name');
});
