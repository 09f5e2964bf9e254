import type { BrowserContext, Page } from '@playwright/test';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

/** What a page has done to be heard and seen: notes that sounded, notices; and what the page has heard of its history. */
declare global {
  interface Window {
    sounded: number;
    noticed: string[];
    heard: string[];
  }
}

/** Listens to what the page does with the device, in each page of `context`. */
async function overhear(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.sounded = 0;
    window.noticed = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      window.sounded += 1;
      start.call(this, when);
    };
    window.Notification = new Proxy(Notification, {
      construct: (target, [title, options]) => {
        window.noticed.push(`${title}: ${options.body}`);
        return Reflect.construct(target, [title, options]);
      },
    });
  });
}

/** Whether the person looks at these pages: where nobody sits in front of it, a browser says so of each of them. */
async function looks(pages: readonly Page[], at: boolean): Promise<void> {
  for (const page of pages) await page.evaluate((here) => Object.assign(document, { hasFocus: () => here }), at);
}

test('a message calls once over all tabs, not where it is looked at, and in no way that is switched off', async ({
  browser,
  joins,
  stack,
  room,
}) => {
  const ann = await joins(room, 'Ann');
  const context = await browser.newContext();
  await overhear(context);
  const address = stack.site.page('plain', stack.tag({ conversation: room, name: 'Bob' }));
  const [bob, tab] = [await Person.arrive(context, address), await Person.arrive(context, address)];
  const heard = async (): Promise<number> => {
    const each = [bob, tab].map(({ page }) => page.evaluate(() => window.sounded));
    return (await Promise.all(each)).reduce((all, one) => all + one, 0);
  };
  for (const one of [bob, tab]) {
    await one.opens();
    // Who only reads a public room is no member, and nobody is told how far he has got.
    if (one === bob) await one.says('I am here');
    await one.reads('I am here');
    await one.widget.locator('.close').click();
  }

  await ann.says('Are you there?');
  for (const one of [bob, tab]) await expect(one.page).toHaveTitle('(1) A plain page');
  await expect.poll(heard).toBe(2);
  await bob.page.bringToFront();
  await bob.launcher.click();
  for (const one of [bob, tab]) await expect(one.page).toHaveTitle('A plain page');

  // Looked at in one tab, it calls in none: the next that calls is the second.
  await expect(ann.log.locator('.own .meta .sr').last()).toHaveText('Read');
  await ann.says('I see you');
  await bob.reads('I see you');
  await expect(ann.log.locator('.own .meta .sr').last()).toHaveText('Read');
  await bob.widget.locator('.close').click();
  await ann.says('Are you still there?');
  await expect.poll(heard).toBe(4);
  await bob.launcher.click();
  await expect(ann.log.locator('.own .meta .sr').last()).toHaveText('Read');

  await bob.more.click();
  await bob.widget.getByRole('menuitemcheckbox', { name: 'Sound', exact: true }).click();
  await expect(bob.widget.getByRole('menuitemcheckbox', { name: 'Sound', exact: true })).not.toBeChecked();
  await bob.page.keyboard.press('Escape');
  await expect(bob.more).toBeFocused();
  await bob.widget.locator('.close').click();
  await ann.says('Silence');
  await expect(bob.page).toHaveTitle('(1) A plain page');
  await bob.launcher.click();
  await expect(ann.log.locator('.own .meta .sr').last()).toHaveText('Read');
  await bob.more.click();
  // One hears what it is like: so the silent message has not sounded when this has.
  await bob.widget.getByRole('menuitemcheckbox', { name: 'Sound', exact: true }).click();
  await expect.poll(heard).toBe(6);
  expect([...bob.complaints, ...tab.complaints]).toEqual([]);
  await context.close();
});

test('a notice of the device comes once over all tabs, with words or without, and none for what is looked at', async ({
  browser,
  joins,
  stack,
  room,
}) => {
  const ann = await joins(room, 'Ann');
  const context = await browser.newContext();
  const address = stack.site.page('plain', stack.tag({ conversation: room, name: 'Bob' }));
  await context.grantPermissions(['notifications'], { origin: new URL(address).origin });
  await overhear(context);
  const [bob, tab] = [await Person.arrive(context, address), await Person.arrive(context, address)];
  const noticed = async (): Promise<string[]> =>
    (await Promise.all([bob, tab].map(({ page }) => page.evaluate(() => window.noticed)))).flat().sort();
  const turns = async (way: string): Promise<void> => {
    await bob.more.click();
    await bob.widget.getByRole('menuitemcheckbox', { name: way }).click();
    await bob.page.keyboard.press('Escape');
  };
  for (const one of [bob, tab]) {
    await one.opens();
    if (one === bob) await one.says('I am here');
    await one.reads('I am here');
  }
  await turns('Notices on this device');
  for (const one of [bob, tab]) await one.widget.locator('.close').click();
  await looks([bob.page, tab.page], false);

  await ann.says('Are you there?');
  await expect.poll(noticed).toEqual(['Ann: Are you there?']);
  await looks([bob.page], true);
  await bob.launcher.click();
  await expect(ann.log.locator('.own .meta .sr').last()).toHaveText('Read');
  await ann.says('I see you');
  await expect(ann.log.locator('.own .meta .sr').last()).toHaveText('Read');
  await turns('Words in notices');
  await bob.widget.locator('.close').click();
  await looks([bob.page], false);
  await ann.says('For your eyes only');

  await expect.poll(noticed).toEqual(['Ann: Are you there?', 'New message: Open the chat to read it.']);
  expect([...bob.complaints, ...tab.complaints]).toEqual([]);
  await context.close();
});

for (const watches of [true, false]) {
  const how = watches ? 'where the browser watches for it' : 'by an entry of the history';
  test(`a phone’s way back closes the panel, ${how}, and leaves the page’s history and place as they were`, async ({
    browser,
    stack,
    room,
  }) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    if (!watches) await context.addInitScript(() => Reflect.deleteProperty(window, 'CloseWatcher'));
    const person = await Person.arrive(context, stack.site.page('long', stack.tag({ conversation: room })));
    const { page } = person;
    const opens = async (): Promise<void> => {
      await person.launcher.tap();
      await person.isReady();
      await expect.poll(() => page.evaluate(() => document.documentElement.style.overflow)).toBe('hidden');
    };
    const place = () =>
      page.evaluate(() => {
        const { state, length } = history;
        return { y: scrollY, state, length, style: document.documentElement.getAttribute('style') };
      });
    const before = await place();
    expect(before).toMatchObject({ y: 600, state: { of: 'the page' } });

    await opens();
    if (watches) await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await (watches ? page.keyboard.press('Escape') : page.goBack());
    await expect(person.panel).toBeHidden();
    // An entry that was gone back from lies ahead until the page goes on.
    expect(await place()).toEqual({ ...before, length: before.length + (watches ? 0 : 1) });

    await opens();
    await person.widget.locator('.close').tap();
    await expect(person.panel).toBeHidden();
    await expect.poll(place).toEqual({ ...before, length: before.length + (watches ? 0 : 1) });
    if (watches)
      expect(await page.evaluate(() => window.heard.filter((name) => name !== 'keydown Escape'))).toEqual([]);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    expect(person.complaints).toEqual([]);
    await context.close();
  });
}
