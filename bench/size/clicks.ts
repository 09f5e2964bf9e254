import { buildWidget } from './built-files.ts';
import { clickToUsable, openChromium, type Usable } from './chatter.ts';
import { hostWidget } from './widget-host.ts';

/** Opens the widget `count` times, each in a browser context of its own, against a friend in this process. */
export async function clicksToUsable(count: number, restMs: number): Promise<Usable[]> {
  const host = await hostWidget(buildWidget());
  const browser = await openChromium();
  try {
    const usable: Usable[] = [];
    while (usable.length < count) usable.push(await clickToUsable(browser, host.page, restMs));
    return usable;
  } finally {
    await browser.close();
    await host.close();
  }
}
