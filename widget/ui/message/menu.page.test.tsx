import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { View } from '../../core/view.ts';
import { enMessage } from '../../i18n/en-message.ts';
import { clearStages, message, named, rest, type Stage, soon, stage, viewOf, waiting } from '../stage.test.tsx';

afterEach(() => {
  clearStages();
  vi.restoreAllMocks();
});

/** A panel in which one can react. */
function staged(view: View): Stage {
  return stage(view, 'en', ['people', 'groups', 'reactions']);
}

test('opens the menu of a message by Enter, walks it by the arrow keys, and gives the focus back on Escape', async () => {
  const { acts, all, one, root } = staged(viewOf({ items: [message(1, 'ann', 'Hello')] }));
  await rest(root);
  one('.log').focus();
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);

  await userEvent.keyboard('{Enter}');
  await expect.poll(() => root.activeElement?.getAttribute('role'), soon).toBe('menuitemcheckbox');
  await userEvent.keyboard('{ArrowDown}');
  expect(root.activeElement?.textContent).toBe(enMessage.reply);
  await userEvent.keyboard('{Escape}');

  await expect.poll(() => root.activeElement?.className, soon).toContain('row');
  expect(all('.message-menu')).toHaveLength(0);
  expect(named(acts, 'panel.close')).toEqual([]);
});

test('keeps the bar beside the message that has the focus when a mouse that rests is left by the log', async () => {
  const { all, one, root } = staged(viewOf({ items: [message(1, 'ann', 'Hello')] }));
  await rest(root);
  one('.log').focus();
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);

  one('.log').dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
  await rest(root);

  expect(all('.message-bar')).toHaveLength(1);
  one('textarea').focus();
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(0);
});

test('reacts, answers and alters by the menu', async () => {
  const { acts, all, one, root } = staged(viewOf({ items: [message(1, 'me', 'Hello')] }));
  await rest(root);
  const does = async (label: string): Promise<void> => {
    one('.row').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => all('.message-menu'), soon).toHaveLength(1);
    const item = all('[role^="menuitem"]').find((each) => (each.textContent || '').trim() === label);
    if (item) await userEvent.click(item);
  };
  await userEvent.hover(one('.bubble'));
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);

  await does('👍');
  await does(enMessage.reply);
  await does(enMessage.edit);

  expect(named(acts, 'wish')).toEqual([
    { type: 'message.react', body: { conversation: 'c_1', seq: 1, emoji: '👍', on: true } },
  ]);
  expect(named(acts, 'compose')).toEqual([
    { ref: 'support', reply: 1 },
    { ref: 'support', edit: 1, text: 'Hello' },
  ]);
});

test('asks once more before it deletes', async () => {
  const { acts, all, one, root } = staged(viewOf({ items: [message(1, 'me', 'Hello')] }));
  await rest(root);
  await userEvent.hover(one('.bubble'));
  await expect.poll(() => all('.message-bar button').length, soon).toBe(3);
  await userEvent.click(one('.message-bar button:last-child'));
  await userEvent.click(one('.deed.danger'));
  await expect.poll(() => one('.message-sheet p').textContent, soon).toBe(enMessage.deleteSure);
  expect(root.activeElement?.textContent).toBe(enMessage.cancel);
  expect(named(acts, 'wish')).toEqual([]);

  await userEvent.click(one('.deed.sure'));

  expect(named(acts, 'wish')).toEqual([{ type: 'message.delete', body: { conversation: 'c_1', seq: 1 } }]);
  expect(all('.message-sheet')).toHaveLength(0);
});

test('opens the menu as a sheet by a long touch, and not by a short one', async () => {
  const { all, one, root } = staged(viewOf({ items: [message(1, 'ann', 'Hello')] }));
  await rest(root);
  await userEvent.hover(one('.bubble'));
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);
  const touch = (type: string) =>
    one('.bubble').dispatchEvent(
      new PointerEvent(type, { bubbles: true, pointerType: 'touch', isPrimary: true, clientX: 9, clientY: 9 }),
    );

  touch('pointerdown');
  touch('pointerup');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(all('.message-sheet')).toHaveLength(0);
  touch('pointerdown');
  await expect.poll(() => all('.message-sheet [role="menu"]'), soon).toHaveLength(1);
});

test('neither moves the log nor is left behind when it is scrolled', async () => {
  const items = Array.from({ length: 40 }, (_, index) => message(index + 1, 'ann'));
  const { all, one, root } = staged(viewOf({ items }));
  await rest(root);
  const log = one('.log');
  const row = all('.row').at(-6);
  row?.focus();
  const before = log.scrollTop;
  await userEvent.hover(row?.querySelector('.bubble') as Element);
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);
  expect(log.scrollTop).toBe(before);
  const gap = () => one('.message-bar').getBoundingClientRect().top - Number(row?.getBoundingClientRect().top);
  const stood = gap();

  log.scrollTop -= 30;
  log.dispatchEvent(new Event('scroll'));

  expect(Math.abs(gap() - stood)).toBeLessThan(1);
  log.scrollTop = 0;
  log.dispatchEvent(new Event('scroll'));
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(0);
});

test('offers for a message that failed only to try again, to copy and to delete', async () => {
  const { all, one, root } = staged(viewOf({}, { waiting: [waiting('failed')] }));
  await rest(root);
  await userEvent.hover(one('.bubble'));
  await expect.poll(() => all('.message-bar button'), soon).toHaveLength(1);

  await userEvent.click(one('.message-bar button'));

  expect(all('.deed').map(({ textContent }) => textContent)).toEqual([
    enMessage.retry,
    enMessage.copy,
    enMessage.delete,
  ]);
});

test('gives the focus to the log when an open menu goes with its row', async () => {
  const items = Array.from({ length: 40 }, (_, index) => message(index + 1, 'ann'));
  const { all, one, root } = staged(viewOf({ items }));
  await rest(root);
  all('.row').at(-6)?.focus();
  await userEvent.hover(all('.row').at(-6)?.querySelector('.bubble') as Element);
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => root.activeElement?.getAttribute('role'), soon).toBe('menuitemcheckbox');

  one('.log').scrollTop = 0;
  one('.log').dispatchEvent(new Event('scroll'));

  await expect.poll(() => all('.message-menu'), soon).toHaveLength(0);
  expect(root.activeElement?.className).toBe('log');
});

test.each([
  ['leaves the focus where it was where the browser copies in its old way', true, ''],
  ['says so where a text could not be copied', false, enMessage.notCopied],
])('%s', async (_, isThere, said) => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  vi.spyOn(document, 'execCommand').mockReturnValue(isThere);
  const { all, one, root } = staged(viewOf({ items: [message(1, 'ann', 'Hello')] }));
  await rest(root);
  await userEvent.hover(one('.bubble'));
  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);
  one('.row').focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => all('.deed').length, soon).toBeGreaterThan(0);

  const copy = all('.deed').find(({ textContent }) => textContent === enMessage.copy);
  await userEvent.click(copy as Element);

  await expect.poll(() => one('.log-place > [role=status]').textContent, soon).toBe(said);
  expect(document.execCommand).toHaveBeenCalledWith('copy');
  expect(root.activeElement?.className).toContain('row');
});
