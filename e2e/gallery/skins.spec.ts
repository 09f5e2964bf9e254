import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { findings } from './axe.ts';
import { test } from './gallery-site.ts';

const skins = readdirSync(join(import.meta.dirname, '../../pages/gallery/skins')).map((file) =>
  file.replace('.css', ''),
);

/** Between them they show every part that a skin styles. */
const chosen = ['launcher-unread', 'talk', 'group', 'formatting', 'form', 'message-menu', 'list', 'me'];

for (const skin of skins) {
  test(`axe finds nothing in the skin ${skin}`, async ({ gallery }) => {
    const found: string[] = [];

    for (const scheme of ['light', 'dark'] as const) {
      await gallery.each({ query: `skin=${skin}&scheme=${scheme}`, scheme, only: chosen }, async (name) => {
        found.push(...(await findings(gallery.page)).map((text) => `${scheme} ${name}: ${text}`));
      });
    }

    expect(found).toEqual([]);
  });
}
