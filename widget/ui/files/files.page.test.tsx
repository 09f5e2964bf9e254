import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Intents, Item, View } from '../../core/view.ts';
import { en } from '../../i18n/en.ts';
import { clearStages, me, message, named, type Stage, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

/** A panel whose tag lets people send files. */
function opened(view = viewOf({})): Stage {
  return stage(view, 'en', ['files']);
}

function given(...files: File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

const list = new File(['milk'], 'list.txt', { type: 'text/plain' });

/** The messages that were sent. */
function sentBy({ acts }: Stage): readonly Intents['message.send'][] {
  return named(acts, 'message.send') as Intents['message.send'][];
}

/** Lets the message that was sent last reach the outbox, or not. */
function leaves(panel: Stage, isKept: boolean): void {
  sentBy(panel).at(-1)?.left?.(isKept);
}

test('shows what was pasted and dropped above the field, lets it be removed, and sends the rest without words', async () => {
  const panel = opened();
  const { one, all } = panel;

  one('textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData: given(list), bubbles: true }));
  await vi.waitFor(() => expect(all('.chosen-file')).toHaveLength(1));
  const other = given(new File(['bread'], 'other.txt'));
  one('.log').dispatchEvent(new DragEvent('drop', { dataTransfer: other, bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(all('.chosen-file')).toHaveLength(2));
  await userEvent.click(one('[aria-label="Remove list.txt"]'));
  await userEvent.keyboard('{Enter}');

  leaves(panel, true);

  const files = await Promise.all(sentBy(panel)[0]?.files ?? []);
  expect(files.map(({ name, type }) => [name, type])).toEqual([['other.txt', 'application/octet-stream']]);
  await vi.waitFor(() => expect(all('.chosen-file')).toHaveLength(0));
});

test('keeps words and files in sight until they are in the outbox, and sends them once', async () => {
  const panel = opened();
  const { one, all } = panel;
  one('textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData: given(list), bubbles: true }));
  await vi.waitFor(() => expect(all('.chosen-file')).toHaveLength(1));

  await userEvent.keyboard('my list');
  await userEvent.dblClick(one('.send'));
  await userEvent.keyboard('{Enter} and more');
  const before = [all('.chosen-file').length, (one('textarea') as HTMLTextAreaElement).value];
  await expect.poll(() => one('[aria-label="Remove list.txt"]').matches(':disabled')).toBe(true);
  leaves(panel, true);

  expect(before).toEqual([1, 'my list and more']);
  expect(sentBy(panel).map(({ text }) => text)).toEqual(['my list']);
  await vi.waitFor(() => expect(all('.chosen-file')).toHaveLength(0));
  expect(one('textarea')).toHaveProperty('value', 'and more');
});

test('says that words and files were not sent, and lets them be sent again', async () => {
  const panel = opened();
  const { one, all } = panel;
  one('textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData: given(list), bubbles: true }));
  await vi.waitFor(() => expect(all('.chosen-file')).toHaveLength(1));
  await userEvent.keyboard('my list{Enter}');

  leaves(panel, false);
  await vi.waitFor(() => expect(one('.composer output').textContent).toBe(en.failed));
  expect(one('[aria-label="Remove list.txt"]').matches(':disabled')).toBe(false);
  await userEvent.keyboard('{Enter}');

  expect(sentBy(panel).map(({ text, files }) => [text, files?.length])).toEqual([
    ['my list', 1],
    ['my list', 1],
  ]);
});

test('says why a file is not taken', async () => {
  const { one, all } = opened();

  const empty = given(new File([], 'empty.txt'));
  one('.log').dispatchEvent(new DragEvent('drop', { dataTransfer: empty, bubbles: true, cancelable: true }));

  await vi.waitFor(() => expect(one('.chips-said').textContent).toBe('empty.txt is empty.'));
  expect(all('.chosen-file')).toHaveLength(0);
});

test('offers and takes no files where they are off', () => {
  const { one, all } = stage(viewOf({}), 'en', []);
  const drop = new DragEvent('drop', { dataTransfer: given(list), bubbles: true, cancelable: true });

  one('.log').dispatchEvent(drop);

  expect(all('.attach')).toHaveLength(0);
  expect(drop.defaultPrevented).toBe(false);
});

test('leads from picture to picture by the keyboard, and gives the focus back', async () => {
  const picture = (id: string) => ({ id, name: `${id}.png`, type: 'image/png', size: 9, width: 40, height: 30 });
  const said = message(1, me.id, '');
  const items = [{ ...said, extras: { files: [picture('f_1'), picture('f_2')] } }];
  const { one, all } = opened(viewOf({ items } as Parameters<typeof viewOf>[0]));
  await vi.waitFor(() => expect(all('.picture button')).toHaveLength(2), soon);
  const title = (): string | null => one('.viewer .file-name').textContent;

  one('.picture button').focus();
  await userEvent.keyboard('{Enter}');
  const first = title();
  await userEvent.keyboard('{ArrowRight}');
  const second = title();
  await userEvent.keyboard('{Escape}');

  expect([first, second]).toEqual(['f_1.png', 'f_2.png']);
  expect(all('.viewer')).toHaveLength(0);
  expect(one('.picture button').matches(':focus')).toBe(true);
});

test('lets a file be held back until its message has left, and got once it has arrived', async () => {
  const extras = { files: [{ id: 'f_1', name: 'list.txt', type: 'text/plain', size: 4 }] };
  const own = (state: 'waiting' | 'sending'): Partial<View> => ({
    waiting: [{ id: 'a1', ref: 'support', text: '', at: 0, state, extras }],
  });
  const { panel, all } = opened(viewOf({}, own('waiting')));
  const buttons = (): string[] => all('.file :is(button, a)').map((one) => one.getAttribute('aria-label') ?? '');
  await vi.waitFor(() => expect(buttons()).toEqual(['Do not send list.txt']), soon);

  panel.update(viewOf({}, own('sending')));
  const sending = buttons();
  panel.update(viewOf({ items: [{ ...message(1, me.id, '', 'a1'), extras } as Item] }));

  expect(sending).toEqual([]);
  await vi.waitFor(() => expect(buttons()).toEqual(['Save list.txt']));
});
