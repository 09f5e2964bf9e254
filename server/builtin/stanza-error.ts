import { NS, type XmlElement, xml } from './xml.ts';

/** The stanza errors that this server sends, each with its type (RFC 6120 §8.3.3). */
export const STANZA_ERROR_TYPE = {
  'bad-request': 'modify',
  'jid-malformed': 'modify',
  'not-allowed': 'cancel',
  'remote-server-not-found': 'cancel',
  'resource-constraint': 'wait',
  'service-unavailable': 'cancel',
} as const;

/** A defined condition of a stanza error. */
export type StanzaCondition = keyof typeof STANZA_ERROR_TYPE;

/**
 * The stanza on its way back, children included, with the error added (RFC 6120 §8.3.1); undefined for what is never
 * answered: errors, iq results and presence.
 */
export function bounce(stanza: XmlElement, condition: StanzaCondition, namespace: string): XmlElement | undefined {
  const { type, from, to } = stanza.attrs;
  if (type === 'error' || type === 'result' || stanza.getName() === 'presence') return undefined;
  const error = xml('error', { type: STANZA_ERROR_TYPE[condition] }, xml(condition, { xmlns: NS.stanzaErrors }));
  const attrs = { ...stanza.attrs, xmlns: namespace, from: to, to: from, type: 'error' };
  return xml(stanza.name, attrs, stanza.children, error);
}

/** The `result` of an iq (RFC 6120 §8.2.3). */
export function iqResult(request: XmlElement, namespace: string, ...payload: XmlElement[]): XmlElement {
  const { id, from, to } = request.attrs;
  return xml('iq', { xmlns: namespace, type: 'result', id, from: to, to: from }, payload);
}
