import composer from './composer.css?inline';
import list from './list.css?inline';
import messages from './messages.css?inline';
import base from './panel.css?inline';
import states from './states.css?inline';
import tokens from './tokens.css?inline';

/** A new constructed style sheet with the tokens and everything the panel needs; to be adopted in a shadow root. */
export function panelSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + base + states + list + messages + composer);
  return sheet;
}
