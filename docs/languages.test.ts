import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { document, written } from '../.ci/language-table.ts';

test('the page on languages lists those that there are', async () => {
  const text = readFileSync(document, 'utf8');

  const renewed = await written();

  expect(text).toBe(renewed);
});
