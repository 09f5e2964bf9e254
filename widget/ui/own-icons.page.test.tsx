import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { withOwnIcons } from './own-icons.tsx';
import { clearStages, message, type Stage, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

/** A glyph as a set of icons has them. */
function glyph(tag: 'svg' | 'i'): Element {
  const made = tag === 'i' ? document.createElement(tag) : document.createElementNS('http://www.w3.org/2000/svg', tag);
  if (tag === 'svg') made.setAttribute('viewBox', '0 0 24 24');
  made.append(tag === 'i' ? '×' : document.createElementNS('http://www.w3.org/2000/svg', 'circle'));
  return made;
}

function drawn(nodes: Record<string, Node>, view = viewOf({ items: [message(1, 'me')] })): Stage {
  return stage(view, 'en', ['people'], undefined, { within: withOwnIcons(new Map(Object.entries(nodes))) });
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
