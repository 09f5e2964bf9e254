import { afterEach, expect, test, vi } from 'vitest';
import { hostileValues } from '../theme/hostile-values.ts';
import { MountedWidget } from './mounted-widget.ts';
import type { GivenTheme } from './theme.ts';

const widgets: MountedWidget[] = [];
const addresses = { service: 'wss://nowhere.example', friend: 'friend.nowhere.example' };

afterEach(async () => {
  vi.restoreAllMocks();
  for (const { instance } of widgets.splice(0)) await instance.destroy();
  document.body.removeAttribute('style');
  document.documentElement.removeAttribute('class');
  for (const own of document.querySelectorAll('[data-own]')) own.remove();
});

function mounted(data: Readonly<Record<string, string>> = {}): MountedWidget {
  const widget = new MountedWidget({ ...addresses, ...data });
  widgets.push(widget);
  return widget;
}

/** How the launcher is painted: one pixel of its fill and the colour of its glyph, in sRGB. */
function painted(widget: MountedWidget): string[] {
  const { backgroundColor, color } = getComputedStyle(widget.one('.launcher'));
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  if (!pen) throw new Error('no canvas');
  return [backgroundColor, color].map((one) => {
    pen.fillStyle = one;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)].join(' ');
  });
}

function themed(widget: MountedWidget, given: unknown): Promise<void> {
  return widget.instance.call('theme', given as GivenTheme) as Promise<void>;
}

function style(css: string): void {
  const own = document.head.appendChild(document.createElement('style'));
  own.dataset.own = '';
  own.textContent = css;
}

test('has the colours of the page’s own style at once, and no other before', () => {
  style('befriend-chat { --befriend-color-brand: #ffe600; --befriend-launcher-bottom: 90px }');

  const widget = mounted();

  expect(painted(widget)).toEqual(['255 230 0', '0 0 0']);
  expect(innerHeight - widget.one('.launcher').getBoundingClientRect().bottom).toBe(90);
});

test('is not shown before it looks as its tag says, and is not loaded for that', async () => {
  const widget = mounted({ theme: 'dark #0a7d5a header-accent' });
  const first = widget.one('.launcher').checkVisibility();

  await expect.poll(() => widget.one('.launcher').checkVisibility()).toBe(true);

  expect([first, widget.loads]).toEqual([false, 0]);
  expect(painted(widget)).toEqual(['10 125 90', '255 255 255']);
  expect({ ...widget.host.dataset }).toMatchObject({ theme: 'dark', header: 'accent' });
});

test('is shown in its own colours where a file does not come, after a second', async () => {
  vi.spyOn(window, 'fetch').mockReturnValue(new Promise(() => undefined));
  const before = performance.now();
  const widget = mounted({ theme: '/slow/tokens.json' });

  await expect.poll(() => widget.one('.launcher').checkVisibility(), { timeout: 3_000 }).toBe(true);

  expect(performance.now() - before).toBeGreaterThan(900);
  expect(painted(widget)).toEqual(['70 83 196', '255 255 255']);
});

test('takes a theme at run time, each in the place of the one before, and the page’s own style above all', async () => {
  const widget = mounted();

  await themed(widget, { color: { brand: '#ffe600' }, density: 'compact' });
  const first = [painted(widget), widget.host.dataset.density];
  await themed(widget, { befriend: { color: { brand: { $value: '#0a7d5a' } } } });
  const second = [painted(widget), widget.host.dataset.density];
  style('befriend-chat { --befriend-color-brand: #800000 }');

  expect(first).toEqual([['255 230 0', '0 0 0'], 'compact']);
  expect(second).toEqual([['10 125 90', '255 255 255'], undefined]);
  expect(painted(widget)).toEqual(['128 0 0', '255 255 255']);
  await themed(widget, 'light');
  expect(widget.host.dataset.theme).toBe('light');
});

test('changes nothing but the scheme by a scheme alone, and names a word in the tag that is none', async () => {
  const complaints = vi.spyOn(console, 'error').mockReturnValue();
  const widget = mounted({ theme: 'drak' });
  await expect.poll(() => complaints.mock.calls.join()).toContain('theme: drak');
  await themed(widget, { color: { brand: '#b3261e' }, density: 'compact', launcher: { offset: '0' } });

  await themed(widget, 'dark');

  expect(widget.host.dataset).toMatchObject({ theme: 'dark', density: 'compact' });
  expect(painted(widget)[0]).toBe('179 38 30');
  expect(innerHeight - widget.one('.launcher').getBoundingClientRect().bottom).toBe(0);
});

test('says once what it leaves out, and stays as it is where a file cannot be had', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const widget = mounted();

  await themed(widget, { color: { brand: '#ffe600', acent: 'red', line: 'url(/x)' } });
  await themed(widget, { color: { brand: '#ffe600', acent: 'red' } });
  await themed(widget, '/no-such-file/tokens.json dark');

  const texts = said.mock.calls.map(([text]) => `${text}`);
  expect(texts).toHaveLength(3);
  expect(texts[0]).toContain('befriend.color.acent: There is no such name');
  expect(texts[1]).toContain('befriend.color.line: "url(/x)" is no colour');
  expect(texts[2]).toContain('/no-such-file/tokens.json');
  expect([painted(widget)[0], widget.host.dataset.theme]).toEqual(['255 230 0', 'auto']);
});

test('takes the last of several themes, also when an earlier one comes later', async () => {
  const body = JSON.stringify({ befriend: { color: { brand: { $value: '#ff0000' } } } });
  const late = new Promise((resolve) => setTimeout(resolve, 100)).then(() => new Response(body));
  vi.spyOn(window, 'fetch').mockReturnValue(late as Promise<Response>);
  const widget = mounted();

  const first = themed(widget, '/late.json');
  await themed(widget, '#00ff00');
  await first;

  expect(painted(widget)[0]).toBe('0 255 0');
});

test('refuses a file that is too long, without reading all of it', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(new Uint8Array(100_000).fill(32));
    },
  });
  vi.spyOn(window, 'fetch').mockResolvedValue(new Response(body));
  const widget = mounted();

  await themed(widget, '/long.json');

  expect(`${said.mock.calls[0]?.[0]}`).toContain('/long.json: It is longer than 300000 characters.');
  expect(sent).toBeLessThan(10);
});

test('asks for nothing by any hostile value, and would be seen if it did', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const asked = (): string[] =>
    performance.getEntriesByType('resource').flatMap(({ name }) => (/hostile|:9[/]x/.test(name) ? [name] : []));
  performance.clearResourceTimings();
  performance.setResourceTimingBufferSize(5_000);
  const widget = mounted();
  const near = hostileValues.map((value) => value.replaceAll('http://127.0.0.1:9/x', `${location.origin}/hostile`));

  for (const value of near) {
    const color = { brand: value, accent: value, surface: value };
    await themed(widget, { color, font: { family: value }, shadow: { panel: value }, radius: { panel: value } });
  }
  const before = asked();
  // The same value in a sheet of the root's, with nothing that looks at it.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.launcher{background:url(${location.origin}/hostile-planted)}`);
  widget.root.adoptedStyleSheets = [...widget.root.adoptedStyleSheets, sheet];
  painted(widget);

  expect(before).toEqual([]);
  await expect.poll(asked).toContain(`${location.origin}/hostile-planted`);
});
