import { differenceEuclidean, formatHex, parse } from 'culori';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { themeIn } from './design-tokens.ts';
import { fileOf } from './design-tokens-write.ts';
import { looks, schemeNames, type Theme } from './theme.ts';
import { type TokenGroup, type TokenType, tokens, typeOfGroup } from './tokens.ts';

const channel = fc.integer({ min: 0, max: 255 });
const share = fc.integer({ min: 0, max: 1_000 }).map((value) => value / 1_000);
const hue = fc.integer({ min: 0, max: 359 });
const colour = fc.oneof(
  fc
    .tuple(channel, channel, channel)
    .map(([r, g, b]) => formatHex({ mode: 'rgb', r: r / 255, g: g / 255, b: b / 255 })),
  fc.tuple(share, share, share).map((parts) => `color(display-p3 ${parts.join(' ')})`),
  fc.tuple(share, share, hue, share).map(([l, c, h, alpha]) => `oklch(${l} ${c / 3} ${h} / ${alpha})`),
  fc.tuple(hue, share, share).map(([h, s, l]) => `hsl(${h} ${s * 100}% ${l * 100}%)`),
  fc.constantFrom('rebeccapurple', '#0a7d5a80', '#123'),
);
const length = fc
  .tuple(fc.integer({ min: 0, max: 4_000 }), fc.constantFrom('px', 'rem', 'em', '%', 'vh'))
  .map(([value, unit]) => `${value / 8}${unit}`);
const values: Record<TokenType, fc.Arbitrary<string>> = {
  color: colour,
  length,
  time: fc.tuple(fc.nat(900), fc.constantFrom('ms', 's')).map(([value, unit]) => `${value}${unit}`),
  font: fc
    .uniqueArray(fc.constantFrom('"Open Sans"', 'Inter', 'system-ui', 'sans-serif', '"serif"'), { minLength: 1 })
    .map((names) => names.join(', ')),
  shadow: fc.oneof(
    fc.constant('none'),
    fc
      .array(fc.tuple(length, length, colour, fc.boolean()), { minLength: 1, maxLength: 3 })
      .map((layers) =>
        layers.map(([y, blur, tone, inset]) => `${inset ? 'inset ' : ''}0px ${y} ${blur} 1px ${tone}`).join(', '),
      ),
  ),
  number: fc.nat(2_000_000_000).map(String),
};
const groups = Object.entries(tokens).map(([group, names]) => {
  const one = values[typeOfGroup[group as TokenGroup]];
  const value = fc.oneof(one, fc.record({ light: one, dark: one }));
  const held = Object.fromEntries(names.map((name) => [name, value]));
  return [group, fc.record(held, { requiredKeys: [] })] as const;
});
const chosen = Object.entries({ scheme: schemeNames, ...looks }).map(
  ([name, choices]) => [name, fc.constantFrom<string>(...choices)] as const,
);
const themes = fc.record(Object.fromEntries([...groups, ...chosen]), { requiredKeys: [] });

test('writes a theme as a file that reads as the same theme', () => {
  fc.assert(
    fc.property(themes, (drawn) => {
      const theme = drawn as Theme;

      const { theme: read, problems } = themeIn(JSON.parse(JSON.stringify(fileOf(theme))));

      expect(problems.filter(({ reason }) => reason !== 'There is no such group.')).toEqual([]);
      expect(plain(read)).toEqual(plain(theme));
      expect(apart(read, theme)).toBeLessThan(1e-4);
    }),
    { numRuns: 300 },
  );
});

test('writes what other tools read: colour objects with a hex beside, dimensions, durations, and layers of a shadow', () => {
  const file = fileOf({
    scheme: 'inherit',
    density: 'compact',
    color: { brand: '#0a7d5a', surface: { light: '#fff', dark: '#00000080' } },
    font: { family: '"Open Sans", sans-serif' },
    radius: { panel: '12px', avatar: '50%' },
    motion: { quick: '0.1s' },
    shadow: { panel: '0 2px 8px #0003' },
    z: { index: '10' },
  });

  expect(file).toEqual({
    $schema: 'https://www.designtokens.org/schemas/2025.10/format.json',
    befriend: {
      $extensions: { befriend: { scheme: 'inherit', density: 'compact' } },
      color: {
        $type: 'color',
        brand: { $value: { colorSpace: 'srgb', components: [0.039216, 0.490196, 0.352941], hex: '#0a7d5a' } },
        surface: {
          $value: { colorSpace: 'srgb', components: [1, 1, 1], hex: '#ffffff' },
          $extensions: {
            befriend: { dark: { colorSpace: 'srgb', components: [0, 0, 0], alpha: 0.501961, hex: '#000000' } },
          },
        },
      },
      font: { $type: 'fontFamily', family: { $value: ['Open Sans', 'sans-serif'] } },
      radius: { $type: 'dimension', panel: { $value: { value: 12, unit: 'px' } }, avatar: { $value: '50%' } },
      motion: { $type: 'duration', quick: { $value: { value: 0.1, unit: 's' } } },
      shadow: {
        $type: 'shadow',
        panel: {
          $value: {
            color: { colorSpace: 'srgb', components: [0, 0, 0], alpha: 0.2, hex: '#000000' },
            offsetX: { value: 0, unit: 'px' },
            offsetY: { value: 2, unit: 'px' },
            blur: { value: 8, unit: 'px' },
            spread: { value: 0, unit: 'px' },
          },
        },
      },
      z: { $type: 'number', index: { $value: 10 } },
    },
  });
});

const colours = /#[\da-f]+\b|\b(?!inset|none)[a-z-]+\([^)]*\)|\brebeccapurple\b/gi;

/** A theme without its colours, in which what means the same is the same. */
function plain(theme: Theme): unknown {
  return JSON.parse(
    JSON.stringify(theme)
      .replace(colours, (css) => `<${parse(css)?.mode}>`)
      .replace(/\b0px /g, '0 '),
  );
}

/** The greatest distance of two colours that stand in the same place. */
function apart(one: Theme, other: Theme): number {
  const [left, right] = [one, other].map((theme) => JSON.stringify(theme).match(colours) ?? []);
  const distance = (a: string, b = ''): number =>
    differenceEuclidean('rgb')(a, b) + Math.abs((parse(a)?.alpha ?? 1) - (parse(b)?.alpha ?? 1));
  return Math.max(0, ...(left ?? []).map((css, index) => distance(css, right?.[index])));
}
