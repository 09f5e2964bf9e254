import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileValues } from './hostile-values.ts';
import type { Theme } from './theme.ts';
import { cssOf } from './theme-text.ts';

test('writes the tokens of a theme for the host, with a colour for each scheme and all else twice', () => {
  const theme: Theme = {
    scheme: 'dark',
    density: 'compact',
    color: { brand: '#0a7d5a', surface: { light: '#fff', dark: '#101418' } },
    radius: { bubble: '12px', corner: '0' },
    shadow: { panel: { light: '0 2px 8px #0003', dark: 'none' } },
  };

  const { css, problems } = cssOf(theme);

  expect(problems).toEqual([]);
  expect(css).toBe(
    ':host{--befriend-color-brand:#0a7d5a;--befriend-color-surface:light-dark(#fff,#101418);' +
      '--befriend-radius-bubble:12px;--befriend-radius-corner:0px;--befriend-shadow-panel:0 2px 8px #0003;}' +
      '@media (prefers-color-scheme:dark){:host(:not([data-theme=light])){--befriend-shadow-panel:none;}}' +
      ':host([data-theme=dark]){--befriend-shadow-panel:none;}',
  );
});

test('leaves out what does not hold, and names it', () => {
  const theme = {
    density: 'tight',
    colour: { brand: 'red' },
    color: { brand: 'red;}', acent: '#000', surface: { light: '#fff' }, 'on-surface': '#111' },
    text: 'large',
  };

  const { css, problems } = cssOf(theme as unknown as Theme);

  expect(css).toBe(':host{--befriend-color-on-surface:#111;}');
  expect(problems.map(({ token }) => token)).toEqual([
    'density',
    'befriend.colour',
    'befriend.color.brand',
    'befriend.color.acent',
    'befriend.color.surface',
    'befriend.text',
  ]);
  expect(problems[0]?.reason).toBe('It can be regular, compact, roomy.');
});

test('lets no name and no value of a foreign object into the style', () => {
  const names = fc.constantFrom('color', 'font', 'z', '__proto__', 'constructor', 'a;b', 'scheme', 'toString');
  const values = fc.oneof(fc.constantFrom(...hostileValues), fc.jsonValue());
  const inner = fc.dictionary(fc.constantFrom('brand', 'family', 'index', '__proto__', '};x', 'surface'), values);
  const themes = fc.dictionary(names, fc.oneof(inner, values));

  fc.assert(
    fc.property(themes, (theme) => {
      const { css } = cssOf(JSON.parse(JSON.stringify(theme)) as Theme);

      expect(css).toMatch(/^:host\{(?:--befriend-[a-z-]+:[^;{}@\\<]*;)*\}$/);
      expect(css).not.toContain('url');
    }),
    { numRuns: 3_000 },
  );
});
