import { setTimeout as passed } from 'node:timers/promises';
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

/** How long it took until a chatter could talk, and how often the browser had to wait for the server. Milliseconds. */
export interface Usable {
  /** From the click until the composer is there and the conversation is open, as the page itself sees it, drawn. */
  readonly ms: number;
  /** From the click until the composer is drawn: what is written there is kept, and sent when the conversation is open. */
  readonly composerMs: number;
  /** As who drives the browser sees it, from the order to click until the answer has come: his own work counts. */
  readonly drivenMs: number;
  /** The longest task from the click until the composer is drawn; 0 where none took 50. */
  readonly longestMs: number;
  /** Each file, the WebSocket's handshake, and each time that something was sent after something had come. */
  readonly roundTrips: number;
}

/** How much slower than this machine the one is taken to be on which somebody clicks. */
const slowDown = 4;

/** What the page notes of itself; it stands in its window. */
interface Noted {
  composer?: number;
  open?: number;
  readonly tasks: { readonly at: number; readonly ms: number }[];
}

/**
 * Clicks and waits until the composer is there and the conversation is open. In a browser context of its own, slowed down.
 * `restMs` is how long the page stands there with its launcher before somebody clicks: at 0 the browser is still at work
 * for a page that is new to it.
 */
export async function clickToUsable(browser: Browser, address: string, restMs: number): Promise<Usable> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(noteTimes);
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
  await passed(restMs);
  const ordered = performance.now();
  await launcher.click();
  await opened.promise;
  const drivenMs = performance.now() - ordered;
  const trips = roundTrips;
  // To ask the page costs its own thread 80 ms at first: not before it has drawn what has just come.
  await passed(1_000);
  const { composer, open, tasks } = await noted(page);
  await context.close();
  const longestMs = Math.max(0, ...tasks.filter(({ at }) => at < composer).map(({ ms }) => ms));
  return { ms: open, composerMs: composer, drivenMs, longestMs, roundTrips: trips };
}

/** Runs in the page, before anything else of it. */
function noteTimes(): void {
  const times: Noted = { tasks: [] };
  Object.assign(window, { noted: times });
  const begin = ({ timeStamp: clicked }: Event): void => {
    const root = document.querySelector('befriend-chat')?.shadowRoot;
    // Drawn is what stands there when the next frame is done.
    const found = new Set<string>();
    const note = (name: 'composer' | 'open'): void => {
      if (found.has(name)) return;
      found.add(name);
      requestAnimationFrame(() =>
        setTimeout(() => {
          times[name] = performance.now() - clicked;
        }),
      );
    };
    const look = (): void => {
      if (!root?.querySelector('textarea')) return;
      note('composer');
      if (root.querySelector('[role="log"][aria-busy="false"]')) note('open');
    };
    if (root) new MutationObserver(look).observe(root, { attributes: true, childList: true, subtree: true });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        if (startTime + duration > clicked) times.tasks.push({ at: startTime - clicked, ms: duration });
    }).observe({ type: 'longtask', buffered: true });
  };
  addEventListener('click', begin, { capture: true, once: true });
}

/** What the page has noted, once it is all there. */
async function noted(page: Page): Promise<Required<Noted>> {
  const whole = await page.waitForFunction(
    () => {
      const { composer, open, tasks } = (window as unknown as { noted: Noted }).noted;
      return composer !== undefined && open !== undefined && { composer, open, tasks };
    },
    undefined,
    { polling: 50 },
  );
  return (await whole.jsonValue()) as Required<Noted>;
}
