import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Item } from '../../core/view.ts';
import type { Renderer } from '../renderer.ts';
import { clearStages, message, type Stage, stage, viewOf } from '../stage.test.tsx';

afterEach(() => {
  clearStages();
  vi.restoreAllMocks();
});

const soon = { timeout: 10_000 };

/** A message of Ann with something of the team's own. */
function order(seq: number, data: unknown, text = `Order ${seq}`): Item {
  return { ...message(seq, 'ann', text), extras: { custom: { type: 'order.card', data } } } as Item;
}

function drawn(items: Item[], renderers: Record<string, Renderer>): Stage {
  const more = { renderers: new Map(Object.entries(renderers)) };
  return stage(viewOf({ items }), 'en', ['reactions'], undefined, more);
}

/** A card as a page would make it. */
const card: Renderer = (data, { seq, signal }) => {
  const element = document.createElement('article');
  element.className = 'page-card';
  element.textContent = `${seq}: ${(data as { state: string }).state}`;
  signal.addEventListener('abort', () => element.classList.add('gone'));
  return element;
};

function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.page-card')];
}

test('draws what the page makes of its own data, in the page’s own styles, and takes it away again', async () => {
  const style = document.head.appendChild(document.createElement('style'));
  style.textContent = '.page-card { outline: 3px solid rgb(1, 2, 3) }';

  const { panel, one } = drawn([order(1, { state: 'sent' })], { 'order.card': card });
  await expect.poll(() => cards().map(({ textContent }) => textContent), soon).toEqual(['1: sent']);

  const [shown] = cards();
  const [inner, outer] = [shown, one('.bubble')].map((element) => element?.getBoundingClientRect());
  expect(inner && outer && inner.top >= outer.top && inner.bottom <= outer.bottom && inner.height > 0).toBe(true);
  expect(shown && getComputedStyle(shown).outlineColor).toBe('rgb(1, 2, 3)');
  panel.destroy();
  expect(cards()).toEqual([]);
  expect(shown?.className).toBe('page-card gone');
  style.remove();
});

test('draws anew what has changed, and leaves alone what has not', async () => {
  const items = [order(1, { state: 'sent' }), order(2, { state: 'packed' })];
  const { panel } = drawn(items, { 'order.card': card });
  await expect.poll(() => cards(), soon).toHaveLength(2);
  const [first, second] = cards();

  panel.update(viewOf({ items: [items[0] as Item, order(2, { state: 'sent' })] }));
  await expect.poll(() => cards().map(({ textContent }) => textContent)).toEqual(['1: sent', '2: sent']);

  expect(cards()[0]).toBe(first);
  expect(second?.className).toBe('page-card gone');
});

test('shows the words where nothing draws the type, where it draws nothing, and a text in their place', async () => {
  const items = [order(1, 1), order(2, 2), { ...order(3, 3), extras: { custom: { type: 'trip.card' } } } as Item];

  const { all } = drawn(items, { 'order.card': (data) => (data === 1 ? 'first of all' : undefined) });

  const texts = () => all('.bubble').map(({ lastChild }) => lastChild?.textContent);
  await expect.poll(texts, soon).toEqual(['first of all', 'Order 2', 'Order 3']);
});

test.each<[string, Renderer]>([
  [
    'throws',
    () => {
      throw new Error('no such order');
    },
  ],
  ['returns what is no node', () => ({ type: 'div' }) as unknown as Node],
])('tells once of what %s, and shows the words', async (_, broken) => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});

  const { all, panel } = drawn([order(1, 1), order(2, 2)], { 'order.card': broken });
  await expect.poll(() => said.mock.calls.length, soon).toBe(1);
  panel.update(viewOf({ items: [order(1, 1), order(2, 3, 'Other')] }));

  const texts = () => all('.bubble').map(({ lastChild }) => lastChild?.textContent);
  await expect.poll(texts).toEqual(['Order 1', 'Other']);
  expect(said).toHaveBeenCalledTimes(1);
});

test('draws below every message what the page has to say of it', async () => {
  const note: Renderer = (_, { text, own }) => {
    const element = document.createElement('small');
    element.className = 'page-card';
    element.textContent = own ? 'yours' : `${text.length} signs`;
    return element;
  };
  const { one } = drawn([message(1, 'ann', 'Tea'), message(2, 'me', 'Yes')], { 'message-footer': note });

  await expect.poll(() => cards().map(({ textContent }) => textContent), soon).toEqual(['3 signs', 'yours']);

  const [first] = cards();
  expect(first?.getBoundingClientRect().top).toBeGreaterThanOrEqual(one('.bubble').getBoundingClientRect().bottom);
});

test('opens the menu of a message over what the page has drawn, too', async () => {
  const { all } = drawn([order(1, { state: 'sent' })], { 'order.card': card });
  await expect.poll(() => cards(), soon).toHaveLength(1);

  await userEvent.hover(cards()[0] as HTMLElement);

  await expect.poll(() => all('.message-bar'), soon).toHaveLength(1);
});
