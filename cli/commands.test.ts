import fc from 'fast-check';
import { expect, test } from 'vitest';
import { themeIn } from '../widget/theme/design-tokens.ts';
import { ran } from './staged-files.ts';

const brand = `{
  "palette": { "green": { "$type": "color", "$value": "#0a7d5a" } },
  "befriend": {
    "$extensions": { "befriend": { "density": "compact" } },
    "color": {
      "$type": "color",
      "brand": { "$value": "{palette.green}" }
    }
  }
}
`;
const colors = (color: object) => ({ befriend: { color: { $type: 'color', ...color } } });
const token = (value: unknown, dark?: unknown) => ({
  $value: value,
  ...(dark === undefined ? {} : { $extensions: { befriend: { dark } } }),
});
const source = (color: object) => [colors(color)];

test('says without words what there is', async () => {
  const { exit, said } = await ran('');

  expect(exit).toBe(0);
  expect(said.match(/^befriend [a-z ]+/gm)).toEqual([
    'befriend init ',
    'befriend start',
    'befriend dev',
    'befriend key api ',
    'befriend key webhook',
    'befriend flow check ',
    'befriend flow draw ',
    'befriend theme check ',
    'befriend theme build ',
  ]);
  expect((await ran('help')).said).toBe(said);
});

test.each(['start', 'dev'])('starts the friend: %s', async (word) => {
  const { exit, starts, complaints } = await ran(word);

  expect({ exit, starts, complaints }).toEqual({ exit: 0, starts: 1, complaints: '' });
});

test.each([
  ['thme check x.json', 'befriend thme does not exist. Is befriend theme meant?\n'],
  ['theme chek x.json', 'befriend theme chek does not exist. Is befriend theme check meant?\n'],
  ['strat', 'befriend strat does not exist. Is befriend start meant?\n'],
  [
    'publish',
    'befriend publish does not exist. There is befriend init, befriend start, befriend dev, befriend help, befriend flow, befriend key, befriend theme.\n',
  ],
  ['start 8080', 'befriend start and dev take their settings from variables: PORT=8081 npx befriend start\n'],
  ['init one two', 'befriend init takes one folder: befriend init chat\n'],
  ['theme xyz', 'befriend theme xyz does not exist. There is befriend theme check, befriend theme build.\n'],
  ['theme', 'befriend theme needs a word more. There is befriend theme check, befriend theme build.\n'],
  ['theme check --jsn x.json', '--jsn does not exist. Is --json meant?\n'],
  ['theme check', 'befriend theme check needs a file: befriend theme check brand.tokens.json\n'],
  ['theme check x.json --css', 'befriend theme check knows no --css.\n'],
  ['theme build x.json --css --ts', 'It is either --css or --ts.\n'],
  ['theme build x.json --context small', 'A context is chosen as --context size=small\n'],
])('says of wrong words what is meant: %s', async (words, complaint) => {
  const { exit, complaints, said } = await ran(words, { 'x.json': brand });

  expect({ exit, complaints, said }).toEqual({ exit: 2, complaints: complaint, said: '' });
});

test('says that a theme holds', async () => {
  const { exit, said } = await ran('theme check brand.json', { 'brand.json': brand });

  expect(exit).toBe(0);
  expect(said).toMatch(/^brand\.json: holds; \d+ pairs of colours can be told apart in light and dark\.\n$/);
});

test('names an unknown token with the nearest that there is, and where it stands', async () => {
  const { exit, said } = await ran('theme check brand.json', { 'brand.json': brand.replace('"brand"', '"acent"') });

  expect(exit).toBe(1);
  expect(said.split('\n')[0]).toBe(
    'brand.json:7:7: befriend.color.acent: There is no such name. Is befriend.color.accent meant? (/befriend/color/acent)',
  );
});

