import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { enSearch } from '../../i18n/en-search.ts';
import { clearStages, messages, named, type Stage, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

/** The list with one conversation whose menu is open. */
async function opened(): Promise<Stage> {
  const list = { screen: { at: 'list' }, listed: true, list: ['c_1'] } as const;
  const panel = stage(viewOf({ items: messages(1, 1), line: { by: 'ann', text: 'Hello' } }, list));
  await expect.poll(() => panel.all('.row-menu .tool'), soon).toHaveLength(1);
  panel.one('.row-menu .tool').focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => panel.root.activeElement?.textContent, soon).toBe(enSearch.pin);
  return panel;
}

test('walks the menu of a conversation by the arrow keys, round its ends, and sets what is chosen', async () => {
  const { acts, all, root } = await opened();

  await userEvent.keyboard('{ArrowUp}');
  const last = root.activeElement?.textContent;
  await userEvent.keyboard('{ArrowDown}{Enter}');

  expect(last).toBe(enSearch.archive);
  expect(named(acts, 'wish')).toEqual([{ type: 'conversation.prefer', body: { conversation: 'c_1', pinned: true } }]);
  await expect.poll(() => all('[role=menu]'), soon).toHaveLength(0);
});

test('gives the focus back to its button on Escape, and closes nothing else', async () => {
  const { acts, all, root } = await opened();

  await userEvent.keyboard('{Escape}');

  await expect.poll(() => all('[role=menu]'), soon).toHaveLength(0);
  expect(root.activeElement?.getAttribute('aria-haspopup')).toBe('menu');
  expect(named(acts, 'panel.close')).toEqual([]);
});
