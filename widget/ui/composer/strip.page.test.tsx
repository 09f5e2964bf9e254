import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { enMessage } from '../../i18n/en-message.ts';
import { clearStages, message, named, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

test('says above the field what is altered, keeps what was written before, and lets it be on Escape', async () => {
  const items = [message(1, 'me', 'Helo')];
  const { acts, all, one, panel } = stage(viewOf({ items }));
  panel.focusComposer();
  await userEvent.keyboard('{ArrowUp}');
  expect(named(acts, 'compose')).toEqual([{ ref: 'support', edit: 0 }]);
  await userEvent.keyboard('a draft');
  panel.update(viewOf({ items }, { composing: { ref: 'support', edit: 0 } }));
  await expect.poll(() => named(acts, 'compose').at(-1), soon).toEqual({ ref: 'support', edit: 1, text: 'Helo' });

  panel.update(viewOf({ items }, { composing: { ref: 'support', edit: 1, text: 'Helo' } }));
  await expect.poll(() => all('.strip b').map(({ textContent }) => textContent), soon).toEqual([enMessage.editing]);
  expect(one('.composer textarea')).toHaveProperty('value', 'Helo');
  await userEvent.keyboard('{Escape}');
  panel.update(viewOf({ items }));

  expect(named(acts, 'compose').at(-1)).toBe(undefined);
  expect(named(acts, 'panel.close')).toEqual([]);
  expect(one('.composer textarea')).toHaveProperty('value', 'a draft');
});
