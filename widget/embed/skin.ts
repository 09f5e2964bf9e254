/**
 * Adopts a style sheet of the page's own behind the widget's: it reaches everything in it. Returns what takes it away.
 * @throws DOMException `NotAllowedError` for a sheet that another document has constructed
 */
export function adoptedIn({ shadowRoot: root }: HTMLElement, given: CSSStyleSheet | string): () => void {
  if (!root) return () => {};
  const sheet = typeof given === 'string' ? new CSSStyleSheet() : given;
  if (typeof given === 'string') sheet.replaceSync(given);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}

/** Puts a clone of the page's own glyph on the launcher, in place of the one before. */
export function launcherGlyph(host: HTMLElement, node: Node): void {
  const place = document.createElement('span');
  place.slot = 'launcher';
  place.dataset.befriendIcon = '';
  place.style.cssText = 'display: grid; inline-size: 28px';
  place.append(node.cloneNode(true));
  bareLauncher(host);
  host.append(place);
}

/** Takes that away: an element that was a widget is as the page had it. */
export function bareLauncher(host: HTMLElement): void {
  host.querySelector(':scope > [data-befriend-icon]')?.remove();
}