test('names what a token cannot be, in every file, with its line', async () => {
  const files = {
    'a.json': brand.replace('{palette.green}', '{palette.grey}'),
    'b.json': brand.replace('compact', 'thin'),
    'c.json': '{',
  };

  const { exit, said } = await ran('theme check a.json b.json c.json d.json', files);

  expect(exit).toBe(1);
  expect(said).toMatch(/^a\.json:7:\d+: befriend\.color\.brand: .*palette\.grey/m);
  expect(said).toMatch(/^b\.json:4:\d+: density: It can be regular, compact, roomy\./m);
  expect(said).toMatch(/^c\.json:1:\d+: It is no JSON: /m);
  expect(said).toMatch(/^d\.json: There is no such file\.$/m);
});

test.each([
  [{ befriend: { color: 3 } }, 'befriend.color: A group holds tokens by their names; this is none. (/befriend/color)'],
  [{ befriend: { colour: {} } }, 'befriend.colour: There is no such name. Is befriend.color meant? (/befriend/colour)'],
  [
    colors({ brand: { $value: '#fff', $type: 'colour' } }),
    'befriend.color.brand: colour is no type. Is color meant? (/befriend/color/brand/$type)',
  ],
  [
    { befriend: { $extensions: { befriend: { dnsity: 'roomy' } } } },
    'befriend.dnsity: There is no such name. Is density meant? (/befriend/$extensions/befriend/dnsity)',
  ],
  [
    { befriend: { radius: { panel: token({ value: 3, unit: 'furlong' }) } } },
    'befriend.radius.panel: "3furlong" is no length, such as 12px or 0.75rem; nothing is computed or fetched. (/befriend/radius/panel/$value)',
  ],
])('says what is wrong with %j', async (file, line) => {
  const { exit, said } = await ran('theme check x.json', { 'x.json': JSON.stringify(file) });

  expect(exit).toBe(1);
  expect(said.split('\n')[0]?.replace(/^x\.json:1:\d+: /, '')).toBe(line);
});

test('says of whatever JSON there is that it holds or does not, and never breaks', async () => {
  const words = fc.constantFrom(
    'befriend',
    'color',
    'brand',
    '$value',
    '$type',
    '$ref',
    '$extensions',
    'sources',
    'value',
  );
  const held = fc.constantFrom('#fff', '{befriend.color.brand}', '#/befriend', 'color', '2025.10', 7, null, []);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 6 }, held, fc.dictionary(words, tie('tree')), fc.array(tie('tree'), { maxLength: 2 })),
  }));

  await fc.assert(
    fc.asyncProperty(tree, fc.boolean(), async (json, isResolver) => {
      const file = isResolver
        ? { version: '2025.10', resolutionOrder: [{ type: 'set', name: 'a', sources: [json] }] }
        : json;
      const files = { 'x.json': JSON.stringify(file) };
      expect([0, 1]).toContain((await ran('theme check x.json', files)).exit);
      expect([0, 1]).toContain((await ran('theme build x.json --css', files)).exit);
    }),
    { numRuns: 1_000 },
  );
});

test('measures every pair in both schemes, and points at the colour to change', async () => {
  const file = colors({ quiet: token('#666666', '#444'), 'on-accent': token('#fff'), accent: token('#ffe600') });

  const { exit, said } = await ran('theme check x.json --json', { 'x.json': file });

  const { holds, files } = JSON.parse(said) as { holds: boolean; files: [{ findings: object[]; measured: number }] };
  expect([exit, holds]).toEqual([1, false]);
  expect(files[0].findings).toContainEqual(
    expect.objectContaining({
      kind: 'contrast',
      token: 'befriend.color.quiet',
      pointer: '/befriend/color/quiet/$extensions/befriend/dark',
      pair: expect.objectContaining({ scheme: 'dark', over: 'quiet', under: 'surface', least: 4.5 }),
    }),
  );
  expect(files[0].findings).toContainEqual(
    expect.objectContaining({
      pointer: '/befriend/color/on-accent',
      reason: expect.stringMatching(/^on-accent on accent has 1\.2\d:1 in light; it takes 4\.5:1\.$/),
    }),
  );
  expect(files[0].findings).not.toContainEqual(expect.objectContaining({ pointer: '/befriend/color/quiet' }));
});

