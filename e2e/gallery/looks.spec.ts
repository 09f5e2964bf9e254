import { expect } from '@playwright/test';
import { findings } from './axe.ts';
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

/** Compares what is seen now with its picture, for a while: what was loaded last may still have to be painted. */
async function looksAs({ page }: Gallery, picture: string[]): Promise<void> {
  await expect(async () => {
    const seen = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
    expect(inPalette(seen)).toMatchSnapshot(picture, { threshold: 0.2, maxDiffPixels: 60 });
  }).toPass({ timeout: 2_000, intervals: [100, 500] });
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
    for (const text of bubble?.childNodes ?? []) text.textContent = text.textContent?.replace('cups', 'pots') ?? '';
  });

  // While the pictures are renewed this one would be renewed too.
  const isRenewed = info.config.updateSnapshots === 'all' || info.config.updateSnapshots === 'changed';
  const compared = isRenewed ? Promise.reject(new Error('renewed')) : looksAs(gallery, ['light', 'talk.png']);

  await expect(compared).rejects.toThrow();
  expect(seen.join()).toContain('button-name');
  expect(seen.join()).toContain('color-contrast');
});
