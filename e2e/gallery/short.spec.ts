import { expect } from '@playwright/test';
import { findings } from './axe.ts';
import { test } from './gallery-site.ts';
import { cut, mayEnd, mayScroll, pale, sideways, small } from './measures.ts';

// What `npm test` has the time for: one walk through all states. The planted faults are in the other specs.
test('axe finds nothing in any state, nothing is cut, scrolls sideways or is pale, and everything can be hit', async ({
  gallery,
}) => {
  const found: string[] = [];

  await gallery.each({ width: 400 }, async (name) => {
    const seen = [
      ...(await findings(gallery.page)),
      ...(await gallery.page.evaluate(cut, { mayEnd, mayScroll })),
      ...(await gallery.page.evaluate(sideways, mayScroll)),
      ...(await gallery.page.evaluate(small)),
      ...(await gallery.page.evaluate(pale)),
    ];
    found.push(...seen.map((text) => `${name}: ${text}`));
  });

  expect(found).toEqual([]);
});