test.each([
  ['#0a7d5a80', /is seen through/],
  ['teapot', /teapot/],
])('does not measure what it cannot: %s', async (value, reason) => {
  const { exit, said } = await ran('theme check x.json', { 'x.json': colors({ accent: token(value) }) });

  expect(exit).toBe(1);
  expect(said).toMatch(reason);
});

test('builds a flat file without aliases, which holds as well', async () => {
  const { exit, written } = await ran('theme build brand.json -o out/flat.json', { 'brand.json': brand });

  const flat = written['out/flat.json'] ?? '';
  expect(exit).toBe(0);
  expect(themeIn(JSON.parse(flat))).toEqual({
    theme: { density: 'compact', color: { brand: expect.any(String) } },
    problems: [],
  });
  expect(flat).not.toContain('palette');
  expect((await ran('theme check flat.json', { 'flat.json': flat })).exit).toBe(0);
});

test('builds both schemes of a resolver file: what dark does not say follows there, and what light does not say too', async () => {
  const resolver = {
    version: '2025.10',
    sets: { base: { sources: [{ $ref: 'brand.json' }] } },
    modifiers: {
      theme: {
        contexts: {
          light: source({ quiet: token('#555') }),
          dark: source({ surface: token('#0b1020'), quiet: token('#bbb') }),
        },
      },
      size: { contexts: { small: [{ befriend: { radius: { $type: 'dimension', panel: token('2px') } } }], big: [] } },
    },
    resolutionOrder: [{ $ref: '#/sets/base' }, { $ref: '#/modifiers/theme' }, { $ref: '#/modifiers/size' }],
  };
  const files = { 'all.json': resolver, 'brand.json': brand };

  const { exit, said } = await ran('theme build all.json --css --context size=small', files);

  expect(exit).toBe(0);
  expect(said).toBe(`/* The rest stands in the tag: data-theme="density-compact" */
befriend-chat {
  --befriend-color-brand: #0a7d5a;
  --befriend-color-quiet: light-dark(#555, #bbb);
  --befriend-color-surface: light-dark(#ffffff, #0b1020);
  --befriend-radius-panel: 2px;
}
`);
  expect((await ran('theme check all.json --context size=big', files)).exit).toBe(0);
  expect((await ran('theme build all.json --css --context size=big --context theme=dark', files)).said).toContain(
    'surface: #0b1020;',
  );
});

test('finds in a resolver file what does not hold, in the file that says it', async () => {
  const order = [{ type: 'set', name: 'all', sources: [{ $ref: 'tokens/brand.json' }] }];
  const files = {
    'all.json': { version: '2025.10', resolutionOrder: order },
    'tokens/brand.json': brand.replace('"brand"', '"brnd"'),
  };

  const { exit, complaints, written } = await ran('theme build all.json -o out.json', files);

  expect(exit).toBe(1);
  expect(complaints).toContain(
    'tokens/brand.json:7:7: befriend.color.brnd: There is no such name. Is befriend.color.brand meant?',
  );
  expect(written).toEqual({});
});

test('builds a typed object, and custom properties that differ in the dark', async () => {
  const radius = { befriend: { radius: { $type: 'dimension', panel: token('2px', '4px') } } };

  const typed = await ran('theme build x.json --ts', { 'x.json': colors({ brand: token('#fff', '#000') }) });
  const css = await ran('theme build x.json --css', { 'x.json': radius });

  expect(typed.said).toContain(`import type { Theme } from 'befriend/theme';`);
  expect(typed.said).toMatch(/"light": "#fff",\s+"dark": "#000"/);
  expect(css.said).toContain(
    '@media (prefers-color-scheme: dark) {\n  befriend-chat:not([data-theme="light"]) {\n    --befriend-radius-panel: 4px;\n  }\n}\nbefriend-chat[data-theme="dark"] {\n  --befriend-radius-panel: 4px;\n}\n',
  );
});
