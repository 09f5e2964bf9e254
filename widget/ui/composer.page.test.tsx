import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { clearStages, named, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

test('sends on Enter, keeps a new line on Shift+Enter, and clears what was sent', async () => {
  const { acts, one, panel } = stage(viewOf({}));
  panel.focusComposer();

  await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two{Enter}');

  expect(named(acts, 'message.send')).toEqual([{ ref: 'support', text: 'one\ntwo' }]);
  expect(one('textarea')).toHaveProperty('value', '');
  expect(named(acts, 'composer.changed').at(-1)).toEqual({ ref: 'support', empty: true });
});

test.each([
  ['isComposing', { isComposing: true }],
  ['key code 229', { keyCode: 229 }],
])('does not send on the Enter that ends a composition (%s)', (_, mark) => {
  const { acts, one } = stage(viewOf({}));
  const field = one('textarea') as HTMLTextAreaElement;
  field.value = 'にほん';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));

  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...mark }));

  expect(named(acts, 'message.send')).toEqual([]);
  expect(field.value).toBe('にほん');
});

test('shows the send button only when there is something to send', async () => {
  const { all, panel } = stage(viewOf({}));
  panel.focusComposer();
  expect(all('.send')).toHaveLength(0);

  await userEvent.keyboard('  ');
  expect(all('.send')).toHaveLength(0);
  await userEvent.keyboard('hi');

  expect(all('.send')).toHaveLength(1);
});

test('keeps a draft while another screen is shown', async () => {
  const { panel, one } = stage(viewOf({}));
  panel.focusComposer();
  await userEvent.keyboard('half a thought');

  panel.update(viewOf({}, { screen: { at: 'list' } }));
  panel.update(viewOf({}));

  expect(one('textarea')).toHaveProperty('value', 'half a thought');
});

test('sends what is written before it is found which message is altered, and alters none', () => {
  const { acts, one, panel } = stage(viewOf({}));
  panel.update(viewOf({}, { composing: { ref: 'support', edit: 0 } }));
  const field = one('textarea') as HTMLTextAreaElement;
  field.value = 'quick';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));

  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));

  expect(named(acts, 'message.send')).toEqual([{ ref: 'support', text: 'quick' }]);
  expect(named(acts, 'wish')).toEqual([]);
  expect(field.value).toBe('');
});
