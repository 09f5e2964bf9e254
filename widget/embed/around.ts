import { whenMoved } from './moves.ts';
import type { Tag } from './tag.ts';
import type { Dress, GivenTheme } from './theme.ts';

/** What the page around a widget has to do with its launcher. */
export interface Around {
  /** The panel is open from now on, or closed. */
  show(open: boolean): void;
  /** The page says where the person is; its own address where absent. */
  page(url?: string): void;
  /** It looks so from now on; resolves when it does. */
  theme(given?: GivenTheme): Promise<void>;
}

/** What a widget lets the page around it do. */
export interface Surrounded {
  readonly host: HTMLElement;
  /** An element of the page's own was pressed that opens and closes it. */
  toggle(opener: HTMLElement): void;
  /** Whether this is a place where no launcher is wanted. */
  away(away: boolean): void;
}

/** How long a widget is kept out of sight because of its theme, milliseconds. */
const patience = 1_000;

/**
 * Lets the page's own elements that the tag's `launcher` selects open the widget, says of paths that fit its `hide` that no
 * launcher is wanted, and themes it; until `signal` ends it. Resolves when it looks as the tag says, or that takes too long.
 */
export async function around({ data, theme }: Tag, widget: Surrounded, signal: AbortSignal): Promise<Around> {
  const { launcher, hide = '' } = data;
  const say = (expanded: string | null): void => {
    if (launcher) for (const opener of document.querySelectorAll(launcher)) opener.ariaExpanded = expanded;
  };
  const pressed = (event: Event): void => {
    const opener = launcher && (event.target as Element).closest<HTMLElement>(launcher);
    if (!opener) return;
    event.preventDefault();
    widget.toggle(opener);
  };
  const page = (url = ''): void => widget.away(launcher !== undefined || isWithin(hide, url));
  document.addEventListener('click', pressed, { signal });
  whenMoved(page, signal);
  signal.addEventListener('abort', () => say(null));
  let dress: Promise<Dress> | undefined;
  const wear = async (given: GivenTheme = 'auto'): Promise<void> => {
    if (signal.aborted) return;
    const { host } = widget;
    const { shadowRoot } = host;
    // A scheme alone needs nothing that would have to be loaded.
    if (!dress && typeof given === 'string' && /^(auto|dark|light)$/.test(given)) host.dataset.theme = given;
    else if (shadowRoot) {
      dress ??= import('./theme.ts').then(({ themed }) => themed(shadowRoot, signal));
      await (await dress)(given);
    }
  };
  const look = theme ?? data.theme;
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  if (look) await Promise.race([wear(look).catch(console.error), late]);
  page();
  // It may be over before this is loaded, and is told to be shown once more.
  return { show: (open) => say(signal.aborted ? null : `${open}`), page, theme: wear };
}

/**
 * So much may be kept from now on, said before the first intent: what may not stay is removed from this device. `data` is
 * what the tag says. Resolves with the level.
 *
 * @throws Error that names the levels
 */
export async function consent(level: string, data: DOMStringMap): Promise<string> {
  const { consentEarly } = await import('./consent.ts');
  return consentEarly(level, data);
}

/** Whether one of `patterns`, paths with `*` for anything and commas between, is the path of `url` in this page. */
export function isWithin(patterns: string, url = ''): boolean {
  const { pathname } = new URL(url, location.href);
  const glob = patterns.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return glob.split(',').some((one) => new RegExp(`^${one.trim()}$`).test(pathname));
}
