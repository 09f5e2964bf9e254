import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { type Gallery, type Look, test } from './gallery-site.ts';
import { inPalette } from './palette-png.ts';

/** Between them they show every colour, every side and every screen. */
const chosen = [
  'launcher-unread',
  'empty',
  'talk',
  'offline',
  'long-words',
  'right-to-left-words',
  'on-the-way',
  'group',
  'formatting',
  'quick-replies',
  'form',
  'message-menu',
  'list',
  'person',
  'me',
];

const looks: Readonly<Record<string, Look>> = {
  light: {},
  dark: { scheme: 'dark', only: chosen },
  rtl: { query: 'locale=ar', only: chosen },
  phone: { width: 390, height: 780, only: chosen },
};

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Compares what is seen now with its picture, for a while: what was loaded last may still have to be painted. */
async function looksAs({ page }: Gallery, picture: string[]): Promise<void> {
  await expect(async () => {
    const seen = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
    expect(inPalette(seen)).toMatchSnapshot(picture, { threshold: 0.2, maxDiffPixels: 60 });
  }).toPass({ timeout: 2_000, intervals: [100, 500] });
}

async function findings(page: Page, which: 'all' | 'contrast' = 'all'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include('befriend-chat').setLegacyMode();
  // What is said of a count or of an emoji is more than what is shown: nobody presses it by naming the number.
  if (which === 'all') axe.withTags(rules).disableRules(['label-content-name-mismatch']);
  else axe.withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

for (const [look, options] of Object.entries(looks)) {
  test(`states look in ${look} as their pictures do`, async ({ gallery }) => {
    const differ: string[] = [];

    await gallery.each(options, async (name) => {
      await looksAs(gallery, [look, `${name}.png`]).catch((error: unknown) => differ.push(`${name}: ${error}`));
    });

    expect(differ).toEqual([]);
  });
}

test('axe finds nothing in any state', async ({ gallery }) => {
  const found: string[] = [];

  await gallery.each({}, async (name) => {
    found.push(...(await findings(gallery.page)).map((text) => `${name}: ${text}`));
  });

  expect(found).toEqual([]);
});

test('axe finds every contrast in dark colours too', async ({ gallery }) => {
  const found: string[] = [];

  await gallery.each({ scheme: 'dark' }, async (name) => {
    found.push(...(await findings(gallery.page, 'contrast')).map((text) => `${name}: ${text}`));
  });

  expect(found).toEqual([]);
});

test('one changed word is seen in a picture, and a button without a name and a pale text by axe', async ({
  gallery,
}, info) => {
  await gallery.begins({});
  await gallery.shows('talk');
  await gallery.page.evaluate(() => {
    const root = document.querySelector('befriend-chat')?.shadowRoot;
    const button = root?.querySelector('.panel .header button');
    button?.removeAttribute('aria-label');
    button?.replaceChildren();
    const heading = root?.querySelector<HTMLElement>('.panel .header h2');
    if (heading) heading.style.color = '#bbb';
  });
  const seen = await findings(gallery.page);
  await gallery.begins({});
  await gallery.shows('talk');
  await gallery.page.evaluate(() => {
    const bubble = document.querySelector('befriend-chat')?.shadowRoot?.querySelector('.panel .bubble');
    for (const text of bubble?.querySelectorAll('*') ?? []) if (text.textContent) text.textContent = 'A';
  });

  // While the pictures are renewed this one would be renewed too.
  const isRenewed = info.config.updateSnapshots === 'all' || info.config.updateSnapshots === 'changed';
  const compared = isRenewed ? Promise.reject(new Error('renewed')) : looksAs(gallery, ['light', 'talk.png']);

  await expect(compared).rejects.toThrow();
  expect(seen.join()).toContain('button-name');
  expect(seen.join()).toContain('color-contrast');
});
