import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ownIcons } from './own-icons.tsx';
import { clearStages, frame, message, messages, rest, rich, type Stage, soon, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

/** A glyph as a set of icons has them. */
function glyph(tag: 'svg' | 'i'): Element {
  const made = tag === 'i' ? document.createElement(tag) : document.createElementNS('http://www.w3.org/2000/svg', tag);
  if (tag === 'svg') made.setAttribute('viewBox', '0 0 24 24');
  made.append(tag === 'i' ? '×' : document.createElementNS('http://www.w3.org/2000/svg', 'circle'));
  return made;
}

function drawn(nodes: Record<string, Node>, view = viewOf({ items: [message(1, 'me')] })): Stage {
  return stage(view, 'en', ['people'], undefined, { icon: ownIcons(new Map(Object.entries(nodes))) });
}

test('draws clones of the page’s nodes in place of its own glyphs, as large, in the colour of the text', async () => {
  const { one, all } = drawn({ close: glyph('svg'), more: glyph('i') });
  const ours = one('.icon-people').getBoundingClientRect().width;

  const own = one('.close .icon svg');

  expect(all('.header .icon circle, .header .icon i')).toHaveLength(2);
  expect(own.getBoundingClientRect().width).toBe(ours);
  expect(getComputedStyle(own).fill).toBe(getComputedStyle(one('.close')).color);
  await userEvent.hover(one('.close'));
  expect(getComputedStyle(own).fill).toBe(getComputedStyle(one('.close')).color);
  expect(all('.icon-people path')).toHaveLength(1);
});

test('draws another one where the state of a message changes', () => {
  const { panel, all } = drawn({ stored: glyph('svg') });
  const before = all('.meta circle').length;

  panel.update(viewOf({ items: [message(1, 'me')], got: { ann: { read: 1, delivered: 1 } } }));

  expect(before).toBe(1);
  expect(all('.meta circle')).toHaveLength(0);
  expect(all('.meta .icon-read path')).toHaveLength(1);
});

test('dresses an open panel anew, and leaves what is written, where one reads and what has the focus', async () => {
  const card = rich(60, 'Order 7', { custom: { type: 'order.card', data: 7 } });
  const view = viewOf({ items: [...messages(1, 59), card] });
  const { panel, one, all, root } = stage(view);
  const [field, log] = [one('textarea') as HTMLTextAreaElement, one('.log')];
  await rest(root);
  await userEvent.fill(field, 'half a thought');
  field.setSelectionRange(2, 6);
  log.scrollTop = 200;
  await frame();

  panel.dress({ icon: ownIcons(new Map([['close', glyph('svg')]])) });
  panel.dress({ renderers: new Map([['order.card', () => 'seven']]) });
  panel.update(view);
  await frame();

  expect(all('.close circle')).toHaveLength(1);
  panel.dress({ icon: ownIcons(new Map([['close', glyph('i')]])) });
  panel.update(view);
  await frame();
  expect([all('.close i').length, all('.close circle').length]).toEqual([1, 0]);
  expect(one('textarea')).toBe(field);
  expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['half a thought', 2, 6]);
  expect([root.activeElement, one('.log').scrollTop]).toEqual([field, 200]);
  log.scrollTop = log.scrollHeight;
  await expect.poll(() => all('.bubble').at(-1)?.textContent, soon).toBe('Ann Keller: seven');
  panel.dress({ renderers: new Map([['order.card', () => 'VII']]) });
  panel.update(view);
  await expect.poll(() => all('.bubble').at(-1)?.textContent, soon).toBe('Ann Keller: VII');
});
