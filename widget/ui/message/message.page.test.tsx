import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { AnyFact } from '../../../protocol/facts.ts';
import type { Item, View } from '../../core/view.ts';
import { en } from '../../i18n/en.ts';
import { enMessage } from '../../i18n/en-message.ts';
import type { Feature } from '../env.ts';
import { clearStages, message, named, rest, stage, viewOf, waiting } from '../stage.test.tsx';

afterEach(clearStages);

/** What is loaded when it is first drawn may take a while on a busy machine. */
const soon = { timeout: 10_000 };

const every: Feature[] = ['people', 'groups', 'reactions'];

/** A message of Ann with something beside its words. */
function rich(seq: number, text: string, extras: unknown, by = 'ann'): Item {
  return { ...message(seq, by, text), extras } as Item;
}

/** A panel in which one can react. */
function staged(view: View, asks?: (type: string, body: unknown) => readonly AnyFact[]) {
  return stage(view, 'en', every, asks);
}

test('draws what the marks in a message mean, and copies what was typed without them', async () => {
  const { one } = staged(viewOf({ items: [message(1, 'ann', 'so *bold* _it_ ~no~ `x`\n> quote\n- item')] }));

  await expect.poll(() => one('.bubble').querySelector('strong')?.textContent, soon).toBe('bold');

  const kinds = [...one('.bubble').querySelectorAll('strong, em, s, code, blockquote, li')];
  expect(kinds.map(({ localName, textContent }) => `${localName} ${textContent}`)).toEqual([
    'strong bold',
    'em it',
    's no',
    'code x',
    'blockquote quote',
    'li item',
  ]);
});

test('leads from a name in a message to who that is, and marks one’s own', async () => {
  const { acts, all, one } = staged(
    viewOf({ items: [rich(1, 'Ask @Ann Keller, @Guest', { mentions: ['ann', 'me'] })] }),
  );
  await expect.poll(() => all('.mention'), soon).toHaveLength(2);

  await userEvent.click(one('.mention'));

  expect(named(acts, 'screen.show')).toEqual([{ at: 'person', user: 'ann' }]);
  expect(all('.mention.mine').map(({ textContent }) => textContent)).toEqual(['@Guest']);
});

test('shows the message that is answered, and leads to it', async () => {
  const items = [message(1, 'me', 'Is it *blue*?'), rich(2, 'Yes', { reply: 1 })];
  const { acts, all, one } = staged(viewOf({ items }));
  await expect.poll(() => all('.quoted'), soon).toHaveLength(1);

  await userEvent.click(one('.quoted'));

  expect(one('.quoted .line').textContent).toBe('Is it blue?');
  expect(one('.quoted .speaker').textContent).toBe(en.you);
  expect(named(acts, 'history.reach')).toEqual([{ ref: 'support', seq: 1 }]);
});

test('asks once for an answered message that is not held, however many answer it', async () => {
  const asked: unknown[] = [];
  const fact = { type: 'message.sent', at: 1, by: 'ann', log: 'c_1', seq: 3, body: { text: 'Long ago' } } as AnyFact;
  const items = [rich(90, 'Yes', { reply: 3 }), rich(91, 'No', { reply: 3 })];

  const { all } = staged(viewOf({ items, more: true }), (type, body) => {
    asked.push([type, body]);
    return type === 'log.read' ? [fact] : [];
  });
  await expect
    .poll(() => all('.quoted .line').map(({ textContent }) => textContent), soon)
    .toEqual(['Long ago', 'Long ago']);

  expect(asked.filter((one) => Array.isArray(one) && one[0] === 'log.read')).toEqual([
    ['log.read', { log: 'c_1', before: 4, limit: 1 }],
  ]);
});

test('says who has set an emoji, and sets one’s own at once, before the friend has answered', async () => {
  const reactions = { '👍': ['ann', 'bob', 'cem', 'dan'], '🎉': ['me'] };
  const people = Object.fromEntries(
    ['ann', 'bob', 'cem', 'dan', 'me'].map((id) => [id, { id, name: id, kind: 'user', verified: true }] as const),
  );
  const { acts, all, one } = staged(viewOf({ items: [rich(4, 'Good', { reactions })] }, { people }));
  await expect.poll(() => all('.chip'), soon).toHaveLength(2);
  expect(one('.chip').getAttribute('title')).toBe('ann, bob, cem, and 1 other');

  await userEvent.click(one('.chip'));

  expect(named(acts, 'wish')).toEqual([
    { type: 'message.react', body: { conversation: 'c_1', seq: 4, emoji: '👍', on: true } },
  ]);
  expect(one('.chip').getAttribute('aria-pressed')).toBe('true');
  expect(one('.chip').getAttribute('title')).toBe('You, ann, bob, and 2 others');
});

test('takes an emoji back that the friend has refused', async () => {
  const items = [rich(4, 'Good', { reactions: { '👍': ['ann'] } })];
  const { all, one, panel } = staged(viewOf({ items }));
  await expect.poll(() => all('.chip'), soon).toHaveLength(1);
  await userEvent.click(one('.chip'));

  panel.update(viewOf({ items }, { notice: { wish: 'message.react', code: 'rate' } }));

  await expect.poll(() => one('.chip').getAttribute('aria-pressed'), soon).toBe('false');
});

test('answers with a quick reply once, and shows none where one has answered or written since', async () => {
  const offered = {
    replies: [
      { id: 's', label: 'Small' },
      { id: 'l', label: 'Large' },
    ],
  };
  const { acts, all, one, panel } = staged(viewOf({ items: [rich(4, 'Which?', offered)] }));
  await expect.poll(() => all('.choice'), soon).toHaveLength(2);

  await userEvent.click(one('.choice:last-child'));

  expect(named(acts, 'wish')).toEqual([{ type: 'message.answer', body: { conversation: 'c_1', seq: 4, choice: 'l' } }]);
  await expect.poll(() => one('.told').textContent, soon).toContain('You chose “Large”.');
  expect(all('.choice')).toHaveLength(0);
  panel.update(viewOf({ items: [rich(7, 'And?', offered), message(8, 'me', 'neither')] }));
  await expect.poll(() => all('.choice'), soon).toHaveLength(0);
});

test('leads by a button to another page in a tab of its own, and by no other address than http', async () => {
  const buttons = [
    { id: 'a', label: 'Open', href: 'https://a.example/x' },
    { id: 'b', label: 'Run', href: 'javascript:alert(1)' },
  ];

  const { all } = staged(viewOf({ items: [rich(4, 'Look', { buttons })] }));
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

  const { all, one } = staged(viewOf({ items: [rich(4, 'Which?', offered)] }, { link }));
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
  const { acts, all, one, panel } = staged(viewOf({ items: [rich(4, 'Order', { form })] }));
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

test('says above the field what is altered, keeps what was written before, and lets it be on Escape', async () => {
  const items = [message(1, 'me', 'Helo')];
  const { acts, all, one, panel } = staged(viewOf({ items }));
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
