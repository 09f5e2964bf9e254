import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { friendInPage, type PageFriend } from '../../server/testing/page-friend.ts';
import { MountedWidget } from './mounted-widget.ts';

/** What the page can see of a guest: sockets that it dials, timers that it holds, and every look at the storage. */
interface Traces {
  readonly dialled: string[];
  readonly stored: string[];
  readonly timers: Set<unknown>;
  restore(): void;
}

let page: PageFriend;
let traces: Traces;
const widgets: MountedWidget[] = [];

beforeEach(async () => {
  localStorage.clear();
  page = await friendInPage();
  traces = watch();
});

afterEach(async () => {
  for (const { instance } of widgets.splice(0)) instance.destroy();
  traces.restore();
  await page.stop();
});

function watch(): Traces {
  const dialled: string[] = [];
  const stored: string[] = [];
  const timers = new Set<unknown>();
  const own = {
    WebSocket,
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
  };
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    stored.push(`open ${name}`);
    return open(name, version);
  });
  window.WebSocket = new Proxy(own.WebSocket, {
    construct: (target, [url, protocols]) => {
      dialled.push(`${url}`);
      return new target(url, protocols);
    },
  });
  for (const name of ['getItem', 'setItem', 'removeItem', 'key'] as const) {
    const real = Storage.prototype[name] as (...args: unknown[]) => never;
    vi.spyOn(Storage.prototype, name).mockImplementation(function (this: Storage, ...args: unknown[]) {
      // What the interception's own logger looks for.
      if (args[0] !== 'debugLevel') stored.push(`${name} ${args[0]}`);
      return real.apply(this, args);
    });
  }
  window.setTimeout = ((task: () => void, ms?: number) => {
    const timer = own.setTimeout(() => {
      timers.delete(timer);
      task();
    }, ms);
    timers.add(timer);
    return timer;
  }) as typeof setTimeout;
  window.clearTimeout = ((timer: number) => {
    timers.delete(timer);
    own.clearTimeout(timer);
  }) as typeof clearTimeout;
  return {
    dialled,
    stored,
    timers,
    restore: () => {
      vi.restoreAllMocks();
      Object.assign(window, own);
    },
  };
}

function mount(data: Readonly<Record<string, string>> = {}): MountedWidget {
  const widget = new MountedWidget({ ...page.addresses, conversation: 'room:lobby', ...data });
  widgets.push(widget);
  return widget;
}

test('dials, loads, reads and keeps nothing before the first intent, and does after it', async () => {
  const cookies = document.cookie;
  const widget = mount();
  widget.instance.on('message.sent', () => undefined);
  widget.instance.call('close');
  await new Promise<void>((resolve) => requestIdleCallback(() => resolve()));
  expect({ ...traces, loads: widget.loads }).toMatchObject({ dialled: [], stored: [], loads: 0 });
  expect(traces.timers.size).toBe(0);

  await widget.clickLauncher();

  await expect.poll(() => traces.dialled, { timeout: 5_000 }).toEqual([page.addresses.service]);
  await expect.poll(() => traces.stored.some((look) => look.startsWith('setItem befriend:'))).toBe(true);
  expect(traces.stored).toContain(`open befriend:${page.addresses.friend}:`);
  expect(document.cookie).toBe(cookies);
});

test('loads what a click will need when somebody is about to click, and dials and keeps nothing by that', async () => {
  const widget = mount();

  await userEvent.hover(widget.one('.launcher'));
  await expect.poll(() => widget.loads).toBeGreaterThan(0);
  await vi.dynamicImportSettled?.();

  expect({ ...traces, connected: page.connected }).toMatchObject({ dialled: [], stored: [], connected: 0 });
  expect(widget.all('.panel')).toEqual([]);
});

test('keeps nothing on the device where consent is none', async () => {
  const widget = mount({ consent: 'none' });

  await widget.clickLauncher();
  await expect.poll(() => page.connected).toBe(1);

  expect(traces.stored).toEqual([]);
  await expect.poll(() => widget.text).toContain('Not kept here');
});

