import type { Item } from '../../widget/core/view.ts';
import { themed } from '../../widget/embed/theme.ts';
import { clearStages, stage, viewOf } from '../../widget/ui/stage.test.tsx';

/** What the page offers to the one that measures. */
export interface ThemePage {
  /** Opens a conversation of so many messages; `whole`: all are in sight and drawn. Resolves with how many are. */
  open(count: number, whole: boolean): Promise<number>;
  /** Changes the theme; script, style and layout until they are done, and until that is painted, milliseconds. */
  change(brand: string): Promise<{ readonly script: number; readonly painted: number }>;
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

let dress: ReturnType<typeof themed> | undefined;
let root: ShadowRoot;

const page: ThemePage = {
  async open(count, whole) {
    clearStages();
    const items = Array.from({ length: count }, (_, index): Item => {
      const text = `${index}: ${'some words '.repeat((index * 7) % 20)}`;
      return { kind: 'message', seq: index + 1, at: index * 216_000, by: index % 3 ? 'ann' : 'me', text };
    });
    const staged = stage(viewOf({ items }, { open: false }));
    root = staged.root;
    const sheet = new CSSStyleSheet();
    // Everything in sight, so that the list has nothing to leave out.
    sheet.replaceSync('.log { min-block-size: 10000000px }');
    if (whole) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    staged.panel.update(viewOf({ items }));
    dress = themed(root, new AbortController().signal);
    await painted();
    await painted();
    return root.querySelectorAll('.bubble').length;
  },
  async change(brand) {
    await painted();
    await frame();
    const began = performance.now();
    await dress?.({ scheme: 'dark', color: { brand, surface: '#101418' }, radius: { bubble: '8px' } });
    root.querySelector('.log')?.getBoundingClientRect();
    const script = performance.now() - began;
    const { port1, port2 } = new MessageChannel();
    await new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      requestAnimationFrame(() => port2.postMessage(0));
    });
    return { script, painted: performance.now() - began };
  },
};

Object.assign(window, { theirs: () => page });
