import { createElement } from 'ltx';
import type { XmlElement } from './xml-element.ts';

/** Namespace of XEP-0199 XMPP Ping. */
const pingNamespace = 'urn:xmpp:ping';

/** A ping (XEP-0199 §4.1) from `address` to itself: its way there and back leads through the XMPP server. */
export function selfPing(address: string, id: string): XmlElement {
  return createElement(
    'iq',
    { from: address, to: address, type: 'get', id },
    createElement('ping', { xmlns: pingNamespace }),
  );
}

/** The answer to our own ping. */
export function pong({ attrs: { from, to, id } }: XmlElement): XmlElement {
  return createElement('iq', { from: to, to: from, type: 'result', id });
}
