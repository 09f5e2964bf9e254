import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { freePorts } from '../../server/bin/xmpp/tcp-ports.ts';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

const executablePath = '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-background-networking', '--no-first-run'];

/** How soon another tab has to lead, milliseconds. */
const limit = 3_000;

/** Tabs of one browser, first the one that leads. */
interface Browsing {
  readonly context: BrowserContext;
  readonly leader: Person;
  readonly other: Person;
  /** Sockets that are open, over all tabs. */
  readonly sockets: Set<unknown>;
  /** How many there were in all. */
  dialled: number;
}

async function browsing(context: BrowserContext, address: string): Promise<Browsing> {
  const sockets = new Set<unknown>();
  const state = { context, sockets, dialled: 0 };
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      state.dialled += 1;
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      page.on('crash', () => sockets.delete(socket));
      page.on('close', () => sockets.delete(socket));
    }),
  );
  const leader = await Person.arrive(context, address);
  await leader.opens();
  const other = await Person.arrive(context, address);
  await other.opens();
  return Object.assign(state, { leader, other });
}

function cdp(page: Page): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}

/** The other tab says something; how long it took until the friend had stored it, milliseconds. */
async function takesOver(other: Person, text: string): Promise<number> {
  const started = performance.now();
  await other.says(text);
  await other.sent(text);
  const took = performance.now() - started;
  test.info().annotations.push({
    type: 'took',
    description: `${Math.round(took)} ms until the other tab had its message stored`,
  });
  return took;
}

test('two tabs share one socket, and what is said in one stands in the other', async ({
  browser,
  stack,
  room,
  joins,
}) => {
  const bob = await joins(room, 'Bob');
  const context = await browser.newContext();
  const tabs = await browsing(context, stack.site.page('plain', stack.tag({ conversation: room, name: 'Ann' })));

  await tabs.leader.says('from the first tab');
  await tabs.other.reads('from the first tab');
  await tabs.other.says('from the second');
  await tabs.leader.reads('from the second');
  await bob.says('to both');

  await tabs.leader.reads('to both');
  await tabs.other.reads('to both');
  expect(await tabs.other.texts()).toEqual(await tabs.leader.texts());
  expect(await bob.texts()).toEqual(await tabs.leader.texts());
  await expect(bob.log.getByText('Ann joined')).toHaveCount(1);
  expect(tabs.dialled).toBe(1);
  await context.close();
});

test('two tabs that open at the same moment are one person with one socket', async ({ browser, stack, room }) => {
  const context = await browser.newContext();
  const address = stack.site.page('plain', stack.tag({ conversation: room, name: 'Ann' }));
  const dialled: string[] = [];
  context.on('page', (page) => page.on('websocket', (socket) => dialled.push(socket.url())));
  const [one, two] = [await Person.arrive(context, address), await Person.arrive(context, address)];

  await Promise.all([one.opens(), two.opens()]);
  await one.says('who am I');
  await two.reads('who am I');

  await expect(two.log.locator('.row.own')).toHaveCount(1);
  expect(dialled).toHaveLength(1);
  await context.close();
});

const ends: [how: string, end: (leader: Person) => Promise<unknown>][] = [
  ['was closed', (leader) => leader.page.close()],
  [
    'has crashed',
    async (leader) => {
      const session = await cdp(leader.page);
      const crashed = leader.page.waitForEvent('crash');
      session.send('Page.crash').catch(() => undefined);
      await crashed;
    },
  ],
  ['went to another page', (leader) => leader.page.goto('about:blank')],
  [
    // Its scripts stand still without any event before: neither its lock nor its socket is given back.
    'stands still',
    async (leader) => {
      const session = await cdp(leader.page);
      await session.send('Debugger.enable');
      const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
      await session.send('Debugger.pause');
      await paused;
    },
  ],
];

for (const [how, end] of ends) {
  test(`another tab goes on within three seconds when the one that led ${how}`, async ({ browser, stack, room }) => {
    const context = await browser.newContext();
    const tabs = await browsing(context, stack.site.page('plain', stack.tag({ conversation: room, name: 'Ann' })));
    await tabs.leader.says('before');
    await tabs.other.reads('before');

    await end(tabs.leader);
    const took = await takesOver(tabs.other, 'after');

    expect(took).toBeLessThan(limit);
    expect(await tabs.other.texts()).toEqual(['before', 'after']);
    expect(tabs.dialled).toBe(2);
    await context.close();
  });
}

