import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { enAttention } from '../../i18n/en-attention.ts';
import type { AttentionSwitches } from '../env.ts';
import { clearStages, named, type Stage, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

/** A panel over the list, where something calls the person once `attention` is loaded. */
function calling(attention: () => Promise<AttentionSwitches>): Stage {
  return stage(viewOf({}, { screen: { at: 'list' }, listed: true }), 'en', [], () => [], { attention });
}

const switches: AttentionSwitches = { ways: ['sound'], refused: false, isOn: () => true, turn: async () => undefined };

test('offers no menu where it would be empty', () => {
  const list = { screen: { at: 'list' }, listed: true } as const;
  const { all, panel } = stage(viewOf({ member: false }), 'en', []);
  const before = all('[aria-haspopup=menu]').length;

  panel.update(viewOf({}, list));

  expect([before, all('.header [aria-haspopup=menu]').length]).toEqual([0, 0]);
});

test('has the focus while it has no lines, gives it to the first that comes, and closes on Escape alone', async () => {
  let load = (_: AttentionSwitches): void => undefined;
  const attention = vi.fn(() => new Promise<AttentionSwitches>((resolve) => (load = resolve)));
  const { acts, all, one, root } = calling(attention);
  await userEvent.click(one('.header [aria-haspopup=menu]'));
  await expect.poll(() => root.activeElement?.getAttribute('role'), soon).toBe('menu');

  load(switches);
  await expect.poll(() => root.activeElement?.textContent, soon).toBe(enAttention.ways.sound);
  await userEvent.keyboard('{ArrowUp}{Escape}');

  expect(all('[role=menu]')).toHaveLength(0);
  expect(root.activeElement?.getAttribute('aria-haspopup')).toBe('menu');
  expect(named(acts, 'panel.close')).toEqual([]);
});

test('closes on Escape while it has no lines, and leaves the chat open', async () => {
  const { acts, all, one, root } = calling(() => new Promise(() => undefined));
  await userEvent.click(one('.header [aria-haspopup=menu]'));
  await expect.poll(() => root.activeElement?.getAttribute('role'), soon).toBe('menu');

  await userEvent.keyboard('{Escape}');

  await expect.poll(() => all('[role=menu]'), soon).toHaveLength(0);
  expect(named(acts, 'panel.close')).toEqual([]);
});