test('leaves no element, socket, timer or style behind when destroyed', async () => {
  const sheets = document.adoptedStyleSheets.length;
  const nodes = document.querySelectorAll('*').length;
  const widget = mount();
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  await widget.say('Good bye');
  await expect.poll(() => widget.all('.row.own.stored').length).toBe(1);

  const ended = widget.instance.destroy();

  expect(document.querySelectorAll('*').length).toBe(nodes);
  await ended;
  await expect.poll(() => page.connected).toBe(0);
  await expect.poll(() => traces.timers.size, { timeout: 3_000 }).toBe(0);
  expect(document.adoptedStyleSheets.length).toBe(sheets);
  expect(traces.dialled).toHaveLength(1);
});

test('does not come alive when it was destroyed while the rest of it was loading', async () => {
  const widget = mount();
  widget.instance.call('open');

  await widget.instance.destroy();
  await vi.dynamicImportSettled?.();
  await expect.poll(() => traces.timers.size).toBe(0);

  expect(document.querySelector('befriend-chat')).toBeNull();
  expect(page.connected).toBe(0);
  expect(traces.dialled).toEqual([]);
});

test('dials and loads nothing when all is forgotten before anybody wanted it, or while it loads', async () => {
  const [unwanted, wanted] = [mount({ scope: 'unwanted' }), mount({ scope: 'wanted', mode: 'inline' })];
  for (const scope of ['unwanted', 'wanted'])
    localStorage.setItem(`befriend:${page.addresses.friend}:${scope}`, 'kept');
  unwanted.instance.call('attributes', { plan: 'gold' });
  wanted.instance.call('open');

  await Promise.all([unwanted.instance.destroy(true), wanted.instance.destroy(true)]);
  await vi.dynamicImportSettled?.();
  await expect.poll(() => traces.timers.size).toBe(0);

  expect([unwanted.loads, wanted.loads]).toEqual([0, 1]);
  expect(traces.dialled).toEqual([]);
  expect(localStorage.length).toBe(0);
});

test('does nothing after its end, and says so by resolving with nothing', async () => {
  const widget = mount();
  await widget.instance.destroy();

  const said = ['open', 'ready', 'consent'].map((verb) => widget.instance.call(verb));

  expect(await Promise.all(said)).toEqual([undefined, undefined, undefined]);
  expect([widget.loads, traces.dialled]).toEqual([0, []]);
});

test('hands facts to who listens, each once, and none after he stopped', async () => {
  const { bob } = page.people('bob');
  const heard: unknown[] = [];
  const widget = mount();
  const stop = widget.instance.on('message.sent', (fact) => heard.push((fact as { body: { text: string } }).body.text));
  widget.instance.call('open');
  await expect.poll(() => page.connected).toBe(2);
  await bob.until('to be online', ({ link }) => link.state === 'online');

  widget.instance.call('send', { text: 'from the page' });
  await bob.hears('from the page');
  bob.says('from bob');
  await expect.poll(() => heard).toEqual(['from the page', 'from bob']);
  stop();
  bob.says('unheard');
  await expect.poll(() => widget.messages.at(-1)).toBe('unheard');

  expect(heard).toEqual(['from the page', 'from bob']);
});

test('goes along once, with all that is open, when the page puts another body in place of its own', async () => {
  const widget = mount();
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);
  const before = document.body;
  const fresh = document.createElement('body');

  document.documentElement.replaceChild(fresh, before);
  await expect.poll(() => widget.host.isConnected).toBe(true);

  expect(fresh.querySelectorAll('befriend-chat')).toHaveLength(1);
  expect(widget.host.matches(':popover-open')).toBe(true);
  expect(widget.all('textarea')).toHaveLength(1);
  document.documentElement.replaceChild(before, fresh);
});

test('keeps what is typed in it from the page’s shortcuts', async () => {
  const heard: string[] = [];
  const shortcut = ({ key }: KeyboardEvent): unknown => heard.push(key);
  document.addEventListener('keydown', shortcut);
  const widget = mount();
  await widget.clickLauncher();
  await expect.poll(() => widget.all('textarea').length).toBe(1);

  await widget.type('k/');
  document.removeEventListener('keydown', shortcut);

  expect(heard).toEqual([]);
});
