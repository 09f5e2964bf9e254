import type { Random } from '../core/ports.ts';
import { isResource } from './jid.ts';
import { bounce, iqResult, type StanzaCondition } from './stanza-error.ts';
import { StreamFault } from './stream-fault.ts';
import { NS, type XmlElement, xml } from './xml.ts';

/**
 * Checks the first message of a stream (RFC 7395 §3.4).
 *
 * @throws StreamFault `not-authorized` (a stanza came first), `invalid-namespace`, `unsupported-version`, `host-unknown`.
 */
export function requireOpen(element: XmlElement, host: string): void {
  if (element.getNS() === NS.client) throw new StreamFault('not-authorized', 'Open a stream first.');
  if (!element.is('open', NS.framing))
    throw new StreamFault('invalid-namespace', `Send <open xmlns='${NS.framing}'/>.`);
  if (!/^1\.\d+$/.test(element.attrs.version ?? '')) throw new StreamFault('unsupported-version', 'Send version 1.0.');
  if (element.attrs.to?.toLowerCase() !== host) throw new StreamFault('host-unknown', `This server is ${host}.`);
}

/**
 * The answer to one SASL element: `success` or `failure` (RFC 6120 §6.4).
 *
 * @throws StreamFault `not-authorized` when the element is not about authentication.
 */
export function answerAuthentication(element: XmlElement): XmlElement {
  if (element.getNS() !== NS.sasl) throw new StreamFault('not-authorized', 'Authenticate first.');
  if (element.is('abort')) return failure('aborted');
  if (!element.is('auth')) return failure('malformed-request');
  if (element.attrs.mechanism !== 'ANONYMOUS') return failure('invalid-mechanism');
  return xml('success', { xmlns: NS.sasl });
}

function failure(condition: string): XmlElement {
  return xml('failure', { xmlns: NS.sasl }, xml(condition));
}

/** The answer to a bind request, and the resource where it was granted. */
export interface BindAnswer {
  readonly answer: XmlElement;
  readonly resource?: string;
}

/**
 * Binds the resource that the client asks for, or one that nobody can guess (RFC 6120 §7.6, §7.7). There is one
 * connection for each anonymous user, so a conflict cannot be.
 *
 * @throws StreamFault `not-authorized` when the element is no bind request.
 */
export function answerBind(request: XmlElement, bareJid: string, random: Random): BindAnswer {
  const bind = request.is('iq', NS.client) ? request.getChild('bind', NS.bind) : undefined;
  if (!bind) throw new StreamFault('not-authorized', 'Bind a resource first.');
  const resource = bind.getChild('resource', NS.bind)?.getText() || unguessable(random, 8);
  if (request.attrs.type !== 'set' || !request.attrs.id || !isResource(resource)) {
    return { answer: refusal(request, 'bad-request') };
  }
  const jid = xml('jid', {}, `${bareJid}/${resource}`);
  return { answer: iqResult(request, NS.client, xml('bind', { xmlns: NS.bind }, jid)), resource };
}

function refusal(request: XmlElement, condition: StanzaCondition): XmlElement {
  return bounce(request, condition, NS.client) ?? xml('iq', { xmlns: NS.client, type: 'error', id: request.attrs.id });
}

/** `bytes` random bytes in lower-case hexadecimal digits. */
export function unguessable(random: Random, bytes: number): string {
  return Array.from(random.bytes(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
