import { bounce, iqResult } from './stanza-error.ts';
import { NS, type XmlElement, xml } from './xml.ts';

/**
 * What the server itself answers to an iq for its host, or for the account of the client that asks: a ping (XEP-0199),
 * disco#info (XEP-0030 §3) and the old session request (RFC 3921 §3). Everything else is `service-unavailable`
 * (RFC 6120 §8.4). Undefined for results and errors, which are not answered.
 */
export function answerQuery(iq: XmlElement, namespace: string, about: 'server' | 'account'): XmlElement | undefined {
  const { type } = iq.attrs;
  const query = iq.getChildElements()[0];
  if (type === 'get' && query?.is('ping', NS.ping)) return iqResult(iq, namespace);
  if (type === 'set' && query?.is('session', NS.session)) return iqResult(iq, namespace);
  if (type === 'get' && query?.is('query', NS.discoInfo) && query.attrs.node === undefined) {
    return iqResult(iq, namespace, description(about));
  }
  return bounce(iq, 'service-unavailable', namespace);
}

function description(about: 'server' | 'account'): XmlElement {
  const identity = about === 'server' ? { category: 'server', type: 'im' } : { category: 'account', type: 'anonymous' };
  return xml(
    'query',
    { xmlns: NS.discoInfo },
    xml('identity', identity),
    xml('feature', { var: NS.discoInfo }),
    xml('feature', { var: NS.ping }),
  );
}
