import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { build, preview } from 'vite';

const configFile = join(import.meta.dirname, '../../.ci/gallery.config.ts');

/** How a state is looked at: what stands in the query of its page, and how large its window is. */
export interface Look {
  readonly query?: string;
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Names of states; all of them where it says nothing. */
  readonly only?: readonly string[];
  /** Looks while things are still moving, and not once they have come to rest. */
  readonly moving?: boolean;
}

/** When every state takes place, as a clock of the page would say it. */
const now = new Date('2026-11-20T14:30:00Z');

/** The states of the gallery on a page, one after another. */
export class Gallery {
  readonly page: Page;
  readonly #origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  /** Goes through the states of one look, in the order of the gallery. @throws Error that names states that do not come about */
  async each(look: Look, see: (name: string) => Promise<void>): Promise<void> {
    const missing: string[] = [];
    const names = await this.begins(look);
    for (const name of look.only ?? names) {
      await this.shows(name, look).catch((error: unknown) => missing.push(String(error)));
      await see(name);
    }
    if (missing.length > 0) throw new Error(missing.join('\n'));
  }

  /** Opens the page of a look. Resolves with the names of all states. */
  async begins({ query = '', scheme = 'light', width = 500, height = 780 }: Look): Promise<readonly string[]> {
    await this.page.setViewportSize({ width, height });
    await this.page.emulateMedia({ colorScheme: scheme });
    await this.page.goto(`${this.#origin}one.html?${query}`);
    const names = await this.page.waitForFunction(() => document.documentElement.dataset.states);
    return (await names.jsonValue())?.split(' ') ?? [];
  }

  /** Shows one state of the page that has begun, once everything of it is there and, but for `moving`, at rest. */
  async shows(name: string, { moving = false }: Look = {}): Promise<void> {
    const shown = await this.page.waitForFunction(
      (hash) => {
        location.hash = hash;
        const { shown, missing = '' } = document.documentElement.dataset;
        return shown === hash && { missing };
      },
      name,
      { timeout: 10_000 },
    );
    const { missing } = (await shown.jsonValue()) || {};
    if (missing) throw new Error(`${name}: there is no ${missing}`);
    if (!moving) await this.page.evaluate(rest);
  }
}

/** Ends what moves once, and waits for the fonts; runs in the page. */
async function rest(): Promise<void> {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  for (const animation of root?.getAnimations() ?? [])
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  await document.fonts.ready;
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Tests on the built gallery: it is built once for each worker, and served from this machine. */
export const test = base.extend<{ gallery: Gallery }, { origin: string }>({
  origin: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner wants a pattern for fixtures without needs
    async ({}, use) => {
      await build({ configFile, logLevel: 'warn' });
      const server = await preview({ configFile, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
      await use(server.resolvedUrls?.local[0] ?? '');
      await server.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  gallery: async ({ page, origin }, use) => {
    await page.clock.setFixedTime(now);
    await use(new Gallery(page, origin));
  },
});
