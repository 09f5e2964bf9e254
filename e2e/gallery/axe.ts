import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const require = createRequire(import.meta.resolve('@axe-core/playwright'));
const { source }: { readonly source: string } = require('axe-core');

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
  // Its half a megabyte goes into a page once, and not into every state of it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const violations = await page.evaluate(async (given) => {
    const { axe } = window as unknown as { readonly axe: Axe };
    return (await axe.run('befriend-chat', given)).violations.map(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    );
  }, options);
  return violations.flat();
}
