import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { register } from '@tokens-studio/sd-transforms';
import StyleDictionary from 'style-dictionary';
import { afterAll, expect, test } from 'vitest';
import { themeIn } from '../widget/theme/design-tokens.ts';
import type { Theme } from '../widget/theme/theme.ts';
import { run } from './commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'befriend-tools-'));
const fixtures = join(import.meta.dirname, 'fixtures');
const brand = join(fixtures, 'brand.tokens.json');
const terrazzoCli = join(import.meta.dirname, '../node_modules/@terrazzo/cli/bin/cli.js');

const terrazzoConfig = join(folder, 'terrazzo.config.mjs');
const rules = ['color', 'dimension', 'duration', 'font-family', 'number', 'shadow'].map(
  (name) => [`core/valid-${name}`, 'error'] as const,
);
writeFileSync(terrazzoConfig, `export default ${JSON.stringify({ lint: { rules: Object.fromEntries(rules) } })};`);
await register(StyleDictionary, { excludeParentKeys: true });

afterAll(() => rmSync(folder, { recursive: true }));

/** What `befriend theme …` says of a file in the folder, and how it ends. */
async function theme(...words: string[]): Promise<[exit: number, said: string]> {
  let said = '';
  const exit = await run(['theme', ...words], {
    read: (file) => readFileSync(file, 'utf8'),
    write: (file, text) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    list: () => [],
    load: () => Promise.reject(new Error('There are no modules.')),
    random: (count) => new Uint8Array(count),
    start: () => undefined,
    say: (text) => {
      said += text;
    },
    complain: (text) => {
      said += text;
    },
  });
  return [exit, said];
}

/** A file that is built from another one, as the theme that the widget reads in it. */
async function built(file: string): Promise<Theme> {
  const out = join(folder, 'built.json');
  expect(await theme('build', file, '-o', out)).toEqual([0, '']);
  const { theme: read, problems } = themeIn(JSON.parse(readFileSync(out, 'utf8')));
  expect(problems).toEqual([]);
  return read;
}

/** Lets Style Dictionary write `source` as JSON, by one of its groups of transforms. */
async function dictionary(source: string, transformGroup: string, preprocessors: string[] = []): Promise<string> {
  const files = [{ destination: 'tokens.json', format: 'json' }];
  const buildPath = `${mkdtempSync(join(folder, 'dictionary-'))}/`;
  const platforms = { json: { transformGroup, transforms: ['name/kebab'], buildPath, files } };
  const built = new StyleDictionary({ source: [source], preprocessors, log: { verbosity: 'silent' }, platforms });
  await built.buildAllPlatforms();
  return join(buildPath, 'tokens.json');
}

/** Lets Terrazzo do what its words say, with every rule of its own on values; rejects where it ends with an error. */
async function terrazzo(...words: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [terrazzoCli, ...words, '-c', terrazzoConfig], { cwd: folder });
}

test.each(['css', 'web', 'js'])('takes what Style Dictionary makes with its transforms for %s', async (group) => {
  const file = await dictionary(brand, group);

  expect(await theme('check', file)).toEqual([0, expect.stringContaining('holds')]);
  const { color, radius, font, shadow } = await built(file);
  expect(color).toEqual((await built(brand)).color);
  expect(radius?.panel).toMatch(/^(12px|0\.75rem)$/);
  expect(font?.family).toMatch(/Open Sans["']?, sans-serif/);
  expect(shadow?.panel).toMatch(/2px 8px/);
});

test('takes what Terrazzo makes of a file, and gives it a file that it takes', async () => {
  const formatted = join(folder, 'formatted.json');
  const flat = join(folder, 'flat.tokens.json');

  await terrazzo('format', brand, '-o', formatted);
  await theme('build', brand, '-o', flat);

  expect(await theme('check', formatted)).toEqual([0, expect.stringContaining('holds')]);
  expect(await built(formatted)).toEqual(await built(brand));
  await terrazzo('check', flat);
  writeFileSync(flat, readFileSync(flat, 'utf8').replace('"srgb"', '"sxgb"'));
  await expect(terrazzo('check', flat)).rejects.toThrow('sxgb');
});

test('takes an export of Tokens Studio, with its sums and modifiers resolved', async () => {
  const file = await dictionary(join(fixtures, 'studio-export-dtcg.json'), 'tokens-studio', ['tokens-studio']);

  const [exit, said] = await theme('check', file);

  expect(exit).toBe(1);
  expect(said).toMatch(/befriend\.color\.danger: danger on surface has 2\.\d\d:1 in dark; it takes 4\.5:1\./);
  expect(await built(file)).toMatchObject({
    color: { brand: expect.any(String), danger: expect.stringMatching(/^(lch|#)/) },
    radius: { panel: '12px' },
    text: { base: '15px' },
    font: { family: '"Open Sans", sans-serif' },
  });
});

test('builds a file of an export in the words of earlier drafts, and says so where it is checked', async () => {
  const file = await dictionary(join(fixtures, 'studio-export.json'), 'tokens-studio', ['tokens-studio']);

  const [exit, said] = await theme('check', file);

  expect(exit).toBe(1);
  expect(said).toContain('befriend.color.brand: It has a value, and no $value: befriend theme build takes both.');
  expect(await built(file)).toMatchObject({ radius: { panel: '12px' }, text: { base: '15px' } });
});
