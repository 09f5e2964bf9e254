import { readFileSync } from 'node:fs';
import { blend, formatHex } from 'culori';
import { expect, test } from 'vitest';
import { contrast } from './derived.ts';

const css = readFileSync(new URL('launcher.css', import.meta.url), 'utf8');
const channels = Array.from({ length: 16 }, (_, index) => (index * 17).toString(16).padStart(2, '0'));
const hosts = channels.flatMap((r) => channels.flatMap((g) => channels.map((b) => `#${r}${g}${b}`)));

/** How well the clearer of some rings is told from the page behind it. */
function clearest(rings: readonly string[], host: string): number {
  return Math.max(...rings.map((ring) => contrast(formatHex(blend([host, ring])) ?? '', host)));
}

test('has two rings at rest and in focus, of which one stands out by 3 on any page', () => {
  const rings = [...css.matchAll(/0 0 0 \dpx (#\w+)/g)].map(([, colour = '']) => colour);
  const [light = '', dark = '', inFocus = ''] = rings;

  const faint = hosts.filter((host) => Math.min(clearest([light, dark], host), clearest(['#fff', inFocus], host)) < 3);

  expect(rings.slice(0, 3)).toEqual(['#fff', '#0009', '#16161d']);
  expect(faint).toEqual([]);
  expect(hosts.filter((host) => clearest([light], host) < 3).length).toBeGreaterThan(0);
});
