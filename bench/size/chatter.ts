import { type Browser, chromium, type Page } from 'playwright';

/** Opens the system's Chromium as the tests do. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}

/** What one chatter's browser received over HTTP, from the empty page to his first stored message. */
export interface Received {
  /** Bytes of the bodies as they came, compressed, without headers; the page itself is not counted. */
  readonly bodies: number;
  /** The same with the headers of the answers. */
  readonly withHeaders: number;
  /** The names of the files, in order. */
  readonly files: readonly string[];
}

/** Clicks the launcher, says something, waits until it is stored, and sums what Chromium received for it. */
export async function firstMessage(browser: Browser, address: string): Promise<Received> {
  const page = await browser.newPage();
  const responses = await responsesTo(page, address);
  const stored = Promise.withResolvers<void>();
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => payload.includes('message.sent') && stored.resolve()),
  );
  await page.goto(address);
  await page.locator('befriend-chat button.launcher').click();
  const composer = page.locator('befriend-chat textarea');
  await composer.fill('Is the grey one back in stock?');
  await composer.press('Enter');
  await stored.promise;
  const finished = await responses();
  await page.close();
  return finished;
}

async function responsesTo(page: Page, address: string): Promise<() => Promise<Received>> {
  const session = await page.context().newCDPSession(page);
  const names = new Map<string, string>();
  const bodies = new Map<string, number>();
  const sizes = new Map<string, number>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const isFile = response.url.startsWith('http') && response.url !== address;
    if (isFile) names.set(requestId, new URL(response.url).pathname.replace('/befriend/', ''));
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    bodies.set(requestId, (bodies.get(requestId) ?? 0) + encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  const sum = (all: Map<string, number>): number => [...names.keys()].reduce((so, id) => so + (all.get(id) ?? 0), 0);
  return async () => {
    // An answer to a command comes after the events that were on their way.
    await session.send('Network.enable');
    return { bodies: sum(bodies), withHeaders: sum(sizes), files: [...names.values()] };
  };
}

/** How long it took until a chatter could talk, and how often the browser had to wait for the server. */
export interface Usable {
  readonly ms: number;
  /** Each file, the WebSocket's handshake, and each time that something was sent after something had come. */
  readonly roundTrips: number;
}

/** How much slower than this machine the one is taken to be on which somebody clicks. */
const slowDown = 4;

/** Clicks and waits until the composer is there and the conversation is open. In a browser context of its own, slowed down. */
export async function clickToUsable(browser: Browser, address: string): Promise<Usable> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const launcher = page.locator('befriend-chat button.launcher');
  await launcher.waitFor();
  let roundTrips = 0;
  let waiting = false;
  const opened = Promise.withResolvers<void>();
  page.on('request', () => {
    roundTrips += 1;
  });
  page.on('websocket', (socket) => {
    roundTrips += 1;
    socket.on('framesent', () => {
      if (!waiting) roundTrips += 1;
      waiting = true;
    });
    socket.on('framereceived', ({ payload }) => {
      waiting = false;
      if (payload.includes('conversation.opened')) opened.resolve();
    });
  });
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  const clicked = performance.now();
  await launcher.click();
  await page.locator('befriend-chat textarea').waitFor();
  await opened.promise;
  const ms = performance.now() - clicked;
  await context.close();
  return { ms, roundTrips };
}
