import { afterEach, expect, test } from 'vitest';
import { drawLauncher } from '../embed/launcher.ts';
import { slots } from '../theme/slots.ts';
import { footer } from './renderer.ts';
import { clearStages, messages, rest, type Stage, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

/** Those of which there is one; what stands below messages is a slot for each, and is drawn where a page puts something in. */
const single = Object.keys(slots).filter((name) => name !== footer);

/** Something of the page's own, for one place. */
function own({ host }: ShadowRoot, slot: string): HTMLElement {
  const element = document.createElement('p');
  element.slot = slot;
  element.textContent = slot;
  return host.appendChild(element);
}

function withLauncher(): Stage {
  const shown = stage(viewOf({}));
  shown.root.append(drawLauncher(shown.root, 'Chat', 'end', () => {}).button);
  return shown;
}

test('has one place for each slot that is promised, and no other', () => {
  const { root } = withLauncher();

  const names = [...root.querySelectorAll('slot')].map(({ name }) => name);

  expect(names.sort()).toEqual(single.toSorted());
});

test('shows in each what the page puts there, where it is promised', async () => {
  const { root, one } = withLauncher();
  const before = one('.empty').checkVisibility();

  const put = single.map((name) => own(root, name));
  await rest(root);

  const [launcher, header, empty, above] = put.map((element) => element.getBoundingClientRect());
  const edge = (selector: string) => one(selector).getBoundingClientRect();
  expect(before).toBe(true);
  expect(launcher?.width).toBeGreaterThan(0);
  expect(one('.glyph > *').checkVisibility()).toBe(false);
  expect(header?.top).toBeGreaterThanOrEqual(edge('.header').bottom);
  expect(header?.bottom).toBeLessThanOrEqual(edge('.log').top);
  expect(empty?.height).toBeGreaterThan(0);
  expect(one('.empty').checkVisibility()).toBe(false);
  expect(above?.top).toBeGreaterThanOrEqual(edge('.log').bottom);
  expect(above?.bottom).toBeLessThanOrEqual(edge('.composer').top);
});

test('has nothing more in a row, and keeps what the page put in through every change', () => {
  const { root, panel, all } = stage(viewOf({}));
  const banner = own(root, 'header');

  panel.update(viewOf({ items: messages(1, 3) }));

  expect(all('.row slot')).toHaveLength(0);
  expect(banner.checkVisibility()).toBe(true);
});
