import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { templateFiles } from './new-project.ts';
import { ran } from './staged-files.ts';

test('writes a project into an empty folder, and says what to do next', async () => {
  const { exit, said, written } = await ran('init My-Chat!', { 'My-Chat!/.git': '' });

  const manifest = JSON.parse(written['My-Chat!/package.json'] ?? '') as { name: string; scripts: object };
  expect(exit).toBe(0);
  expect(Object.keys(written).sort()).toEqual(
    ['.gitignore', 'package.json', 'tsconfig.json', ...templateFiles].map((name) => `My-Chat!/${name}`).sort(),
  );
  expect(manifest).toMatchObject({ name: 'my-chat', scripts: { dev: 'befriend dev', start: 'befriend start' } });
  expect(said).toMatch(/^9 files are in .*\/My-Chat!\. Next:\n\ncd My-Chat!\nnpm install\nnpm test\nnpm run dev\n$/);
});

test('writes nothing into a folder that holds something', async () => {
  const { exit, complaints, written } = await ran('init shop', { 'shop/index.html': '<h1>Shop</h1>' });

  expect([exit, written]).toEqual([1, {}]);
  expect(complaints).toMatch(/\/shop is not empty, it holds index\.html\. Name another folder: befriend init chat\n$/);
});

test('has a rule, a reaction and a test in twenty lines', async () => {
  const text = readFileSync(join(import.meta.dirname, 'template', 'hello.test.ts'), 'utf8');

  const lines = text.trimEnd().split('\n');

  expect(lines.length).toBeLessThanOrEqual(20);
  expect(text).toMatch(/friend\.on\(.*friend\.after\(.*^test\(/ms);
});
