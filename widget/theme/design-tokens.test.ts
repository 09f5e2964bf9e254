import fc from 'fast-check';
import { expect, test } from 'vitest';
import { themeIn } from './design-tokens.ts';
import { cssOf } from './theme-text.ts';

const file = {
  brand: {
    $type: 'color',
    green: { $value: { colorSpace: 'srgb', components: [0.04, 0.49, 0.35], alpha: 1, hex: '#0a7d5a' } },
    ink: { $value: '#101418' },
    night: { $root: { $value: { colorSpace: 'oklch', components: [0.2, 0.01, 'none'], alpha: 0.9 } } },
  },
  sizes: { 'm.d': 1, md: { $type: 'dimension', $value: { value: 12, unit: 'px' } } },
  befriend: {
    $extensions: { befriend: { scheme: 'dark', density: 'compact' } },
    color: {
      $type: 'color',
      $extends: '{shared}',
      brand: { $value: '{brand.green}' },
      surface: { $value: '#fff', $extensions: { befriend: { dark: '{brand.night.$root}' } } },
      'on-surface': { $value: { $ref: '#/brand/ink/$value' } },
      danger: { $ref: '#/brand/ink' },
      focus: { $value: { colorSpace: 'hsl', components: [160, 85, 26] } },
    },
    radius: { bubble: { $value: '{sizes.md}' }, panel: { $value: '1rem', $type: 'dimension' } },
    font: { family: { $type: 'fontFamily', $value: ['Source Sans 3', 'system-ui', 'sans-serif'] } },
    motion: { quick: { $type: 'duration', $value: { value: 90, unit: 'ms' } } },
    z: { index: { $type: 'number', $value: 7 } },
    shadow: {
      panel: {
        $type: 'shadow',
        $value: [
          {
            color: '{brand.ink}',
            offsetX: { value: 0, unit: 'px' },
            offsetY: '{sizes.md}',
            blur: '24px',
            spread: '0px',
          },
          { color: '#0003', offsetX: '0px', offsetY: '1px', blur: '2px', spread: '0px', inset: true },
        ],
      },
    },
  },
  shared: { quiet: { $value: '#555555' }, brand: { $value: '#000000' } },
};

test('reads values of each type, in groups, by alias, by reference and by extension', () => {
  const { theme, problems } = themeIn(file);

  expect(problems).toEqual([]);
  expect(theme).toEqual({
    scheme: 'dark',
    density: 'compact',
    color: {
      quiet: '#555555',
      brand: 'color(srgb 0.04 0.49 0.35 / 1)',
      surface: { light: '#fff', dark: 'oklch(0.2 0.01 none / 0.9)' },
      'on-surface': '#101418',
      danger: '#101418',
      focus: 'hsl(160 85% 26%)',
    },
    radius: { bubble: '12px', panel: '1rem' },
    font: { family: '"Source Sans 3", system-ui, sans-serif' },
    motion: { quick: '90ms' },
    z: { index: '7' },
    shadow: { panel: '0px 12px 24px 0px #101418, inset 0px 1px 2px 0px #0003' },
  });
  expect(cssOf(theme).problems).toEqual([]);
});

test.each([
  ['befriend.color.acent', '/befriend/color/acent', { color: { acent: { $value: '#000' } } }],
  ['befriend.colour', '/befriend/colour', { colour: { accent: { $value: '#000' } } }],
  ['befriend.color.accent', '/befriend/color/accent/$value', { color: { accent: { $value: 'url(x)' } } }],
  ['befriend.color.accent', '/befriend/color/accent/$value', { color: { accent: { $value: { colorSpace: 'x' } } } }],
  ['befriend.color.accent', '/befriend/color/accent', { color: { accent: { $value: '{no.where}' } } }],
  ['befriend.color.accent', '/befriend/color/accent', { color: { accent: { $value: '{befriend.color.accent}' } } }],
  ['befriend.color.accent', '/befriend/color/accent', { color: { accent: {} } }],
  ['befriend.color.accent', '/befriend/color/accent', { color: { accent: { $type: 'dimension', $value: '1px' } } }],
  ['befriend.color', '/befriend/color', { color: { $extends: '{befriend.color}' } }],
  ['density', '/befriend/$extensions/befriend/density', { $extensions: { befriend: { density: 'tight' } } }],
  [
    'befriend.color.accent',
    '/befriend/color/accent/$extensions/befriend/dark',
    { color: { accent: { $value: '#000', $extensions: { befriend: { dark: 'drak;' } } } } },
  ],
  ['befriend.color.a/b~c', '/befriend/color/a~1b~0c', { color: { 'a/b~c': { $value: '#000' } } }],
])('says what is wrong with %s at %s', (token, pointer, befriend) => {
  const { theme, problems } = themeIn({ befriend });

  expect(problems.map((one) => [one.token, one.pointer])).toEqual([[token, pointer]]);
  expect(cssOf(theme).css).toBe(':host{}');
});

test('says that a file has nothing for the widget', () => {
  for (const json of [null, 7, 'x', [], {}, { befriend: 7 }, { color: {} }]) {
    expect(themeIn(json).problems).toEqual([{ token: 'befriend', reason: 'There is no such group.', pointer: '' }]);
  }
});

test('says of a group that there is none once, and nothing of what is in it', () => {
  const file = { befriend: { palette: { green: { $type: 'color', $value: '#0a7d5a' } } } };

  const { problems } = themeIn(file);

  expect(problems.map(({ token }) => token)).toEqual(['befriend.palette']);
});

test('is soon done with a file that would go on for ever', () => {
  const level = (of: string): unknown => ({
    $type: 'shadow',
    $value: Array.from({ length: 20 }, () => `{bomb.${of}}`),
  });
  const bomb = { a: level('b'), b: level('c'), c: level('d'), d: level('e'), e: level('a') };
  const before = performance.now();

  const { problems } = themeIn({ bomb, befriend: { shadow: { panel: { $value: '{bomb.a}' } } } });

  expect(problems[0]?.reason).toBe('It points in a circle, or at far too much.');
  expect(performance.now() - before).toBeLessThan(1_000);
});

test('never throws, and lets nothing through that is no value', () => {
  const leaf = fc.oneof(fc.jsonValue(), fc.constantFrom('{a.b}', '#000', 'url(x)', '#/a', '{befriend.color.brand}'));
  const names = fc.constantFrom(
    '$value',
    '$type',
    '$ref',
    '$extends',
    '$extensions',
    'befriend',
    'dark',
    '__proto__',
    'a',
  );
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.dictionary(fc.oneof(names, fc.constantFrom('color', 'brand')), tie('node')),
    ),
  })).node;

  fc.assert(
    fc.property(tree, tree, (brand, other) => {
      const { theme } = themeIn({ befriend: { color: { brand, surface: other } }, a: other });

      expect(cssOf(theme).css).toMatch(/^:host\{(?:--befriend-[a-z-]+:[^;{}@\\<]*;)*\}$/);
      expect(cssOf(theme).problems).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
