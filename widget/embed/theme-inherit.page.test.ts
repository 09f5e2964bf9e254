import { formatHex, parse } from 'culori';
import { afterEach, expect, test, vi } from 'vitest';
import type { Palette } from '../theme/derived.ts';
import { faintIn } from '../theme/pairs.ts';
import tokensCss from '../theme/tokens.css?inline';
import { type ColorName, tokens } from '../theme/tokens.ts';
import { MountedWidget } from './mounted-widget.ts';

const widgets: MountedWidget[] = [];

afterEach(async () => {
  for (const { instance } of widgets.splice(0)) await instance.destroy();
  for (const element of [document.body, document.documentElement]) element.removeAttribute('style');
  document.documentElement.removeAttribute('class');
  for (const own of document.querySelectorAll('[data-own]')) own.remove();
});

/** A widget that takes over what is around it, with all tokens. */
async function inheriting(): Promise<MountedWidget> {
  const widget = new MountedWidget({ service: 'wss://x', friend: 'friend.example.com', theme: 'inherit' });
  widgets.push(widget);
  await expect.poll(() => widget.one('.launcher').checkVisibility()).toBe(true);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokensCss);
  widget.root.adoptedStyleSheets = [sheet, ...widget.root.adoptedStyleSheets];
  return widget;
}

function shown(widget: MountedWidget, name: ColorName): string {
  const own = widget.one('.badge');
  own.style.color = `color-mix(in srgb, var(--befriend-color-${name}) 100%, var(--befriend-color-${name}))`;
  return formatHex(parse(getComputedStyle(own).color)) ?? '';
}

function frames(count: number): Promise<unknown> {
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  return count === 0 ? Promise.resolve() : frame().then(() => frames(count - 1));
}

test('takes background, text, font and accent of the page, and follows it into the dark within two frames', async () => {
  const own = document.head.appendChild(document.createElement('style'));
  own.dataset.own = '';
  own.textContent = `body { background: #fff; color: #1a1a2e; font-family: Georgia, serif; accent-color: #0a7d5a }
    .night body { background: #13161b; color: #f0f0f5 }`;
  const widget = await inheriting();
  const light = [
    shown(widget, 'surface'),
    shown(widget, 'on-surface'),
    shown(widget, 'accent'),
    widget.host.dataset.theme,
  ];

  document.documentElement.className = 'night';
  await frames(2);

  expect(light).toEqual(['#ffffff', '#1a1a2e', '#0a7d5a', 'light']);
  expect([shown(widget, 'surface'), shown(widget, 'on-surface'), widget.host.dataset.theme]).toEqual([
    '#13161b',
    '#f0f0f5',
    'dark',
  ]);
  const font = getComputedStyle(widget.host).getPropertyValue('--befriend-font-family');
  expect(font).toBe('Georgia, serif');
});

test('sees a rule that a program writes into a sheet, while it is open and when it opens, and looks at nothing while it is closed', async () => {
  const own = document.head.appendChild(document.createElement('style'));
  own.dataset.own = '';
  own.textContent = 'body { background: #fff; color: #111 }';
  const widget = await inheriting();
  const turn = (background: string): void => void own.sheet?.insertRule(`body { background: ${background} }`, 1);
  // As the panel comes and goes.
  const place = widget.root.appendChild(document.createElement('div'));
  const panel = document.createElement('section');
  panel.className = 'panel';
  place.append(panel);
  await frames(2);

  turn('#13161b');
  await expect.poll(() => shown(widget, 'surface'), { timeout: 3_000 }).toBe('#13161b');
  panel.remove();
  await frames(2);
  const asked = vi.spyOn(window, 'getComputedStyle');
  own.sheet?.deleteRule(1);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const whileClosed = asked.mock.calls.length;
  asked.mockRestore();
  place.append(panel);
  await frames(2);

  expect(whileClosed).toBe(0);
  expect(shown(widget, 'surface')).toBe('#ffffff');
});

test('leaves nothing that listens or lies in the root when another theme comes, or the end', async () => {
  document.body.style.cssText = 'background: #fff; color: #000';
  const widget = await inheriting();

  await widget.instance.call('theme', 'light');
  document.body.style.cssText = 'background: #000; color: #fff';
  await frames(2);

  expect(shown(widget, 'surface')).toBe('#ffffff');
  expect(widget.all(':host > i, i[hidden]')).toEqual([]);
});

test('can be read on any page, whatever its colours are', async () => {
  const widget = await inheriting();
  const random = (index: number, salt: number): string =>
    `#${((index * 83_221_517 + salt * 7_654_321) % 0xffffff).toString(16).padStart(6, '0')}`;
  const faint: unknown[] = [];

  for (let index = 1; index <= 120; index += 1) {
    const grey = `#${(index * 2).toString(16).padStart(2, '0').repeat(3)}`;
    const background = index % 2 ? random(index, 1) : grey;
    const color = index % 3 ? random(index, 2) : index % 2 ? '#fff' : '#111';
    document.body.style.cssText = `background: ${background}; color: ${color}; accent-color: ${random(index, 3)}`;
    await frames(2);
    const palette = Object.fromEntries(tokens.color.map((name) => [name, shown(widget, name)])) as Palette;
    faint.push(...faintIn(palette).map((pair) => ({ background, color, ...pair })));
  }

  expect(faint).toEqual([]);
});
