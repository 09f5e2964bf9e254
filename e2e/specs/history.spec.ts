import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

/** What one step of scrolling showed. */
interface Step {
  /** The texts of the messages in the page, from top to bottom. */
  readonly texts: readonly string[];
  /** How far something in sight moved, other than it was scrolled, px. */
  readonly jumped: number;
  readonly atTop: boolean;
  readonly atEnd: boolean;
}

/** Scrolls by up to `by` px, waits until nothing is on its way, and looks what became of what was in sight. */
function scrolled(log: Locator, by: number): Promise<Step> {
  return log.evaluate(async (element, wanted): Promise<Step> => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const rows = (): HTMLElement[] => [...element.querySelectorAll<HTMLElement>('.row')];
    const textOf = (row: HTMLElement): string => row.querySelector('.bubble')?.lastChild?.textContent ?? '';
    const inSight = (): Map<string, number> => {
      const { top, bottom } = element.getBoundingClientRect();
      const placed = rows().map((row) => [textOf(row), row.getBoundingClientRect()] as const);
      const seen = placed.filter(([, place]) => place.bottom > top && place.top < bottom);
      return new Map(seen.map(([text, place]) => [text, place.bottom]));
    };
    const left = element.scrollHeight - element.clientHeight - element.scrollTop;
    const step = Math.max(-element.scrollTop, Math.min(left, wanted));
    const before = inSight();
    element.scrollTop += step;
    for (let frames = 0; frames < 2 || element.getAttribute('aria-busy') === 'true'; frames += 1) await frame();
    await frame();
    const after = inSight();
    const moves = [...before].flatMap(([text, at]) => (after.has(text) ? [(after.get(text) ?? 0) + step - at] : []));
    return {
      texts: rows().map(textOf),
      jumped: moves.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...moves.map(Math.abs)),
      atTop: element.scrollTop === 0,
      atEnd: element.scrollHeight - element.clientHeight - element.scrollTop < 1,
    };
  }, by);
}

/** Says `count` things from page code, and waits until all are stored. */
function says(page: Page, name: string, count: number): Promise<void> {
  return page.evaluate(
    ([lead, most]) => {
      const befriend = Reflect.get(window, 'befriend') as (verb: string, ...rest: unknown[]) => void;
      return new Promise<void>((resolve) => {
        let stored = 0;
        befriend('on', 'message.sent', (fact: { re?: string }) => {
          if (fact.re !== undefined) stored += 1;
          if (stored === most) resolve();
        });
        for (let line = 1; line <= most; line += 1)
          befriend('send', { text: `${lead}-${line} ${'and so on '.repeat((line * 7) % 25)}` });
      });
    },
    [name, count] as const,
  );
}

test('a long room is read up to its first message and down again, with no jump and few messages in the page', async ({
  arrives,
  joins,
  room,
  stack,
}) => {
  test.setTimeout(180_000);
  const names = ['ann', 'bob', 'cem'];
  const each = 200;
  await Promise.all(
    names.map(async (name) => {
      const { page } = await arrives(stack.site.page('plain', stack.tag({ conversation: room })));
      await says(page, name, each);
      await page.close();
    }),
  );
  const reader = await joins(room, 'Dan');
  await expect(reader.log).toHaveAttribute('aria-busy', 'false');
  const up: string[] = [];
  const down: string[] = [];

  let step = await scrolled(reader.log, 0);
  for (let steps = 0; steps < 400 && !step.atTop; steps += 1) {
    step = await scrolled(reader.log, -400);
    expect(step.jumped).toBeLessThan(2);
    expect(step.texts.length).toBeLessThan(200);
    up.unshift(...step.texts.filter((text) => !up.includes(text)));
  }
  expect(up).toHaveLength(names.length * each);
  while (!step.atEnd) {
    step = await scrolled(reader.log, 400);
    // Where the end is nearer than it was taken to be, it is reached with less.
    if (!step.atEnd) expect(step.jumped).toBeLessThan(2);
    expect(step.texts.length).toBeLessThan(200);
    down.push(...step.texts.filter((text) => !down.includes(text)));
  }

  expect(down).toEqual(up);
  for (const name of names) {
    const lines = up.filter((text) => text.startsWith(`${name}-`));
    expect(lines.map((text) => Number(/-(\d+)/.exec(text)?.[1]))).toEqual(Array.from(lines, (_, line) => line + 1));
  }
  await expect(reader.widget.locator('.jump')).toHaveCount(0);
});
