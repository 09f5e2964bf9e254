import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { enMessage } from '../../i18n/en-message.ts';
import { clearStages, message, named, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

test('says above the field what is altered, keeps what was written before, and lets it be on Escape', async () => {
  const items = [message(1, 'me', 'Helo')];
  const { acts, all, one, panel } = stage(viewOf({ items }));
  panel.focusComposer();
  await userEvent.keyboard('a draft');

  panel.update(viewOf({ items }, { composing: { ref: 'support', edit: 1, text: 'Helo' } }));
  await expect.poll(() => all('.strip b').map(({ textContent }) => textContent), soon).toEqual([enMessage.editing]);
  expect(one('.composer textarea')).toHaveProperty('value', 'Helo');
  await userEvent.keyboard('{Escape}');
  panel.update(viewOf({ items }));

  expect(named(acts, 'compose').at(-1)).toBe(undefined);
  expect(named(acts, 'panel.close')).toEqual([]);
  expect(one('.composer textarea')).toHaveProperty('value', 'a draft');
});

test('finds the last message of one’s own on ArrowUp in an empty field', async () => {
  const items = [message(1, 'me', 'Helo'), message(2, 'ann')];
  const { acts, panel } = stage(viewOf({ items }));
  panel.focusComposer();
  await userEvent.keyboard('{ArrowUp}');
  expect(named(acts, 'compose')).toEqual([{ ref: 'support', edit: 0 }]);

  panel.update(viewOf({ items }, { composing: { ref: 'support', edit: 0 } }));

  await expect.poll(() => named(acts, 'compose').at(-1), soon).toEqual({ ref: 'support', edit: 1, text: 'Helo' });
});

test('looks for no message to alter once one has begun to write another', async () => {
  const items = [message(1, 'me', 'Helo')];
  const { acts, one, panel } = stage(viewOf({ items }));
  panel.focusComposer();
  await userEvent.keyboard('something else');

  panel.update(viewOf({ items }, { composing: { ref: 'support', edit: 0 } }));

  await expect.poll(() => named(acts, 'compose').length, soon).toBeGreaterThan(0);
  expect(new Set(named(acts, 'compose'))).toEqual(new Set([undefined]));
  expect(one('.composer textarea')).toHaveProperty('value', 'something else');
});
