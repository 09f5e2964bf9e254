import { createElement, render } from 'preact';
import type { Item } from '../../widget/core/view.ts';
import { panelSheet } from '../../widget/theme/panel-sheet.ts';
import { clearStages, type Stage, stage, viewOf } from '../../widget/ui/stage.test.tsx';

/** What the page offers to the one that measures. */
export interface HistoryPage {
  /** Makes the messages that are held, and nothing that shows them. */
  hold(count: number): void;
  /** Opens the panel on them. `tall`: everything is in sight, so that all rows are drawn. Milliseconds. */
  open(tall: boolean): Promise<Opened>;
  /** The floor: as many rows as are held in a plain Preact list, of a bubble and its time, with the same styles. */
  openPlain(): Promise<Opened>;
  /** Scrolls once a frame; how long each frame took, milliseconds. */
  scroll(way: keyof typeof ways, frames: number): Promise<number[]>;
  /** One more message comes while the newest is in sight; until it is on the screen, milliseconds. */
  arrive(): Promise<number>;
  /** All nodes below the widget's root. */
  nodes(): number;
}

/** Until the script is done, its layouts included, and until that is on the screen. */
export interface Opened {
  readonly script: number;
  readonly painted: number;
}

const start = Date.UTC(2026, 0, 1);

/** How a log is scrolled, px from where it is. */
const ways = {
  /** As by a wheel that is turned fast, upwards: 7,200 px a second. */
  read: () => -120,
  /** As a finger throws it: 24,000 px a second. */
  fling: () => -400,
  /** As by pulling the scroll bar about: everywhere, in the same order in every run. */
  jump: (log: HTMLElement, frame: number) => ((frame * 0.618) % 1) * log.scrollHeight - log.scrollTop,
} as const;

let items: Item[] = [];
let root: ShadowRoot;
let staged: Stage | undefined;

function message(seq: number): Item {
  // Of one to about twelve lines; a new day every 400.
  const text = `${seq}: ${'some words '.repeat((seq * 7) % 40)}`;
  return { kind: 'message', seq, at: start + seq * 216_000, by: seq % 3 === 0 ? 'me' : 'ann', text };
}

function log(): HTMLElement {
  const found = root.querySelector<HTMLElement>('.log');
  if (found === null) throw new Error('no log is drawn');
  return found;
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** A task behind the next frame: that frame has been laid out and painted. */
async function painted(): Promise<void> {
  await frame();
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
}

async function timed(work: () => void): Promise<Opened> {
  await painted();
  const began = performance.now();
  work();
  log().getBoundingClientRect();
  const script = performance.now() - began;
  await painted();
  return { script, painted: performance.now() - began };
}

/** A message as the widget draws it, without all that makes it a component. */
function plainRow(item: Item) {
  const text = item.kind === 'message' ? item.text : '';
  const time = createElement('div', { class: 'meta' }, createElement('time', {}, new Date(item.at).toISOString()));
  const bubble = createElement('div', { class: 'bubble', dir: 'auto' }, text);
  return createElement('article', { key: item.seq, class: 'row other first last', tabIndex: -1 }, bubble, time);
}

const page: HistoryPage = {
  hold(count) {
    items = Array.from({ length: count }, (_, index) => message(index + 1));
  },
  async open(tall) {
    clearStages();
    staged = stage(viewOf({ items }, { open: false }));
    root = staged.root;
    if (tall) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.log { min-block-size: 10000000px }');
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
    const view = viewOf({ items });
    return timed(() => staged?.panel.update(view));
  },
  async openPlain() {
    document.body.replaceChildren();
    const host = document.createElement('div');
    document.body.append(host);
    root = host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [panelSheet().sheet];
    const container = document.createElement('div');
    container.className = 'befriend mode-bubble';
    root.append(container);
    return timed(() => {
      const place = createElement(
        'div',
        { class: 'log' },
        createElement('div', { class: 'rows-place' }, items.map(plainRow)),
      );
      render(createElement('section', { class: 'panel end' }, place), container);
      log().scrollTop = log().scrollHeight;
    });
  },
  async scroll(way, frames) {
    const took: number[] = [];
    let before = await frame();
    for (let index = 0; index < frames; index += 1) {
      log().scrollTop += ways[way](log(), index);
      const now = await frame();
      // A page's clock tells tenths of a millisecond: three frames of a display of 60 Hz are 49.9 to 50.1.
      took.push(Math.round(now - before));
      before = now;
    }
    return took;
  },
  async arrive() {
    items = [...items, message(items.length + 1)];
    const view = viewOf({ items });
    return (await timed(() => staged?.panel.update(view))).script;
  },
  nodes: () => root.querySelectorAll('*').length,
};

Object.assign(window, { theirs: () => page });
