import { openFirefox } from '../fixtures/browsers/firefox.ts';
import type { OtherBrowser } from '../fixtures/browsers/other-browser.ts';
import { openWebKit } from '../fixtures/browsers/webkit.ts';
import { expect, test } from '../fixtures/test.ts';

/** An element in the widget, as an expression. */
function element(selector: string): string {
  return `document.querySelector('befriend-chat').shadowRoot.querySelector(${JSON.stringify(selector)})`;
}

async function clicks(browser: OtherBrowser, selector: string): Promise<void> {
  await expect.poll(() => browser.read(`Boolean(${element(selector)})`)).toBe(true);
  const box = `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(${element(selector)}.getBoundingClientRect())`;
  const [x = 0, y = 0] = (await browser.read(box)) as number[];
  await browser.click(x, y);
}

/** What stands in the bubbles, oldest first. */
function messages(browser: OtherBrowser): Promise<unknown> {
  const bubbles = `document.querySelector('befriend-chat').shadowRoot.querySelectorAll('.bubble')`;
  return browser.read(`[...${bubbles}].map((bubble) => bubble.lastChild.textContent)`);
}

for (const [name, open] of [
  ['Firefox', openFirefox],
  ['WebKit', openWebKit],
] as const) {
  test(`${name} opens, chats, finds it all again after a reload, and sends a file`, async ({ joins, stack }) => {
    const room = `room:${name.toLowerCase()}`;
    const ann = await joins(room, 'Ann');
    const browser = await open();
    try {
      const address = stack.site.page('plain', stack.tag({ conversation: room, name: 'Bob' }));

      await browser.goto(address);
      await clicks(browser, '.launcher');
      await clicks(browser, 'textarea');
      await browser.type('Hello from here\n');
      await ann.reads('Hello from here');
      await ann.says('Hello back');
      await expect.poll(() => messages(browser)).toEqual(['Hello from here', 'Hello back']);

      await browser.goto(address);
      await clicks(browser, '.launcher');
      await expect.poll(() => messages(browser)).toEqual(['Hello from here', 'Hello back']);

      const input = element('input[type=file]');
      await browser.read(`(() => {
        const carried = new DataTransfer();
        carried.items.add(new File(['a few words'], 'words.txt', { type: 'text/plain' }));
        ${input}.files = carried.files;
        ${input}.dispatchEvent(new Event('change', { bubbles: true }));
      })()`);
      await expect.poll(() => browser.read(`${element('.composer')}.textContent`)).toContain('words.txt');
      await clicks(browser, '.send');
      await expect(ann.log).toContainText('words.txt');
    } finally {
      await browser.close();
    }
  });
}
