import { afterEach, expect, test } from 'vitest';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import { type Icons, mount, type Widget } from './mount.ts';
import { skinVerbs } from './skin-verbs.ts';

let page: PageFriend;
let chat: Widget;

const soon = { timeout: 10_000 };

/** A widget in a room where a reaction tells of order 7 in the team's own way. */
async function mounted(icons: Icons = {}): Promise<HTMLElement> {
  localStorage.clear();
  page = await friendInPage({
    prepare: (friend) =>
      friend.after('message.sent', ({ fact }) => {
        if (fact.body.text !== 'Order 7') return [];
        const custom = { type: 'order.card', data: { number: 7, state: 'sent' } };
        const body = { text: 'Your order 7 was sent.', extras: { custom } };
        return [{ do: 'append', log: fact.log, type: 'message.sent', body, item: true }];
      }),
  });
  chat = mount(document.body, { ...page.addresses, conversation: 'room:lobby', locale: 'en', icons });
  return document.querySelector('befriend-chat') as HTMLElement;
}

function inside({ shadowRoot }: HTMLElement, selector: string): HTMLElement {
  const found = shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing in the widget matches ${selector}`);
  return found;
}

async function opened(host: HTMLElement): Promise<void> {
  chat.open();
  await expect.poll(() => host.shadowRoot?.querySelector('textarea'), soon).toBeTruthy();
}

function glyph(className: string): Element {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', className);
  return svg;
}

afterEach(async () => {
  await chat?.destroy();
  await page?.stop();
});

test('adopts a sheet of the page’s before the chat is there, over every redraw, until it is taken away', async () => {
  const host = await mounted();
  const outline = (selector: string) => getComputedStyle(inside(host, selector)).outlineStyle;

  const undo = chat.adoptStyles('.launcher, .panel { outline: 2px dashed }');
  const early = outline('.launcher');
  await opened(host);
  const panel = outline('.panel');
  chat.locale('de');
  await expect.poll(() => inside(host, '.header .close').ariaLabel, soon).toBe('Chat schließen');
  const redrawn = outline('.panel');
  undo();

  expect([early, panel, redrawn]).toEqual(['dashed', 'dashed', 'dashed']);
  expect(outline('.launcher')).not.toBe('dashed');
});

test('draws the page’s own glyphs, the launcher’s at once', async () => {
  const host = await mounted({ chat: glyph('own-chat'), close: glyph('own-close') });

  const onLauncher = host.querySelector('.own-chat')?.checkVisibility();
  await opened(host);
  await expect.poll(() => host.shadowRoot?.querySelectorAll('.close .own-close').length, soon).toBe(1);
  chat.icons({ chat: glyph('other-chat'), more: glyph('own-more') });
  await expect.poll(() => host.shadowRoot?.querySelectorAll('.header .own-more').length).toBe(1);

  expect(onLauncher).toBe(true);
  expect([...host.children].map(({ firstElementChild }) => firstElementChild?.getAttribute('class'))).toEqual([
    'other-chat',
  ]);
  expect(host.shadowRoot?.querySelectorAll('.close .own-close')).toHaveLength(1);
});

test('draws what a reaction sends in the team’s own way, from when the page can, until it cannot', async () => {
  const host = await mounted();
  await opened(host);
  chat.send({ text: 'Order 7' });
  const shown = () => [...(host.shadowRoot?.querySelectorAll('.other .bubble') ?? [])].map((one) => one.textContent);
  await expect.poll(shown, soon).toEqual([expect.stringContaining('Your order 7 was sent.')]);

  chat.render('order.card', (data) => {
    const card = document.createElement('b');
    card.className = 'order';
    card.textContent = JSON.stringify(data);
    return card;
  });
  await expect.poll(() => host.querySelector('.order')?.textContent, soon).toBe('{"number":7,"state":"sent"}');
  const words = shown();
  chat.render('order.card');

  await expect.poll(shown, soon).toEqual([expect.stringContaining('Your order 7 was sent.')]);
  expect(words).toEqual([expect.not.stringContaining('Your order 7')]);
  expect(host.querySelector('.order')).toBeNull();
});

test('shows below every message a copy of what the page puts into its slot, in the page’s own styles, until it takes it out', async () => {
  const host = await mounted();
  const given = host.appendChild(document.createElement('template'));
  given.slot = 'message-footer';
  given.innerHTML = '<em class="own-footer">Was this of use?</em>';
  await opened(host);
  chat.send({ text: 'One' });
  chat.send({ text: 'Two' });
  const copies = () => [...host.querySelectorAll<HTMLElement>('.own-footer')].filter((one) => one.checkVisibility());
  const below = () => copies().map((one) => one.closest('[slot]')?.assignedSlot?.closest('.below') !== null);

  await expect.poll(below, soon).toEqual([true, true]);
  const other = document.createElement('p');
  other.slot = 'message-footer';
  other.className = 'own-footer';
  given.replaceWith(other);
  await expect.poll(() => copies().map(({ localName }) => localName), soon).toEqual(['p', 'p']);
  other.remove();

  await expect.poll(copies, soon).toEqual([]);
});

test('takes glyphs, drawings and a theme for an open panel without taking the field from who writes in it', async () => {
  const host = await mounted();
  await opened(host);
  const field = inside(host, 'textarea') as HTMLTextAreaElement;
  field.focus();
  document.execCommand('insertText', false, 'half a thought');

  chat.icons({ close: glyph('own-close') });
  chat.render('order.card', () => 'seven');
  void chat.theme('dark');
  await expect.poll(() => host.shadowRoot?.querySelectorAll('.close .own-close').length, soon).toBe(1);
  await expect.poll(() => host.dataset.theme, soon).toBe('dark');

  expect(inside(host, 'textarea')).toBe(field);
  expect([field.value, host.shadowRoot?.activeElement]).toEqual(['half a thought', field]);
});

test('leaves an element that was a widget as the page had it', async () => {
  const host = await mounted();
  chat.icons({ chat: glyph('own-chat') });
  const before = host.children.length;

  await chat.destroy();

  expect([before, host.children.length]).toEqual([1, 0]);
});

test.each([
  ['icons', [{ snd: glyph('x') }], 'snd does not exist. Try: chat, attach, back'],
  ['render', ['card', () => 'x'], 'a type is like order.card, or message-footer'],
] as const)('says of a wrong name for %s what there is', (verb, given, words) => {
  const verbs = skinVerbs({
    host: document.createElement('div'),
    signal: new AbortController().signal,
    redress: () => {},
  });

  const call = () => verbs[verb]?.(...(given as unknown as never[]));

  expect(call).toThrow(words);
});
