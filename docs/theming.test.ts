import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { document, themeTables, withThemeTables } from '../.ci/theme-tables.ts';

const text = readFileSync(document, 'utf8');

test('holds the tables that the code says', () => {
  const refreshed = withThemeTables(text);

  expect(text, 'run: node .ci/theme-tables.ts --write').toBe(refreshed);
});

test('shows each table that is generated, with every name in it', () => {
  const shown = Object.keys(themeTables()).filter((name) => text.includes(`<!-- table: ${name} -->`));

  expect(shown).toEqual(Object.keys(themeTables()));
  expect(themeTables().tokens?.split('\n')).toHaveLength(39);
});

test('sees a table that is not as the code says', () => {
  const changed = text.replace('`--befriend-color-brand`', '`--befriend-colour-brand`');

  expect(withThemeTables(changed)).not.toBe(changed);
});
