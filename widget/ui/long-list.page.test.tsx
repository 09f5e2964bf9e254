import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Item } from '../core/view.ts';
import { clearStages, frame, message, named, rest, type Stage, stage, viewOf, waiting } from './stage.test.tsx';

afterEach(clearStages);

/** Messages of one to about twelve lines. */
function long(from: number, to: number): Item[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const seq = from + index;
    return message(seq, seq % 3 === 0 ? 'me' : 'ann', `${seq}: ${'some words '.repeat((seq * 7) % 40)}`);
  });
}

/** A conversation of many messages, at rest at its end. */
async function longStage(items: readonly Item[]): Promise<Stage & { log: HTMLElement }> {
  const staged = stage(viewOf({ items }));
  await rest(staged.root);
  return { ...staged, log: staged.one('.log') };
}

/** The rows that are in sight: how far each lies below the upper edge of the log, by its text. */
function inSight({ all, log }: { all: Stage['all']; log: HTMLElement }): Map<string, number> {
  const edge = log.getBoundingClientRect();
  const rows = all('.row').map((row) => [row.textContent ?? '', row.getBoundingClientRect()] as const);
  return new Map(
    rows.flatMap(([text, { top, bottom }]) => (bottom > edge.top && top < edge.bottom ? [[text, top - edge.top]] : [])),
  );
}

/** How far the rows that are in sight before and after have moved against each other, px; there has to be one. */
function moved(before: Map<string, number>, after: Map<string, number>): number[] {
  const both = [...before].flatMap(([text, top]) => (after.has(text) ? [(after.get(text) ?? 0) - top] : []));
  expect(both.length).toBeGreaterThan(0);
  return both;
}

test('holds only what is near in the page, wherever one reads', async () => {
  const { all, log } = await longStage(long(1, 5_000));
  const seen: number[] = [all('.row').length];

  for (const share of [0.9, 0.5, 0.1, 0, 0.3, 1]) {
    log.scrollTop = share * (log.scrollHeight - log.clientHeight);
    await frame();
    expect(inSight({ all, log }).size).toBeGreaterThan(0);
    seen.push(all('.row').length);
  }

  expect(Math.max(...seen)).toBeLessThan(150);
  expect(log.scrollHeight).toBeGreaterThan(5_000 * 40);
});

test('fills what is in sight wherever one jumps, also from high messages to low ones', async () => {
  const items = Array.from({ length: 4_000 }, (_, index) => {
    const seq = index + 1;
    const text = seq % 200 < 100 ? `${seq}: ${'some words '.repeat(60)}` : `${seq}`;
    return { ...message(seq, 'ann', text), at: 1_000_000 + (seq % 200 < 100 ? seq * 1_000_000 : seq) };
  });
  const { all, log } = await longStage(items);

  for (let turn = 1; turn < 60; turn += 1) {
    log.scrollTop = ((turn * 0.618) % 1) * (log.scrollHeight - log.clientHeight);
    await frame();
    await frame();
    const edge = log.getBoundingClientRect();
    const drawn = all('.row').map((row) => row.getBoundingClientRect());
    expect(drawn[0]?.top).toBeLessThanOrEqual(edge.top + 60);
    expect(drawn.at(-1)?.bottom).toBeGreaterThanOrEqual(edge.bottom - 60);
    expect(drawn.length).toBeLessThan(60);
  }
});

test('moves nothing by itself while one scrolls up through what was never drawn, and down again', async () => {
  const { all, log } = await longStage(long(1, 1_000));

  for (const step of [...Array(60).fill(-350), ...Array(30).fill(700)]) {
    const before = inSight({ all, log });
    log.scrollTop += step / 2;
    await frame();
    for (const by of moved(before, inSight({ all, log }))) expect(Math.abs(by + step / 2)).toBeLessThan(1.5);
  }
});

test('reaches the very first message and the very last one', async () => {
  const { all, log } = await longStage(long(1, 3_000));

  for (let step = 0; step < 10 && log.scrollTop > 0; step += 1) {
    log.scrollTop = 0;
    await frame();
  }
  expect(all('.row')[0]?.textContent).toContain('1: ');
  expect(all('.row')[0]?.offsetTop).toBeLessThan(60);
  log.scrollTop = log.scrollHeight;
  await frame();

  expect(all('.row').at(-1)?.textContent).toContain('3000: ');
  expect(log.scrollHeight - log.scrollTop - log.clientHeight).toBeLessThan(2);
});

