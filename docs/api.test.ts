import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keysOf, scopes } from '../server/http/api-keys.ts';
import { routes } from '../server/http/api-routes.ts';

const page = readFileSync(join(import.meta.dirname, 'api.md'), 'utf8');

/** The table between the two comments, row by row. */
function table(name: string): string[] {
  const [, text = ''] = new RegExp(`<!-- ${name} -->\\n(.*?)<!-- end -->`, 's').exec(page) ?? [];
  return text.trim().split('\n').slice(2);
}

const tables = {
  scopes: Object.entries(scopes).map(([scope, does]) => `| \`${scope}\` | ${does} |`),
  requests: routes.map(
    ({ method, path, scope, does }) =>
      `| \`${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}\` | \`${scope}\` | ${does} |`,
  ),
};

test.each(['scopes', 'requests'] as const)('names the %s that there are', (name) => {
  expect(table(name)).toEqual(tables[name]);
});

test('shows a file of keys that can be used', () => {
  const [, file = ''] = /```\n(shop .*?)```/s.exec(page) ?? [];

  expect(keysOf(file).map(({ name, bot }) => [name, bot])).toEqual([
    ['shop', 'shop'],
    ['desk', 'ava'],
  ]);
});
