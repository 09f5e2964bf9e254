import { render } from 'preact';
import type { Screen, View } from '../core/view.ts';
import { en } from '../i18n/en.ts';
import { directionOf } from '../i18n/texts.ts';
import { panelSheet } from '../theme/panel-sheet.ts';
import { type Drafts, type Env, isSocial } from './env.ts';
import { Panel } from './Panel.tsx';
import { timesIn } from './times.ts';
import { walked } from './trail.ts';

/** What the panel needs from whoever mounts it. `now` is this device's clock, milliseconds since 1970. */
export interface PanelOptions extends Omit<Env, 'times' | 'drafts' | 'adopt' | 'texts'> {
  /** The corner it grows from, and where the launcher is. */
  readonly side: 'end' | 'start';
  /** Absent, what is not sent lasts as long as the panel. */
  readonly drafts?: Drafts;
}

/** What the page may alter while the panel is open. */
export type Dressed = Pick<PanelOptions, 'icon' | 'renderers'>;

/** A mounted panel. `update` draws at once; `destroy` leaves nothing behind. */
export interface MountedPanel {
  update(view: View): void;
  /** Takes effect with the next `update`. */
  dress(options: Partial<Dressed>): void;
  destroy(): void;
  /** Focuses where one writes; on touch, where that would raise the keyboard, the panel itself. */
  focusComposer(): void;
}

/**
 * Mounts the panel in a container of its own at the end of `root`, and adopts its style sheet in front of those that
 * are there, so that a sheet of the page's own wins. An element as root must stand in a shadow root: the tokens are
 * set on its host. Nothing is drawn before the first `update`, nor in bubble mode while the view is closed.
 */
export function mountPanel(root: ShadowRoot | HTMLElement, options: PanelOptions): MountedPanel {
  const { sheet, add: adopt } = panelSheet();
  const { words, locale } = options;
  let env: Env = {
    ...options,
    texts: words('base', en),
    times: timesIn(locale),
    drafts: options.drafts ?? new Map(),
    adopt,
  };
  const tree = root.getRootNode() as ShadowRoot;
  const container = document.createElement('div');
  const gone = new AbortController();
  // These look at the page's layout: once it is changed, each look would lay it out anew.
  const around = getComputedStyle('host' in root ? root.host : root).direction;
  fitAboveKeyboard(container, gone.signal);
  tree.adoptedStyleSheets = [sheet, ...tree.adoptedStyleSheets];
  container.className = `befriend mode-${options.mode}`;
  container.lang = options.locale;
  root.append(container);
  // The page takes the host for what has the focus: what is typed into a field of ours would be its shortcuts.
  for (const type of ['keydown', 'keyup', 'keypress'])
    container.addEventListener(type, (event) => event.stopPropagation());
  // The launcher stands where the page's direction puts it; the panel must grow from the same corner.
  container.dir = directionOf(options.locale);
  const side = around === container.dir ? options.side : options.side === 'end' ? 'start' : 'end';
  let listKnown = false;
  let trail: readonly Screen[] = [];
  let shown: Screen | undefined;
  let asked = !isSocial(options);

  const update = (view: View): void => {
    const open = view.open || options.mode === 'page';
    if (open && view.listed && view.screen.at === 'list') listKnown = true;
    if (view.screen !== shown) {
      trail = walked(trail, shown, view.screen);
      shown = view.screen;
    }
    const chosen = (): void => {
      listKnown = true;
    };
    const back: Screen | undefined = trail.at(-1) ?? (listKnown ? { at: 'list' } : undefined);
    const focused = tree.activeElement;
    render(
      open ? <Panel env={env} view={view} side={side} listKnown={listKnown} back={back} onChosen={chosen} /> : null,
      container,
    );
    // With the screen went what had the focus: Tab goes on from the next one's beginning, and Escape still closes.
    if (focused && !focused.isConnected) container.querySelector<HTMLElement>('.panel')?.focus({ preventScroll: true });
    if (open && !asked) {
      asked = true;
      options.act('people.wanted', {});
    }
  };

  return {
    update,
    dress: (given) => {
      env = { ...env, ...given };
    },
    destroy: () => {
      gone.abort();
      render(null, container);
      container.remove();
      tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((one) => one !== sheet);
    },
    focusComposer: () => {
      const find = (selector: string) => container.querySelector<HTMLElement>(selector);
      const field = matchMedia('(pointer: coarse)').matches ? null : find('textarea, .entry');
      (field ?? find('.panel'))?.focus({ preventScroll: true });
    },
  };
}

/** Keeps a panel within what the on-screen keyboard leaves visible, until it is told to stop. */
function fitAboveKeyboard({ style }: HTMLElement, signal: AbortSignal): void {
  const seen = visualViewport;
  if (!seen) return;
  const fitNow = (): void => {
    style.setProperty('--seen-height', `${seen.height * seen.scale}px`);
    style.setProperty('--seen-top', `${seen.scale > 1 ? 0 : seen.offsetTop}px`);
  };
  for (const name of ['resize', 'scroll']) seen.addEventListener(name, fitNow, { signal });
  fitNow();
}
