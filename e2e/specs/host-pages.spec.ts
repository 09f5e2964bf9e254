import { expect, test } from '../fixtures/test.ts';

declare global {
  interface Window {
    /** The sum of all layout shifts of the page (Layout Instability API). */
    shifts: number;
  }
}

test('a page with hostile CSS changes nothing inside the widget', async ({ arrives, joins, stack, room }) => {
  const plain = await joins(room, 'Ann');
  const hostile = await arrives(
    stack.site.page('hostile', stack.tag({ conversation: room, name: 'Bob', locale: 'en' })),
  );
  await hostile.opens();

  await plain.says('Do you see me well?');
  await hostile.reads('Do you see me well?');
  await hostile.says('Perfectly');
  await plain.reads('Perfectly');

  const looks = await Promise.all(
    [plain, hostile].map(async (person) => ({
      panel: await person.panel.boundingBox(),
      launcher: await person.launcher.boundingBox(),
      color: await person.composer.evaluate((field) => {
        const { color, fontSize, letterSpacing, opacity, textTransform, visibility } = getComputedStyle(field);
        return { color, fontSize, letterSpacing, opacity, textTransform, visibility };
      }),
    })),
  );
  expect(looks[1]).toEqual(looks[0]);
});

test('the tag that the demo prints works on a page of another origin', async ({ arrives, stack }) => {
  const reader = await arrives(`${stack.origin}/`);
  const printed = await reader.page.locator('code', { hasText: 'befriend.js' }).first().innerText();
  expect(printed).toContain(`src="${stack.origin}/befriend/befriend.js"`);

  const elsewhere = await arrives(stack.site.page('plain', printed));
  await elsewhere.opens();
  await elsewhere.says('The tag travels');

  await elsewhere.sent('The tag travels');
});

test('a page of a foreign origin that is not listed gets no connection', async ({ arrives, stack, room }) => {
  const sockets: string[] = [];
  const stranger = await arrives(stack.stranger.page('plain', stack.tag({ conversation: room })));
  stranger.page.on('websocket', (socket) => {
    socket.on('socketerror', (error) => sockets.push(error));
  });

  await stranger.launcher.click();

  await expect.poll(() => sockets.length).toBeGreaterThan(0);
  expect(sockets[0]).toContain('403');
  await stranger.says('Let me in');
  await expect(stranger.unsettled).toHaveCount(1);
});

test('two widgets on one page do not know of each other', async ({ arrives, stack, room }) => {
  const tags = [
    stack.tag({ conversation: room, scope: 'ann', name: 'Ann' }),
    stack.tag({ conversation: room, scope: 'bob', name: 'Bob', side: 'start' }),
  ];
  const page = await arrives(stack.site.page('plain', tags.join('\n')));
  await expect(page.widget).toHaveCount(2);
  const both = ['start', 'end'].map((side) =>
    page.page.locator('befriend-chat', { has: page.page.locator(`.launcher.${side}`) }),
  );
  const { Person } = await import('../fixtures/person.ts');
  const [bob, ann] = both.map((widget) => new Person(page.page, widget));
  if (ann === undefined || bob === undefined) throw new Error('there must be two');

  await ann.opens();
  await bob.opens();
  await ann.says('From the right');
  await bob.reads('From the right');
  await bob.says('From the left');

  await ann.reads('From the left');
  await expect(ann.log).toContainText('Bob joined');
});

test('the same tag pasted twice is one widget', async ({ arrives, stack, room }) => {
  const tag = stack.tag({ conversation: room });

  const page = await arrives(stack.site.page('plain', `${tag}\n${tag}`));

  await expect(page.launcher).toBeVisible();
  await expect(page.widget).toHaveCount(1);
});

test('a page with transforms, containment, zoom and a body that does not scroll is as it was before the guest came', async ({
  arrives,
  stack,
  room,
}) => {
  const guest = await arrives(stack.site.page('odd', stack.tag({ conversation: room })));
  const { page } = guest;
  const look = () =>
    page.evaluate(() => ({
      focus: document.activeElement?.localName,
      scroll: [scrollX, scrollY, document.querySelector('main')?.scrollTop],
      entries: history.length,
      styles: [...document.querySelectorAll('html, body, main, h1')].map(
        (element) => getComputedStyle(element).cssText,
      ),
      boxes: [...document.querySelectorAll('main, h1')].map((element) => element.getBoundingClientRect().toJSON()),
    }));
  await expect(guest.launcher).toBeVisible();
  const before = await look();

  await guest.opens();
  // It grows while it opens.
  await expect.poll(() => guest.panel.boundingBox()).toMatchObject({ width: 400 });
  await guest.widget.locator('.close').click();
  await expect(guest.panel).toBeHidden();
  await guest.launcher.evaluate((launcher) => launcher.blur());

  expect(await look()).toEqual(before);
  const shifts = () => page.evaluate(() => window.shifts);
  expect(await shifts()).toBe(0);
  expect(guest.complaints).toEqual([]);
  // Else it would be 0 because nobody counts.
  await page.evaluate(() => {
    const bar = document.createElement('hr');
    bar.style.height = '80px';
    document.querySelector('main')?.before(bar);
  });
  await expect.poll(shifts).toBeGreaterThan(0);
});
