import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Sent } from '../history.ts';
import { RealPage } from '../page.ts';
import type { Fault } from '../report.ts';
import { onStage } from '../stage.ts';

const sizes = { quick: 6, full: 200 };

/** Somebody writes in one of two tabs, presses Enter, and the tab is loaded anew before much can happen. */
export const reloads: Fault = {
  name: 'reloads',
  run: (size) =>
    onStage(async (stage) => {
      const times = sizes[size];
      const reader = stage.client('reader', 'r0');
      await stage.welcome([reader]);
      const real = await RealPage.open(stage, 'r0');
      try {
        const second = await real.anotherTab();
        await real.opens(second);
        const sent: Sent[] = [];
        const promised = new Set<string>();
        for (let time = 0; time < times; time += 1) {
          const tab = time % 2 === 0 ? real.page : second;
          const text = `page-${time}`;
          sent.push({ ...real.sent(text), sender: `tab ${time % 2}` });
          await real.opens(tab);
          if (await reloadAfterEnter(real, tab, text, Math.floor(Math.random() * 51))) promised.add(text);
        }
        await Promise.all([real.opens(), real.opens(second)]);
        await reader.reads(sent.length + reader.sent.length, 15_000);
        const [one, other] = [await real.reads(0, 30_000), await real.reads(0, 30_000, second)];
        const seen = [
          { ...one, tail: true },
          { ...other, reader: 'second tab', tail: true },
        ];
        const unsettled = (await real.unsettled()) + (await real.unsettled(second));
        const shown = new Set([...one.texts, ...other.texts]);
        for (const message of sent) {
          if (!promised.has(message.text)) message.forgotten = true;
          // A bubble that waits no longer, and one without a mark, is a ✓.
          const isKnown = promised.has(message.text) || shown.has(message.text);
          if (unsettled === 0 && isKnown) message.answeredAt = message.at;
        }
        const stored = sent.length + reader.sent.length === (await reader.reads(0, 0)).texts.length;
        const judged = await stage.judge({ sent, seen });
        const broken = [
          ...judged.broken,
          ...(unsettled > 0 ? [`${unsettled} bubbles without ✓`] : []),
          ...(stored ? [] : ['not all was stored']),
        ];
        const figures = { 'bubble seen before': promised.size, 'all stored': stored ? 'yes' : 'no' };
        return { injected: times, wanted: times, ...judged, broken, figures };
      } finally {
        await real.close();
      }
    }),
};

/** Returns whether the bubble stood on the screen when the page went. */
async function reloadAfterEnter(real: RealPage, tab: Page, text: string, ms: number): Promise<boolean> {
  await tab.evaluate(
    ([words = '', wait = '0']) => {
      const look = (): void => {
        const root = document.querySelector('befriend-chat')?.shadowRoot;
        const bubbles = Array.from(root?.querySelectorAll('.bubble') ?? [], (bubble) => bubble.textContent ?? '');
        sessionStorage.setItem('seen', String(bubbles.some((bubble) => bubble.endsWith(words))));
        location.reload();
      };
      const pressed = (event: KeyboardEvent): void => {
        if (event.key === 'Enter') setTimeout(look, Number(wait));
      };
      window.addEventListener('keydown', pressed, { capture: true });
    },
    [text, String(ms)],
  );
  const loaded = tab.waitForEvent('load');
  // The page goes while the key is still being reported.
  await real.says(text, tab).catch(() => undefined);
  await loaded;
  for (let tries = 0; tries < 50; tries += 1) {
    const seen = await tab.evaluate(() => sessionStorage.getItem('seen')).catch(() => null);
    if (seen !== null) return seen === 'true';
    await delay(20);
  }
  return false;
}
