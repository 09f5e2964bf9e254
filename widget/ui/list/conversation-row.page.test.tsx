import { afterEach, expect, test } from 'vitest';
import type { Conversation } from '../../core/view.ts';
import { en } from '../../i18n/en.ts';
import { enMessage } from '../../i18n/en-message.ts';
import { clearStages, messages, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

function filed(name: string, type: string): Partial<NonNullable<Conversation['line']>> {
  return { extras: { files: [{ id: 'f_1', name, type, size: 4 }] } };
}

test.each([
  ['its words without their marks', { text: 'so *bold*' }, 'so bold'],
  ['the name of its file', filed('list.txt', 'text/plain'), 'list.txt'],
  ['that it is a picture', filed('a.png', 'image/png'), enMessage.photo],
  ['that it was taken away', { deleted: true }, en.deleted],
])('says of the newest message %s', async (_, line, words) => {
  const list = { screen: { at: 'list' }, listed: true, list: ['c_1'] } as const;

  const { all, one } = stage(viewOf({ items: messages(1, 1), line: { by: 'ann', text: '', ...line } }, list));
  await expect.poll(() => all('.conversation'), soon).toHaveLength(1);

  expect(one('.conversation .under bdi').textContent).toBe(words);
});
