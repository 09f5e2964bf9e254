import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedRoles } from '../server/core/roles.ts';

test('shows the table of roles that is shipped', () => {
  const page = readFileSync(join(import.meta.dirname, 'conversations.md'), 'utf8');
  const words = (cell = ''): string[] => cell.split(',').flatMap((word) => word.trim() || []);

  const rows = page.matchAll(/^\| `(\w+)` \| (.*?) \|(.*)\|$/gm);
  const shown = Array.from(rows, ([, role = '', may, over]) => [role, { may: words(may), over: words(over) }]);

  const shipped = Object.entries(shippedRoles).map(([role, { may, ...more }]) => [role, { may, over: [], ...more }]);
  expect(shown).toEqual(shipped);
});
