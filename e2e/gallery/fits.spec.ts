import { expect } from '@playwright/test';
import { type Gallery, type Look, test } from './gallery-site.ts';
import { cut, markFilled, mayEnd, mayScroll, movements, pale, sideways, small, unseen } from './measures.ts';

async function gathered(gallery: Gallery, look: Look, measure: () => Promise<readonly string[]>): Promise<string[]> {
  const found: string[] = [];
  await gallery.each(look, async (name) => {
    found.push(...(await measure()).map((text) => `${name}: ${text}`));
  });
  return found;
}

for (const words of ['accented', 'rtl'] as const) {
  test(`no text is cut at 400 and 360 px where every text is ${words}`, async ({ gallery }) => {
    const query = `words=${words}${words === 'rtl' ? '&locale=ar' : ''}`;
    const measure = () => gallery.page.evaluate(cut, { mayEnd, mayScroll });

    const found = [
      ...(await gathered(gallery, { query }, measure)),
      ...(await gathered(gallery, { query, width: 360 }, measure)),
    ];

    expect(found).toEqual([]);
  });
}

test('nothing is cut and nothing scrolls sideways at 200 % and at 400 % zoom', async ({ gallery }) => {
  const measure = async () => [
    ...(await gallery.page.evaluate(cut, { mayEnd, mayScroll })),
    ...(await gallery.page.evaluate(sideways, mayScroll)),
  ];

  // 1280 × 1024 px, as CSS sees them.
  const found = [
    ...(await gathered(gallery, { width: 640, height: 512 }, measure)),
    ...(await gathered(gallery, { width: 320, height: 256 }, measure)),
  ];

  expect(found).toEqual([]);
});

test('everything that can be pressed is at least 24 px wide and high', async ({ gallery }) => {
  const found = await gathered(gallery, {}, () => gallery.page.evaluate(small));

  expect(found).toEqual([]);
});

test('nothing but opacity moves where less motion is wanted, and never for longer than 80 ms', async ({ gallery }) => {
  await gallery.page.emulateMedia({ reducedMotion: 'reduce' });

  const found = await gathered(gallery, { moving: true }, () => gallery.page.evaluate(movements));

  expect(found).toEqual([]);
});

test('what is told apart by its colour has an edge where colours are forced', async ({ gallery }) => {
  const found = await gathered(gallery, {}, async () => {
    await gallery.page.evaluate(markFilled);
    await gallery.page.emulateMedia({ forcedColors: 'active' });
    const boxes = await gallery.page.evaluate(unseen);
    await gallery.page.emulateMedia({ forcedColors: 'none' });
    return boxes;
  });

  expect(found).toEqual([]);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`glyphs, dots, switches and ticked boxes stand out by 3 : 1 in ${scheme}`, async ({ gallery }) => {
    const found = await gathered(gallery, { scheme }, () => gallery.page.evaluate(pale));

    expect(found).toEqual([]);
  });
}

test('the measures see what is planted', async ({ gallery }) => {
  await gallery.begins({});
  await gallery.shows('talk');
  await gallery.page.evaluate(() => {
    const panel = document.querySelector('befriend-chat')?.shadowRoot?.querySelector('.panel');
    const tiny = document.createElement('button');
    Object.assign(tiny.style, {
      width: '60px',
      height: '12px',
      overflow: 'hidden',
      whiteSpace: 'nowrap',
      padding: '0',
    });
    tiny.textContent = 'A text that is far too long for it';
    panel?.querySelector('.header')?.append(tiny);
    const fill = document.createElement('i');
    Object.assign(fill.style, { display: 'block', width: '20px', height: '20px', background: 'teal' });
    panel?.append(fill);
    const glyph = panel?.querySelector<SVGElement>('.header svg');
    if (glyph) glyph.style.color = 'color-mix(in srgb, currentColor 30%, transparent)';
    const track = document.createElement('i');
    Object.assign(track, { className: 'switch' });
    Object.assign(track.style, { display: 'block', width: '36px', height: '22px', background: '#ddd' });
    panel?.append(track);
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true });
    box.style.accentColor = '#ddd';
    panel?.append(box);
    const wide = document.createElement('div');
    wide.style.overflowX = 'auto';
    wide.append(document.createElement('div'));
    Object.assign((wide.firstChild as HTMLElement).style, { width: '2000px', height: '1px' });
    panel?.append(wide);
    tiny.animate([{ transform: 'none' }, { transform: 'scale(2)' }], 9_000);
  });

  const seen = [
    await gallery.page.evaluate(cut, { mayEnd, mayScroll }),
    await gallery.page.evaluate(sideways, mayScroll),
    await gallery.page.evaluate(small),
    await gallery.page.evaluate(movements),
    await gallery.page.evaluate(pale),
  ];
  await gallery.page.evaluate(markFilled);
  await gallery.page.emulateMedia({ forcedColors: 'active' });
  seen.push(await gallery.page.evaluate(unseen));

  expect(seen.map((texts) => texts.length > 0)).toEqual(seen.map(() => true));
  expect(seen.flat().filter((text) => /^(svg|i\.switch|input)/.test(text) && /: 1\.\d/.test(text))).toHaveLength(3);
});
