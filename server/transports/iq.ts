import { createElement } from 'ltx';
import { namespaces } from '../../protocol/frame.ts';
import { xmlForm } from '../../protocol/xml-form.ts';
import { stanzaErrors } from './stanza.ts';
import type { XmlElement } from './xml-element.ts';

/** Namespace of XEP-0199 XMPP Ping. */
export const pingNamespace = 'urn:xmpp:ping';

const discoInfo = 'http://jabber.org/protocol/disco#info';

/** What somebody is (XEP-0030 §3.1; the registry of categories and types). */
export interface Identity {
  readonly category: string;
  readonly type: string;
}

export const componentIdentity: Identity = { category: 'component', type: 'generic' };
export const accountIdentity: Identity = { category: 'client', type: 'bot' };

/** What XEP-0030 discovery lists of the friend's address. */
const features = [discoInfo, pingNamespace, namespaces.payload, namespaces.json, namespaces.event, xmlForm.event];

/**
 * The answer to an IQ request (RFC 6120 §8.2.3): a pong (XEP-0199), who we are (XEP-0030), or an error. `address` is the
 * friend's own; any other address of the component offers no service.
 */
export function answerIq(iq: XmlElement, address: string, identity: Identity = componentIdentity): XmlElement {
  const { from, to = address, type, id } = iq.attrs;
  const answer = (kind: 'result' | 'error', content?: XmlElement) =>
    createElement('iq', { from: to, to: from, id, type: kind }, content);
  const [request, ...more] = iq.children.filter((child) => typeof child !== 'string');

  if ((type !== 'get' && type !== 'set') || request === undefined || more.length > 0) {
    return answer('error', stanzaError('modify', 'bad-request'));
  }
  if (type === 'get' && to === address) {
    if (request.is('ping', pingNamespace)) return answer('result');
    if (request.is('query', discoInfo)) {
      if (request.attrs.node) return answer('error', stanzaError('cancel', 'item-not-found'));
      return answer('result', whoWeAre(identity));
    }
  }
  return answer('error', stanzaError('cancel', 'service-unavailable'));
}

/** A ping (XEP-0199 §4.1) from `address` to itself: its way there and back leads through the XMPP server. */
export function selfPing(address: string, id: string): XmlElement {
  return createElement(
    'iq',
    { from: address, to: address, type: 'get', id },
    createElement('ping', { xmlns: pingNamespace }),
  );
}

function whoWeAre(identity: Identity): XmlElement {
  return createElement(
    'query',
    { xmlns: discoInfo },
    createElement('identity', { ...identity, name: 'Befriend' }),
    ...features.map((feature) => createElement('feature', { var: feature })),
  );
}

function stanzaError(type: string, condition: string): XmlElement {
  return createElement('error', { type }, createElement(condition, { xmlns: stanzaErrors }));
}
