import { expect, test } from 'vitest';
import { themeIn } from '../../../widget/theme/design-tokens.ts';
import type { Theme } from '../../../widget/theme/theme.ts';
import { themeWords } from '../../../widget/theme/theme-words.ts';
import { exportsOf } from './exports.ts';
import { inHex } from './in-hex.ts';
import { presets } from './presets.ts';

const short: Theme = { scheme: 'dark', color: { brand: '#0a7d5a' }, density: 'compact', avatars: 'none' };
const full: Theme = {
  ...short,
  color: { brand: '#0a7d5a', surface: { light: '#ffffff', dark: '#101418' } },
  radius: { panel: '4px' },
};

function textOf(theme: Theme, name: string): string {
  return exportsOf(theme).find((one) => one.name === name)?.text ?? '';
}

test('writes a tag that says the whole theme, where words are enough for that', () => {
  const [, words = ''] = /data-theme="([^"]*)"/.exec(textOf(short, 'Tag')) ?? [];

  expect(themeWords(words)).toEqual({ theme: short });
});

test('names the address of the tokens file in the tag of a theme that is more', () => {
  expect(textOf(full, 'Tag')).toContain('data-theme="/befriend.tokens.json"');
});

test('says nothing of a theme in the tag where nothing was chosen', () => {
  expect(textOf({}, 'Tag')).not.toContain('data-theme');
});

test('writes custom properties with both schemes, and names what CSS cannot say', () => {
  expect(textOf(full, 'CSS')).toBe(`/* The rest stands in the tag: data-theme="dark density-compact avatars-none" */
befriend-chat {
  --befriend-color-brand: #0a7d5a;
  --befriend-color-surface: light-dark(#ffffff, #101418);
  --befriend-radius-panel: 4px;
}
`);
});

test('writes an object that a program can read', () => {
  const [, object = ''] = /^befriend\('theme', ([\s\S]*)\);\n$/.exec(textOf(full, 'Object')) ?? [];

  expect(object).toContain('  color: {\n    brand: "#0a7d5a",');
  expect(new Function(`return ${object}`)()).toEqual(full);
});

test('writes a file of design tokens that is read as the same theme, for each preset', () => {
  const themes = [short, full, ...presets.map(({ theme }) => theme)];

  const read = themes.map((theme) => themeIn(JSON.parse(textOf(theme, 'Design tokens'))));

  expect(read.map(({ theme }) => inHex(theme))).toEqual(themes);
  expect(read.flatMap(({ problems }) => problems)).toEqual([]);
});
