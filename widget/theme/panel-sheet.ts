import composer from './composer.css?inline';
import controls from './controls.css?inline';
import launcher from './launcher-later.css?inline';
import messages from './messages.css?inline';
import base from './panel.css?inline';
import states from './states.css?inline';
import tokens from './tokens.css?inline';

/** The panel's constructed style sheet, to be adopted in a shadow root. */
export interface PanelSheet {
  readonly sheet: CSSStyleSheet;
  /** Adds a part that was loaded later; the same part only once. */
  add(css: string): void;
}

/** A new sheet with the tokens and everything that a conversation needs. */
export function panelSheet(): PanelSheet {
  const sheet = new CSSStyleSheet();
  const parts = new Set<string>();
  const add = (css: string): void => {
    if (!parts.has(css)) sheet.replaceSync([...parts.add(css)].join(''));
  };
  add(tokens + base + controls + states + messages + composer + launcher);
  return { sheet, add };
}
