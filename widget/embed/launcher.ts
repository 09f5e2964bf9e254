import css from '../theme/launcher.css?inline';

/** The round button in the corner: drawn at once, before anything else is loaded. */
export interface Launcher {
  readonly button: HTMLButtonElement;
  show(open: boolean, unread: number): void;
}

/** Puts the launcher's style, and in bubble mode the launcher, into `root`. */
export function drawLauncher(root: ShadowRoot, label: string, side: string, onClick: () => void): Launcher {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.className = button.part = `launcher ${side}`;
  const badge = document.createElement('span');
  badge.className = badge.part = 'badge';
  const own = document.createElement('slot');
  own.name = 'launcher';
  own.className = 'glyph';
  own.append(document.createElement('i'));
  button.append(own, badge);
  button.addEventListener('click', onClick);
  const show = (open: boolean, unread: number): void => {
    const count = open || !unread ? '' : unread > 99 ? '99+' : `${unread}`;
    badge.textContent = count;
    button.ariaExpanded = `${open}`;
    button.ariaLabel = count ? `${label} (${count})` : label;
  };
  return { button, show };
}
