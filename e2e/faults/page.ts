import { type Browser, chromium, type Page } from 'playwright';
import { chromiumLaunch } from '../fixtures/chromium.ts';
import { HostServer } from '../fixtures/host-server.ts';
import type { Seen, Sent } from './history.ts';
import type { Stage } from './stage.ts';

/** One Chromium with the built widget on a page of another origin. */
export class RealPage {
  readonly #browser: Browser;
  readonly #site: HostServer;
  readonly #room: string;
  readonly page: Page;

  private constructor(parts: { browser: Browser; site: HostServer; page: Page; room: string }) {
    this.#browser = parts.browser;
    this.#site = parts.site;
    this.#room = parts.room;
    this.page = parts.page;
  }

  /** Opens the widget of `room` and waits until it can be written in. */
  static async open(stage: Stage, room: string): Promise<RealPage> {
    const site = await HostServer.start();
    const { origin, service } = stage;
    const data = {
      service,
      friend: 'friend.localhost',
      conversation: `room:${room}`,
      name: 'page',
      consent: 'functional',
    };
    const words = Object.entries(data).map(([name, value]) => ` data-${name}="${value}"`);
    const tag = `<script async src="${origin}/befriend/befriend.js"${words.join('')}></script>`;
    const browser = await chromium.launch(chromiumLaunch);
    const context = await browser.newContext();
    const page = await context.newPage();
    const real = new RealPage({ browser, site, page, room });
    await page.goto(site.page('plain', tag));
    await real.opens();
    return real;
  }

  /** Another tab of the same browser profile. */
  async anotherTab(): Promise<Page> {
    const tab = await this.page.context().newPage();
    await tab.goto(this.page.url());
    return tab;
  }

  async opens(page: Page = this.page): Promise<void> {
    const composer = page.locator('befriend-chat').getByRole('textbox');
    if (!(await composer.isVisible())) await page.locator('befriend-chat').locator('.launcher').click();
    await composer.waitFor();
  }

  /** Writes and presses Enter. */
  async says(text: string, page: Page = this.page): Promise<void> {
    const composer = page.locator('befriend-chat').getByRole('textbox');
    await composer.fill(text);
    await composer.press('Enter');
  }

  /** Texts of the bubbles on the screen, without the speaker's name for screen readers. */
  texts(page: Page = this.page): Promise<string[]> {
    return page
      .locator('befriend-chat')
      .getByRole('log')
      .locator('.bubble')
      .evaluateAll((bubbles) =>
        bubbles.map((bubble) => {
          const said = bubble.cloneNode(true) as Element;
          said.querySelector('.sr')?.remove();
          return said.textContent ?? '';
        }),
      );
  }

  /** Bubbles that have no ✓ yet. */
  unsettled(page: Page = this.page): Promise<number> {
    return page.locator('befriend-chat').getByRole('log').locator('.waiting, .sending, .failed').count();
  }

  /** What stands on the screen once nothing waits and `count` messages are there, as a reader of its room. */
  async reads(count: number, withinMs: number, page: Page = this.page): Promise<Seen> {
    const until = performance.now() + withinMs;
    // Only what is near to what is in sight is in the page: here, all is in sight.
    await page.evaluate(() => {
      const tall = new CSSStyleSheet();
      tall.replaceSync('.log { min-block-size: 1000000px }');
      document.querySelector('befriend-chat')?.shadowRoot?.adoptedStyleSheets.push(tall);
    });
    let texts = await this.texts(page);
    while (performance.now() < until && (texts.length < count || (await this.unsettled(page)) > 0)) {
      // The deadline is the report's own figure, so the looking is too: an assertion's time-out would end the run.
      await page.waitForTimeout(100);
      texts = await this.texts(page);
    }
    return { reader: 'page', log: `c_room_${this.#room}`, texts };
  }

  /** How a message of this page stands in the history. */
  sent(text: string): Sent {
    return { text, sender: 'page', log: `c_room_${this.#room}`, at: performance.now() };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.stop();
  }
}
