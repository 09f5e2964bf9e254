import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { derived, type GivenColors, schemes } from '../../widget/theme/derived.ts';
import { faintIn } from '../../widget/theme/pairs.ts';
import { parts } from '../../widget/theme/parts.ts';
import { tokenNames } from '../../widget/theme/tokens.ts';
import { skins } from './skins.ts';

const folder = join(import.meta.dirname, 'skins');
const texts = Object.fromEntries(
  readdirSync(folder).map((file) => [file.replace('.css', ''), readFileSync(join(folder, file), 'utf8')]),
);

test('has six skins of at most 60 lines each, made of tokens and parts alone', () => {
  const known = new Set([...tokenNames.map((name) => `--befriend-${name}`), ...Object.keys(parts)]);

  for (const [name, text] of Object.entries(texts)) {
    expect(text.split('\n').length, name).toBeLessThanOrEqual(61);
    const selectors = [...text.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{};]+)\{/g)].flatMap(([, all = '']) =>
      all.split(',').map((one) => one.trim()),
    );
    for (const selector of selectors) expect(selector, name).toMatch(/^befriend-chat(::part\([a-z ]+\)(:[a-z-]+)?)?$/);
    const named = [
      ...text.matchAll(/--[a-z-]+/g),
      ...selectors.flatMap((one) => [...one.matchAll(/(?<=[( ])[a-z]+(?=[) ])/g)]),
    ];
    expect(
      named.map(([one]) => one).filter((one) => !known.has(one)),
      name,
    ).toEqual([]);
  }
  expect(Object.keys(texts).sort()).toEqual(Object.keys(skins).sort());
  expect(Object.keys(texts)).toHaveLength(6);
});

test('lets every pair of colours of every skin be told apart, in both schemes', () => {
  for (const [name, text] of Object.entries(texts))
    for (const [index, scheme] of schemes.entries())
      expect(faintIn(derived(colorsIn(text, index), scheme)), `${name}, ${scheme}`).toEqual([]);
});

/** What a skin gives of the colours, for the first or the second scheme. */
function colorsIn(text: string, scheme: number): GivenColors {
  const given: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/--befriend-color-([a-z-]+): ([^;]+);/g)) {
    const both = /^light-dark\((.+), (.+)\)$/.exec(value);
    const [, other] = /^var\(--befriend-color-(.+)\)$/.exec(value) ?? [];
    given[name] = (other === undefined ? (both?.[scheme + 1] ?? value) : given[other]) ?? value;
  }
  return given as GivenColors;
}
