import { formatHex, parse } from 'culori';
import { expect, test } from 'vitest';
import { derived, schemes } from './derived.ts';
import css from './tokens.css?inline';
import { tokens } from './tokens.ts';

/** Colours that lie at the edges: dark, light, grey, the primaries, and a few of each hue. */
const brands = [
  ...['#000000', '#ffffff', '#777777', '#ff0000', '#00ff00', '#0000ff', '#ffff00', '#00ffff', '#ff00ff', '#4653c4'],
  ...Array.from({ length: 200 }, (_, index) => `#${((index * 83_221_517) % 0xffffff).toString(16).padStart(6, '0')}`),
];

test('makes in a browser what is derived without one', () => {
  const { host, show } = themed();

  const off: unknown[] = [];
  for (const brand of brands)
    for (const scheme of schemes) {
      host.style.setProperty('--befriend-color-brand', brand);
      host.dataset.theme = scheme;
      const palette = derived({ brand }, scheme);
      for (const name of tokens.color) {
        const shown = show(name);
        if (distance(shown, palette[name]) > 1) off.push([brand, scheme, name, shown, palette[name]]);
      }
    }

  expect(off).toEqual([]);
  host.remove();
});

test('lets the greys follow from a surface and its text', () => {
  const { host, show } = themed();
  host.dataset.theme = 'dark';
  const given = { surface: '#0b1020', 'on-surface': '#eeeeff' } as const;

  for (const [name, value] of Object.entries(given)) host.style.setProperty(`--befriend-color-${name}`, value);

  const palette = derived(given, 'dark');
  for (const name of ['raised', 'overlay', 'quiet', 'line', 'bubble-in'] as const)
    expect(distance(show(name), palette[name])).toBeLessThanOrEqual(1);
  host.remove();
});

/** A host with nothing but the tokens, and how one of its colours is shown. */
function themed() {
  const host = document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const inside = root.appendChild(document.createElement('i'));
  const show = (name: string): string => {
    // Through a mixture of it alone a colour of any space comes out in sRGB.
    inside.style.color = `color-mix(in srgb, var(--befriend-color-${name}) 100%, var(--befriend-color-${name}))`;
    return formatHex(parse(getComputedStyle(inside).color)) ?? '';
  };
  return { host, show };
}

/** The greatest difference of a channel, in 1/255. */
function distance(one: string, other: string): number {
  const [a, b] = [one, other].map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  return Math.max(...[0, 1, 2].map((at) => Math.abs((a?.[at] ?? 0) - (b?.[at] ?? 0))));
}
