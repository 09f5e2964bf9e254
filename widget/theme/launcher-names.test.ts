import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = import.meta.dirname;

/** What a sheet names with one class alone at the end of a selector. */
function classesOf(css: string): Set<string> {
  return new Set([...css.matchAll(/(?:^|[\s,>])\.([a-z-]+)(?=[\s,{:])/gm)].map(([, name = '']) => name));
}

test('leaves to the launcher what only it is called: its sheet reaches into the panel, too', () => {
  const own = ['launcher', 'glyph', 'badge'];
  const others = readdirSync(folder).filter((name) => name.endsWith('.css') && !name.startsWith('launcher'));

  const taken = others.flatMap((name) => [...classesOf(readFileSync(join(folder, name), 'utf8'))]);

  expect([...classesOf(readFileSync(join(folder, 'launcher.css'), 'utf8'))]).toEqual(expect.arrayContaining(own));
  expect(taken.length).toBeGreaterThan(100);
  expect(taken.filter((name) => own.includes(name))).toEqual([]);
});
