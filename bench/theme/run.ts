import { builtPage, slowDown } from '../history/measure.ts';
import { median, rounded } from '../routing/pairs.ts';
import { openChromium } from '../size/chatter.ts';
import type { ThemePage } from './page.ts';

/** How many messages are drawn, and a frame, milliseconds. */
const messages = 500;
const limit = 16.7;

/** Runs in the page. */
declare function theirs(): ThemePage;

const script = await builtPage(import.meta.url);
const browser = await openChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent('<!doctype html><html lang="en"><title>A theme</title><body></body></html>');
  await page.addScriptTag({ content: script });
  const session = await page.context().newCDPSession(page);
  const throttle = (rate: number): Promise<unknown> => session.send('Emulation.setCPUThrottlingRate', { rate });
  const measured = async (whole: boolean): Promise<{ drawn: number; script: number; painted: number }> => {
    await throttle(1);
    const drawn = await page.evaluate(([count, all]) => theirs().open(count, all), [messages, whole] as const);
    await throttle(slowDown);
    const changes: { readonly script: number; readonly painted: number }[] = [];
    for (let index = 0; index < 20; index += 1) {
      const brand = `#${((index * 83_221_517 + 99_991) % 0xffffff).toString(16).padStart(6, '0')}`;
      changes.push(await page.evaluate((one) => theirs().change(one), brand));
    }
    const middle = (figure: 'script' | 'painted'): number => rounded(median(changes.map((one) => one[figure])));
    return { drawn, script: middle('script'), painted: middle('painted') };
  };
  const windowed = await measured(false);
  const whole = await measured(true);
  console.log(JSON.stringify({ slowDown, messages, limit, windowed, whole }));
  if (whole.drawn < messages) throw new Error(`Only ${whole.drawn} of ${messages} messages were drawn.`);
  if (windowed.script > limit) process.exitCode = 1;
} finally {
  await browser.close();
}
