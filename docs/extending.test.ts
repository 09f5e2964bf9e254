import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Tests of what the documents show: `// example` to `// end` is quoted, word for word. */
const sources = readdirSync(import.meta.dirname).filter((name) => /^extending-.*[.]test[.]ts$/.test(name));

test.each(['docs/extending.md', 'README.md'])('quotes in %s what is run', (path) => {
  const root = join(import.meta.dirname, '..');
  const blocks = [...readFileSync(join(root, path), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
  const source = sources.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');
  const examples = [...source.matchAll(/^ *\/\/ example\n(.*?)^ *\/\/ end$/gms)].map(([, code = '']) => dedent(code));

  const foreign = blocks.filter((code) => !examples.includes(code));

  expect(foreign).toEqual([]);
  expect(blocks.length).toBeGreaterThan(0);
});

function dedent(code: string): string {
  const indent = /^ */.exec(code)?.[0] ?? '';
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}
