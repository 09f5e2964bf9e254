import type { StreamCondition } from './stream-fault.ts';
import { NS, type XmlElement, xml } from './xml.ts';

/** The server's answer to `<open/>` (RFC 7395 §3.4). */
export function openFrame(host: string, id: string): XmlElement {
  return xml('open', { xmlns: NS.framing, from: host, id, version: '1.0', 'xml:lang': 'en' });
}

/** The end of a stream (RFC 7395 §3.6). */
export function closeFrame(): XmlElement {
  return xml('close', { xmlns: NS.framing });
}

/** What a client may do before it is authenticated: SASL ANONYMOUS (RFC 6120 §6.4.1, RFC 4505). */
export function authenticationFeatures(): XmlElement {
  return features(xml('mechanisms', { xmlns: NS.sasl }, xml('mechanism', {}, 'ANONYMOUS')));
}

/** What it must do afterwards: bind a resource (RFC 6120 §7.3); the old session request may be left out. */
export function bindingFeatures(): XmlElement {
  return features(xml('bind', { xmlns: NS.bind }), xml('session', { xmlns: NS.session }, xml('optional')));
}

/** A stream error (RFC 6120 §4.9) with a text for who reads the log. */
export function streamErrorFrame(condition: StreamCondition, text: string): XmlElement {
  return xml(
    'stream:error',
    { 'xmlns:stream': NS.stream },
    xml(condition, { xmlns: NS.streamErrors }),
    xml('text', { xmlns: NS.streamErrors, 'xml:lang': 'en' }, text),
  );
}

function features(...offered: XmlElement[]): XmlElement {
  return xml('stream:features', { 'xmlns:stream': NS.stream }, offered);
}
