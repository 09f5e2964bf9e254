import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { clearStages, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

test('gives the focus to the tone of skin once, and lets it be where the person has taken it', async () => {
  const { all, one, root } = stage(viewOf({}), 'en', ['reactions']);
  await userEvent.click(one('.tool.emoji'));
  await expect.poll(() => all('.tone'), soon).toHaveLength(1);
  await userEvent.click(one('.tone'));
  await expect.poll(() => root.activeElement?.className, soon).toBe('tone');

  one('.find').focus();
  await userEvent.keyboard('tea');

  expect(one('.find')).toHaveProperty('value', 'tea');
  expect(root.activeElement?.className).toBe('find');
});
