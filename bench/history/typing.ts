import type { Browser } from 'playwright';
import { rounded } from '../routing/pairs.ts';
import { slowDown } from './measure.ts';
import type { HistoryPage } from './page.ts';

/** What one letter costs at the slow-down, milliseconds of the main thread's processor time, in the middle of many. */
export interface Typing {
  readonly messages: number;
  /** How many of them are drawn. */
  readonly drawn: number;
  /** Script, style and layout: what the page has a hand in. */
  readonly perLetter: number;
  /** With all that the browser does besides, painting above all. */
  readonly withPaint: number;
}

const text = 'Is the reed vase still there, and would it hold water? ';

/** Types into the field below so many messages; `tall` draws every one of them. */
export async function typingCost(browser: Browser, script: string, messages: number, tall: boolean): Promise<Typing> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent('<!doctype html><html lang="en"><title>A long history</title><body></body></html>');
  await page.addScriptTag({ content: script });
  const session = await page.context().newCDPSession(page);
  // Of the thread, not of the clock: what else runs on this machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (...names: string[]): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.reduce((sum, { name, value }) => sum + (names.includes(name) ? value * 1_000 : 0), 0);
  };
  const own = () => spent('ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration');
  await page.evaluate((count) => theirs().hold(count), messages);
  await page.evaluate((all) => theirs().open(all), tall);
  await page.locator('textarea').click();
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  // The first letter lets what is waiting for one be loaded.
  await page.keyboard.type('So: ');
  // What that loads has no sign of its own when it is done; half a second at the slow-down is plenty.
  await page.waitForTimeout(500);
  const [ownBefore, allBefore] = [await own(), await spent('TaskDuration')];
  await page.keyboard.type(text, { delay: 40 });
  const perLetter = ((await own()) - ownBefore) / text.length;
  const withPaint = ((await spent('TaskDuration')) - allBefore) / text.length;
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const drawn = await page.locator('.bubble').count();
  if ((await page.locator('textarea').inputValue()) !== `So: ${text}`) throw new Error('Not every letter came.');
  await page.close();
  return { messages, drawn, perLetter: rounded(perLetter), withPaint: rounded(withPaint) };
}

/** Runs in the page. */
declare function theirs(): HistoryPage;
