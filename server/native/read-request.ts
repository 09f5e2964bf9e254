import type { StanzaTree } from '../core/ports.ts';
import type { StanzaType } from '../core/rule.ts';
import { adHocNodeIn } from './desk/ad-hoc-nodes.ts';
import { elementsOf } from './tree.ts';

/** What a `get` may ask, by the name and namespace of its one child: the type that it passes the rules as. */
const requests: Readonly<Record<string, StanzaType>> = {
  /** XEP-0199 XMPP Ping. */
  'ping urn:xmpp:ping': 'stanza.ping',
  /** XEP-0030 Service Discovery. */
  'query http://jabber.org/protocol/disco#info': 'stanza.disco.info',
  'query http://jabber.org/protocol/disco#items': 'stanza.disco.items',
  /** XEP-0054 vcard-temp, and XEP-0292 vCard4. */
  'vCard vcard-temp': 'stanza.vcard',
  'vcard urn:ietf:params:xml:ns:vcard-4.0': 'stanza.vcard4',
  /** XEP-0012 Last Activity. */
  'query jabber:iq:last': 'stanza.last',
};

/** The type of a request that is known; undefined for all others. */
export function requestType(stanza: StanzaTree): StanzaType | undefined {
  // XEP-0050 Ad-Hoc Commands.
  if (adHocNodeIn(stanza) !== undefined) return 'stanza.command';
  const [asked, ...more] = elementsOf(stanza);
  if (stanza.attrs.type !== 'get' || asked === undefined || more.length > 0) return undefined;
  const key = `${asked.name} ${asked.attrs.xmlns}`;
  return Object.hasOwn(requests, key) ? requests[key] : undefined;
}
