import type { Scheme } from '../../../widget/theme/derived.ts';
import { type LookName, looks, type Theme } from '../../../widget/theme/theme.ts';
import { cssOf } from '../../../widget/theme/theme-text.ts';
import { forcedSheet } from './forced.ts';

/** What a preview shows; the studio tells it each time anything changes. */
export interface Shown {
  /** The name of a state of the gallery. */
  readonly state: string;
  readonly theme: Theme;
  readonly scheme: Scheme;
  readonly direction: 'ltr' | 'rtl';
  /** As in the forced colours of a system, as near as a page can come to it. */
  readonly forced: boolean;
}

const own = new WeakMap<ShadowRoot, CSSStyleSheet>();

/** Lets a widget look as `shown` says. */
export function dress(host: HTMLElement, root: ShadowRoot, { theme, scheme, forced }: Shown): void {
  const sheet = own.get(root) ?? new CSSStyleSheet();
  own.set(root, sheet);
  document.documentElement.style.colorScheme = scheme;
  host.dataset.theme = scheme;
  for (const look of Object.keys(looks) as LookName[]) host.dataset[look] = theme[look] ?? looks[look][0];
  const others = root.adoptedStyleSheets.filter((one) => one !== sheet);
  sheet.replaceSync(cssOf(theme).css + (forced ? forcedSheet(others, scheme) : ''));
  if (root.adoptedStyleSheets.at(-1) !== sheet) root.adoptedStyleSheets = [...others, sheet];
}

/** Tells the studio that this page is ready, and calls `show` with all that it says from then on. */
export function whenShown(show: (shown: Shown) => void): void {
  addEventListener('message', ({ source, origin, data }: MessageEvent<Shown>) => {
    if (source === parent && origin === location.origin) show(data);
  });
  parent.postMessage('ready', location.origin);
}