test('another tab goes on within three seconds when the one that led was frozen', async ({ stack, room }) => {
  // The runner's own pages believe that they are always in sight, and what is in sight is never frozen.
  const [port = 0] = await freePorts([0]);
  const launched = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the browser has no context');
  const tabs = await browsing(context, stack.site.page('plain', stack.tag({ conversation: room, name: 'Ann' })));
  await tabs.leader.says('before');
  await tabs.other.reads('before');
  await tabs.other.page.bringToFront();
  const session = await cdp(tabs.leader.page);

  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  const took = await takesOver(tabs.other, 'after');
  expect(tabs.dialled).toBe(2);
  await session.send('Page.setWebLifecycleState', { state: 'active' });

  expect(took).toBeLessThan(limit);
  await tabs.leader.reads('after');
  await tabs.leader.says('thawed');
  await tabs.other.reads('thawed');
  expect(tabs.dialled).toBe(2);
  await browser.close();
  await launched.close();
});

test('a tab in the back/forward cache holds nothing, and follows when it comes back', async ({ stack, room }) => {
  // The runner turns this cache off by default.
  const ignoreDefaultArgs = ['--disable-back-forward-cache'];
  const browser = await chromium.launch({ executablePath, args, ignoreDefaultArgs });
  const context = await browser.newContext();
  const tabs = await browsing(context, stack.site.page('plain', stack.tag({ conversation: room, name: 'Ann' })));
  await tabs.leader.says('before');
  await tabs.other.reads('before');
  await tabs.leader.page.evaluate(() => {
    addEventListener('pageshow', (event) => Object.assign(window, { fromCache: event.persisted }));
  });

  await tabs.leader.page.goto(stack.site.page('plain', ''));
  const took = await takesOver(tabs.other, 'after');
  await tabs.leader.page.goBack({ waitUntil: 'commit' });

  expect(took).toBeLessThan(limit);
  expect(await tabs.leader.page.evaluate(() => Reflect.get(window, 'fromCache'))).toBe(true);
  await tabs.leader.reads('after');
  await tabs.leader.says('back again');
  await tabs.other.reads('back again');
  expect(tabs.dialled).toBe(2);
  await browser.close();
});

test('a file on its way goes on when its page comes back from the back/forward cache', async ({
  stack,
  room,
  joins,
}) => {
  const bob = await joins(room, 'Bob');
  const browser = await chromium.launch({ executablePath, args, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const context = await browser.newContext();
  const ann = await Person.arrive(context, stack.site.page('plain', stack.tag({ conversation: room, name: 'Ann' })));
  await ann.opens();
  const buffer = Buffer.from('a line of a long list\n'.repeat(10_000));
  const network = await cdp(ann.page);
  await network.send('Network.enable');
  const speed = (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1 },
      uploadThroughput,
    });
  await speed(100_000);
  await ann.widget.getByLabel('Attach files').setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer });
  await expect(ann.widget.getByRole('list', { name: 'Files to send' }).getByRole('listitem')).toHaveCount(1);
  await ann.composer.press('Enter');
  await expect(ann.widget.getByRole('progressbar')).toBeVisible();
  await ann.page.evaluate(() => {
    addEventListener('pageshow', (event) => Object.assign(window, { fromCache: event.persisted }));
  });

  await ann.page.goto(stack.site.page('plain', ''));
  // It would all be there by now.
  await ann.page.waitForTimeout(3_500);
  await expect(bob.log).not.toContainText('list.txt');
  await ann.page.goBack({ waitUntil: 'commit' });
  expect(await ann.page.evaluate(() => Reflect.get(window, 'fromCache'))).toBe(true);
  await speed(-1);

  await expect(ann.unsettled).toHaveCount(0);
  const link = bob.widget.getByRole('link', { name: 'Save list.txt' });
  await expect(link).toHaveCount(1);
  const saved = await bob.page.request.get((await link.getAttribute('href')) ?? '');
  expect(await saved.body()).toEqual(buffer);
  await browser.close();
});
