import type { Dressed } from '../ui/mount.tsx';
import { iconNames, ownIcons } from '../ui/own-icons.tsx';
import { footer, type Renderer } from '../ui/renderer.ts';
import { adoptedIn, bareLauncher, launcherGlyph } from './skin.ts';

/** What the verbs about the widget's look work with. */
export interface Skinned {
  readonly host: HTMLElement;
  /** Aborted at the end of the widget. */
  readonly signal: AbortSignal;
  /** Draws the panel with other options from now on; what is typed in it, scrolled and focused stays. */
  redress(options: Partial<Dressed>): void;
}

type Verbs = Readonly<Record<string, (...args: never[]) => unknown>>;

/** How a page dresses the widget beyond tokens. */
export function skinVerbs({ host, redress, signal }: Skinned): Verbs {
  let renderers: ReadonlyMap<string, Renderer> = new Map();
  let own: ReadonlyMap<string, Node> = new Map();
  let footed: Element | null = null;
  const render = (type: string, renderer?: Renderer): void => {
    const others = [...renderers].filter(([name]) => name !== type);
    renderers = new Map(renderer ? [...others, [type, renderer]] : others);
    redress({ renderers });
  };
  const foot = (): void => {
    const given = host.querySelector(`:scope > [slot="${footer}"]`);
    if (given === footed) return;
    footed = given;
    render(footer, given ? () => copyOf(given) : undefined);
  };
  const slotted = new MutationObserver(foot);
  slotted.observe(host, { childList: true });
  foot();
  signal.addEventListener('abort', () => {
    slotted.disconnect();
    bareLauncher(host);
  });
  return {
    adoptStyles: (sheet: CSSStyleSheet | string) => adoptedIn(host, sheet),
    icons: ({ chat, ...nodes }: Readonly<Record<string, Node>>) => {
      const strange = Object.keys(nodes).find((name) => !iconNames.includes(name));
      if (strange !== undefined) {
        throw new Error(`befriend("icons"): ${strange} does not exist. Try: chat, ${iconNames.join(', ')}`);
      }
      if (chat) launcherGlyph(host, chat);
      own = new Map([...own, ...Object.entries(nodes)]);
      if (own.size > 0) redress({ icon: ownIcons(own) });
    },
    render: (type: string, renderer?: Renderer) => {
      if (type !== footer && !type.includes('.')) {
        throw new Error(`befriend("render", "${type}"): a type is like order.card, or ${footer}`);
      }
      render(type, renderer);
    },
  };
}

/** What a slot that every message has shows of the one element that the page put in: what is in a template, or itself. */
function copyOf(given: Element): Node {
  return (given instanceof HTMLTemplateElement ? given.content : given).cloneNode(true);
}
