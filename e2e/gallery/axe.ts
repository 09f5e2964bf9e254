import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
interface Axe {
  run(place: string, options: object): Promise<Found>;
}

const all = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  // What is said of a count or of an emoji is more than what is shown: nobody presses it by naming the number.
  rules: { 'label-content-name-mismatch': { enabled: false } },
};
const contrast = { runOnly: { type: 'rule', values: ['color-contrast'] } };

/** What axe finds in the widget against WCAG 2.2 AA, as `RULE: ELEMENT`; with `contrast` of colours alone. */
export async function findings(page: Page, which: 'all' | 'contrast' = 'all'): Promise<string[]> {
  const options = { ...(which === 'all' ? all : contrast), resultTypes: ['violations'] };
  // The builder puts half a megabyte into the page each time: here once, and then every state asks what is there.
  if (!(await page.evaluate(() => 'axe' in window)))
    await new AxeBuilder({ page }).include('befriend-chat').setLegacyMode().withRules('button-name').analyze();
  const violations = await page.evaluate(async (given) => {
    const { axe } = window as unknown as { readonly axe: Axe };
    return (await axe.run('befriend-chat', given)).violations.map(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    );
  }, options);
  return violations.flat();
}
