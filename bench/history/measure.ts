import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import { emojiData } from '../../.ci/emoji-data.ts';
import { median, rounded } from '../routing/pairs.ts';
import type { HistoryPage, Opened } from './page.ts';

/** How much slower than this machine the measured one is taken to be. */
export const slowDown = 4;

/** What one list cost, milliseconds at the slow-down, except where it says something else. */
export interface Cost {
  readonly messages: number;
  /** The very first conversation of the page, of 50 messages, until it was on the screen. */
  readonly firstOpen: number;
  /** This one after that: the script and its layouts, and until it was on the screen. */
  readonly openScript: number;
  readonly open: number;
  /** The longest frame of each way of scrolling, and of all together: that, and the one that one in twenty is longer than. */
  readonly worstRead: number;
  readonly worstFling: number;
  readonly worstJump: number;
  readonly worstFrame: number;
  readonly p95Frame: number;
  readonly frames: number;
  /** Until another message was drawn, with its layouts. */
  readonly arrive: number;
  /** Elements in the page: the most there were. */
  readonly elements: number;
  /** MB of JavaScript memory beside the messages themselves. */
  readonly heapMb: number;
}

interface Load {
  readonly messages: number;
  /** Everything is in sight, so that the list has nothing to leave out. */
  readonly tall?: boolean;
  readonly plain?: boolean;
  /** Frames of each way of scrolling. */
  readonly frames: number;
}

/** `page.ts` beside `measure`, a module's address, with the widget's own components, as one script. */
export async function builtPage(measure: string): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [emojiData()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    // As the product is built: styles that were made anew for older browsers would be another product's.
    build: {
      ...{ write: false, target: 'es2022', cssTarget: ['chrome123', 'firefox128', 'safari18'] },
      lib: { entry: fileURLToPath(new URL('page.ts', measure)), formats: ['iife'], name: 'page' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = output.flatMap((one) => one.output);
  if (chunk?.type !== 'chunk') throw new Error('The page was not built.');
  return chunk.code;
}

/** What a list costs: in a page of its own each time, the median of `rounds`. */
export async function costOf(browser: Browser, script: string, rounds: number, load: Load): Promise<Cost> {
  const costs: Cost[] = [];
  while (costs.length < rounds) costs.push(await once(browser, script, load));
  const middle = (figure: (cost: Cost) => number): number => rounded(median(costs.map(figure)));
  return {
    messages: load.messages,
    firstOpen: middle((cost) => cost.firstOpen),
    openScript: middle((cost) => cost.openScript),
    open: middle((cost) => cost.open),
    worstRead: middle((cost) => cost.worstRead),
    worstFling: middle((cost) => cost.worstFling),
    worstJump: middle((cost) => cost.worstJump),
    worstFrame: middle((cost) => cost.worstFrame),
    p95Frame: middle((cost) => cost.p95Frame),
    frames: middle((cost) => cost.frames),
    arrive: middle((cost) => cost.arrive),
    elements: Math.max(...costs.map((cost) => cost.elements)),
    heapMb: middle((cost) => cost.heapMb),
  };
}

async function once(browser: Browser, script: string, { messages, tall, plain, frames }: Load): Promise<Cost> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent('<!doctype html><html lang="en"><title>A long history</title><body></body></html>');
  await page.addScriptTag({ content: script });
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
  };
  const throttle = (rate: number): Promise<unknown> => session.send('Emulation.setCPUThrottlingRate', { rate });
  await page.evaluate(() => theirs().hold(50));
  await throttle(slowDown);
  const first = await openedIn(page, plain === true, false);
  await throttle(1);
  await page.evaluate((count) => theirs().hold(count), messages);
  const held = await heap();
  await throttle(slowDown);
  const opened = await openedIn(page, plain === true, tall === true);
  const took = { read: [0], fling: [0], jump: [0] };
  let elements = await page.evaluate(() => theirs().nodes());
  const arrive = plain ? 0 : await page.evaluate(() => theirs().arrive());
  for (const way of ['read', 'fling', 'jump'] as const) {
    took[way] = await page.evaluate(([how, count]) => theirs().scroll(how, count), [way, frames] as const);
    elements = Math.max(elements, await page.evaluate(() => theirs().nodes()));
  }
  await throttle(1);
  const heapMb = (await heap()) - held;
  await page.close();
  const sorted = Object.values(took)
    .flat()
    .sort((one, other) => one - other);
  return {
    ...{ messages, firstOpen: first.painted, openScript: opened.script, open: opened.painted },
    ...{ arrive, elements, heapMb, frames: sorted.length },
    ...{ worstRead: Math.max(...took.read), worstFling: Math.max(...took.fling), worstJump: Math.max(...took.jump) },
    worstFrame: sorted.at(-1) ?? 0,
    p95Frame: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
  };
}

function openedIn(page: Page, plain: boolean, tall: boolean): Promise<Opened> {
  if (plain) return page.evaluate(() => theirs().openPlain());
  return page.evaluate((all) => theirs().open(all), tall);
}

/** Runs in the page. */
declare function theirs(): HistoryPage;
