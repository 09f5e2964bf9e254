import { afterEach, expect, test } from 'vitest';
import { clearStages, message, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

test('opens the menu that was asked for by Enter while it was still on its way', async () => {
  const { all, one, root } = stage(viewOf({ items: [message(1, 'ann', 'Hello')] }), 'en', ['reactions']);
  const press = (at: HTMLElement, key: string) =>
    at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

  one('.log').focus();
  press(one('.log'), 'ArrowUp');
  press(one('.row'), 'Enter');

  // Else it was there already, and nothing is proven.
  expect(all('.message-bar, .message-menu')).toEqual([]);
  await expect.poll(() => root.activeElement?.getAttribute('role'), soon).toBe('menuitemcheckbox');
});
