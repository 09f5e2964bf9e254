import type { Browser } from 'playwright';

/** What a page cost its visitor until nothing happened any more. */
export interface Weight {
  /** Bodies as they came, compressed. */
  readonly bytes: number;
  readonly requests: number;
  /** Script, style and layout on the main thread with the processor slowed down by 4, milliseconds, and script alone. */
  readonly mainMs: number;
  readonly scriptMs: number;
  /** The longest task in that time, milliseconds: above 50 a visitor can feel it. */
  readonly longestMs: number;
}

/** Nothing has come for this long: the page is at rest, milliseconds. */
const rest = 3_000;

/**
 * Visits a page with a new browser profile and does nothing but wait, or what `act` does. Whatever is not on this machine
 * is out of reach. @throws Error where the page shows less than `shows`, a selector that proves that the widget is there
 */
export async function visit(browser: Browser, address: string, shows: string): Promise<Weight> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    });
  });
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Performance.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let [bytes, requests, last] = [0, 0, Date.now()];
  const own = new Set<string>();
  session.on('Network.requestWillBeSent', ({ requestId, request: { url } }) => {
    if (url.startsWith('http://127.0.0.1') && url !== address) own.add(requestId);
  });
  session.on('Network.responseReceived', ({ requestId }) => {
    if (own.has(requestId)) requests += 1;
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    if (own.has(requestId)) bytes += encodedDataLength;
    last = Date.now();
  });
  await page.goto(address);
  await page.locator(shows).first().waitFor({ state: 'attached', timeout: 30_000 });
  // A page has come to rest when nothing has come for a while: that it stays away needs time.
  while (Date.now() - last < rest) await page.waitForTimeout(100);
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1_000;
  const mainMs = of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration');
  const longest = await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks));
  await context.close();
  return { bytes, requests, mainMs, scriptMs: of('ScriptDuration'), longestMs: longest };
}