test('stays at the row in sight when the height of one above it is learnt late', async () => {
  const { all, log } = await longStage(long(1, 300));
  log.scrollTop -= 1_000;
  await frame();
  const before = inSight({ all, log });

  const above = all('.row').find((row) => row.textContent === [...before.keys()][0])?.previousElementSibling;
  (above as HTMLElement).style.minHeight = '777px';
  await frame();

  expect(Math.abs(moved(before, inSight({ all, log }))[1] ?? Number.NaN)).toBeLessThan(1.5);
});

test('stays at the row in sight when its lines break anew', async () => {
  const { all, log, one } = await longStage(long(1, 300));
  const { clientWidth } = log;
  log.scrollTop -= 3_000;
  await frame();
  const [first = ''] = inSight({ all, log }).keys();

  one('.panel').style.inlineSize = '300px';
  await frame();

  expect([...inSight({ all, log }).keys()][0]).toBe(first);
  expect(log.clientWidth).toBeLessThan(clientWidth);
});

test('stays where one reads while the newest come in and the oldest go', async () => {
  const items = long(1, 403);
  const { all, log, panel } = await longStage(items.slice(0, 400));
  log.scrollTop -= 4_000;
  await frame();
  const before = inSight({ all, log });

  panel.update(viewOf({ items: items.slice(200) }));
  await frame();

  for (const by of moved(before, inSight({ all, log }))) expect(Math.abs(by)).toBeLessThan(1.5);
  expect(all('.jump .count')[0]?.textContent).toBe('2');
  await userEvent.click(all('.jump')[0] as HTMLElement);
  await frame();
  expect(all('.row').at(-1)?.textContent).toContain('403: ');
});

test('begins at the mark “New” also where that is far from the end', async () => {
  const items = long(1, 2_000);

  const { all, one, root } = stage(viewOf({ items, read: 700, last: 2_000, unread: 99 }));
  await expect.poll(() => all('.fresh').length).toBe(1);
  await rest(root);

  expect(one('.fresh').getBoundingClientRect().top - one('.log').getBoundingClientRect().top).toBeCloseTo(16, -1);
  expect(one('.fresh').nextElementSibling?.textContent).toContain('701: ');
  expect(all('.row').length).toBeLessThan(150);
});

test('keeps the focus in the log when its row is scrolled away, so that the keys still work', async () => {
  const { all, log, root, acts } = await longStage(long(1, 500));
  log.focus();
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  expect(root.activeElement?.textContent).toContain('499: ');

  log.scrollTop = 3_000;
  await frame();
  expect(root.activeElement).toBe(log);
  const { bottom } = log.getBoundingClientRect();
  const lowest = all('.row').findLast((row) => row.getBoundingClientRect().top < bottom);
  await userEvent.keyboard('{ArrowUp}');
  expect(root.activeElement).toBe(lowest);
  await userEvent.keyboard('{Escape}');

  expect(named(acts, 'panel.close')).toHaveLength(1);
});

test('tells a screen reader what others say from now on, and nothing that comes in by scrolling', async () => {
  const { log, one, panel } = await longStage(long(1, 500));
  const told = () => [...one('[aria-live=polite]').children].map((line) => line.textContent);
  log.scrollTop = 1_000;
  await frame();
  expect(told()).toEqual([]);

  panel.update(viewOf({ items: [...long(1, 500), message(501, 'me', 'mine'), message(502, 'ann', 'hers')] }));

  expect(told()).toEqual(['Ann Keller: hers']);
  expect(log.getAttribute('aria-live')).toBe('off');
});

test('lets go of what is far above once the newest of more than 5,000 is in sight, and not before', async () => {
  const { acts, log, panel } = await longStage(long(1, 5_000));
  log.scrollTop -= 1_000;
  await frame();
  panel.update(viewOf({ items: long(1, 5_001) }));
  await frame();
  expect(named(acts, 'history.left')).toEqual([]);

  log.scrollTop = log.scrollHeight;
  await frame();

  expect(named(acts, 'history.left').at(0)).toEqual({});
});

test('draws a message that waits once, however many wait and however often that is told', async () => {
  const items = long(1, 100);
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...waiting('waiting'), id: `a${index}`, text: `line ${index}` }));
  const { all, one, panel } = stage(viewOf({ items }, { waiting: many(150) }));
  const drawn: Node[] = [];
  const observer = new MutationObserver((records) =>
    drawn.push(...records.flatMap(({ addedNodes }) => [...addedNodes])),
  );
  await frame();
  observer.observe(one('.rows-place'), { subtree: true, childList: true });

  for (let count = 151; count <= 200; count += 1) {
    panel.update(viewOf({ items }, { waiting: many(count) }));
    await frame();
  }

  expect(all('.row').at(-1)?.textContent).toContain('line 199');
  expect(all('.row').length).toBeLessThan(150);
  expect(drawn.filter((node) => node instanceof HTMLElement && node.matches('.row')).length).toBeLessThan(80);
});
