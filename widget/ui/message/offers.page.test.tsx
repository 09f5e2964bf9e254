import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { enMessage } from '../../i18n/en-message.ts';
import { clearStages, message, named, rich, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

test('answers with a quick reply once, and shows none where one has answered or written since', async () => {
  const offered = {
    replies: [
      { id: 's', label: 'Small' },
      { id: 'l', label: 'Large' },
    ],
  };
  const { acts, all, one, panel } = stage(viewOf({ items: [rich(4, 'Which?', offered)] }));
  await expect.poll(() => all('.choice'), soon).toHaveLength(2);

  await userEvent.click(one('.choice:last-child'));

  expect(named(acts, 'wish')).toEqual([{ type: 'message.answer', body: { conversation: 'c_1', seq: 4, choice: 'l' } }]);
  await expect.poll(() => one('.told').textContent, soon).toContain('You chose “Large”.');
  expect(all('.choice')).toHaveLength(0);
  panel.update(viewOf({ items: [rich(7, 'And?', offered), message(8, 'me', 'neither')] }));
  await expect.poll(() => all('.choice'), soon).toHaveLength(0);
});

test('keeps the keyboard at the message whose choices go away or can be pressed no more', async () => {
  const choices = [{ id: 's', label: 'Small' }];
  for (const offered of [{ replies: choices }, { buttons: choices }]) {
    const { all, one, root } = stage(viewOf({ items: [rich(4, 'Which?', offered)] }));
    await expect.poll(() => all('.choice'), soon).toHaveLength(1);

    one('.choice').focus();
    await userEvent.keyboard('{Enter}');

    await expect.poll(() => one('.told').textContent, soon).toContain('You chose “Small”.');
    expect(root.activeElement).toBe(one('.row'));
    await clearStages();
  }
});

test('leaves the keyboard in a row of cards, where it scrolls, whatever comes meanwhile', async () => {
  const items = [rich(4, 'Which?', { cards: [{ title: 'Small' }, { title: 'Large' }] })];
  const { one, panel, root } = stage(viewOf({ items }));
  await expect.poll(() => one('.cards').tabIndex, soon).toBe(0);

  one('.cards').focus();
  panel.update(viewOf({ items: [...items, message(5, 'ann', 'Well?')] }));

  await expect.poll(() => one('.log').textContent, soon).toContain('Well?');
  expect(root.activeElement).toBe(one('.cards'));
});

test('leads by a button to another page in a tab of its own, and by no other address than http', async () => {
  const buttons = [
    { id: 'a', label: 'Open', href: 'https://a.example/x' },
    { id: 'b', label: 'Run', href: 'javascript:alert(1)' },
  ];

  const { all } = stage(viewOf({ items: [rich(4, 'Look', { buttons })] }));
  await expect.poll(() => all('.choice'), soon).toHaveLength(2);

  expect(all('.choice').map((choice) => [choice.localName, choice.getAttribute('href')])).toEqual([
    ['a', 'https://a.example/x'],
    ['button', null],
  ]);
  expect(all('a.choice')[0]?.getAttribute('rel')).toContain('noopener');
});

test('offers nothing to choose while there is no link, and says why', async () => {
  const offered = { buttons: [{ id: 's', label: 'Small' }] };
  const link = { state: 'offline', before: true } as const;

  const { all, one } = stage(viewOf({ items: [rich(4, 'Which?', offered)] }, { link }));
  await expect.poll(() => all('.choice'), soon).toHaveLength(1);

  expect(one('.choice')).toHaveProperty('disabled', true);
  expect(one('.told').textContent).toBe(enMessage.away);
});

test('sends a form when all that it needs is there, says in words what is missing, and shows what was answered', async () => {
  const form = {
    fields: [
      { id: 'mail', label: 'Email', kind: 'email', required: true },
      { id: 'n', label: 'How many', kind: 'number', min: 1 },
    ],
  };
  const { acts, all, one, panel } = stage(viewOf({ items: [rich(4, 'Order', { form })] }));
  await expect.poll(() => all('.offer-field input'), soon).toHaveLength(2);
  await userEvent.fill(one('.offer-field input'), 'ann');
  await userEvent.click(one('.offer-form .choice'));
  expect(one('.wrong').textContent).toBe(enMessage.wrong.email);

  await userEvent.fill(one('.offer-field input'), 'ann@shop.example');
  await userEvent.click(one('.offer-form .choice'));

  const values = { mail: 'ann@shop.example' };
  expect(named(acts, 'wish')).toEqual([{ type: 'message.answer', body: { conversation: 'c_1', seq: 4, values } }]);
  panel.update(viewOf({ items: [rich(4, 'Order', { form, answers: { me: { values }, ann: { values: { n: 9 } } } })] }));
  await expect.poll(() => all('dd').map(({ textContent }) => textContent), soon).toEqual(['ann@shop.example', '–']);
});

test('gives back what was typed into a form that the friend has refused', async () => {
  const items = [rich(4, 'Order', { form: { fields: [{ id: 'mail', label: 'Email', kind: 'email' }] } })];
  const { all, one, panel } = stage(viewOf({ items }));
  await expect.poll(() => all('.offer-field input'), soon).toHaveLength(1);
  await userEvent.fill(one('.offer-field input'), 'ann@shop.example');
  await userEvent.click(one('.offer-form .choice'));
  await expect.poll(() => all('.offer-field input'), soon).toHaveLength(0);

  panel.update(viewOf({ items }, { notice: { wish: 'message.answer', code: 'rate' } }));

  await expect.poll(() => all('.offer-field input'), soon).toHaveLength(1);
  expect(one('.offer-field input')).toHaveProperty('value', 'ann@shop.example');
});
