import type { ErrorCode } from '../../protocol/errors.ts';
import { isLater } from '../../protocol/later.ts';
import type { Meter } from './meter.ts';
import type { Log, StanzaTree, Transport } from './ports.ts';
import type { StanzaType } from './rule.ts';

/** Namespace of the defined conditions of stanza errors (RFC 6120 §8.3.3). */
export const stanzaErrors = 'urn:ietf:params:xml:ns:xmpp-stanzas';

/** Whether an action is a native stanza on its way past the rules. */
export function isStanzaType(type: string): type is StanzaType {
  return type.startsWith('stanza.');
}

/** The type of the action that a stanza passes the rules as where nobody knows more of it. */
export function stanzaType({ name }: StanzaTree): StanzaType {
  return `stanza.${name === 'message' || name === 'presence' ? name : 'iq'}`;
}

/** A request, which has to be answered with a result or an error (RFC 6120 §8.2.3). */
export function isRequest({ name, attrs }: StanzaTree): boolean {
  return name === 'iq' && attrs.type !== 'result' && attrs.type !== 'error';
}

/** Conditions of RFC 6120 §8.3.3, each with its type, for what the table of errors says; the rest is told by `isLater`. */
const conditions: Partial<Record<ErrorCode, readonly [type: string, condition: string]>> = {
  not_found: ['cancel', 'item-not-found'],
  schema: ['modify', 'bad-request'],
  malformed: ['modify', 'bad-request'],
  too_large: ['modify', 'policy-violation'],
  too_deep: ['modify', 'policy-violation'],
  failed: ['cancel', 'internal-server-error'],
  unknown_type: ['cancel', 'service-unavailable'],
  limited: ['cancel', 'not-allowed'],
  not_open: ['cancel', 'service-unavailable'],
  id_reused: ['cancel', 'conflict'],
};

/** The stanza as an error back to who sent it (RFC 6120 §8.3.1), without what it carried. */
export function errorOf(stanza: StanzaTree, code: ErrorCode): StanzaTree {
  const [type, condition] =
    conditions[code] ?? (isLater(code) ? ['wait', 'resource-constraint'] : ['cancel', 'not-allowed']);
  const named: StanzaTree = { name: condition, attrs: { xmlns: stanzaErrors }, children: [] };
  const error: StanzaTree = { name: 'error', attrs: { type }, children: [named] };
  return answerTo(stanza, { name: stanza.name, attrs: { type: 'error' }, children: [error] });
}

/** `answer` with what it leaves out of its address: back to the sender, with the `id` of what it answers. */
function answerTo({ attrs }: StanzaTree, answer: StanzaTree): StanzaTree {
  const { from, to, id } = attrs;
  const named = answer.name === 'iq' || answer.attrs.type === 'error';
  return {
    ...answer,
    attrs: {
      ...(to === undefined ? {} : { from: to }),
      ...(from === undefined ? {} : { to: from }),
      ...(named && id !== undefined ? { id } : {}),
      ...answer.attrs,
    },
  };
}

export interface StanzasOptions {
  readonly transport: Pick<Transport, 'sendStanza' | 'address'>;
  readonly meter: Meter;
  readonly log: Log;
}

/**
 * The friend's half of RFC 6120 §8: sends native stanzas, answers each request once, says to a person that a message
 * reached nobody, and counts all else that nothing came of.
 */
export class Stanzas {
  readonly #options: StanzasOptions;

  constructor(options: StanzasOptions) {
    this.#options = options;
  }

  /** Sends; `request` fills in what `stanza` leaves out. Returns whether it was taken. Never throws. */
  send(stanza: StanzaTree, request?: StanzaTree): boolean {
    const { address } = this.#options.transport;
    const whole = request === undefined ? stanza : answerTo(request, stanza);
    try {
      return this.#options.transport.sendStanza({ ...whole, attrs: { from: address, ...whole.attrs } });
    } catch (error) {
      this.#options.meter.count('failed');
      this.#options.log.error('A native stanza could not be written', { name: stanza.name, error: String(error) });
      return false;
    }
  }

  /** A rule took it: a request that it has not answered is answered with an empty result. */
  taken(stanza: StanzaTree, sent: readonly StanzaTree[]): void {
    if (
      !isRequest(stanza) ||
      sent.some(({ name, attrs }) => name === 'iq' && attrs.type !== 'get' && attrs.type !== 'set')
    )
      return;
    this.send({ name: 'iq', attrs: { type: 'result' }, children: [] }, stanza);
  }

  /** Nothing came of it. */
  refused(stanza: StanzaTree, code: ErrorCode): void {
    // Directed presence says nothing by itself: with it the server tells later that the sender is gone (RFC 6121 §4.6).
    if (stanza.name === 'presence' && stanza.attrs.type === undefined) return;
    this.#options.meter.count(code === 'unknown_type' ? 'ignored' : 'refused');
    if (isRequest(stanza) || isSpoken(stanza)) this.send(errorOf(stanza, code), stanza);
  }
}

/** Written by a person to one receiver: an error tells him that it did not arrive (RFC 6121 §8.5). */
function isSpoken({ name, attrs, children }: StanzaTree): boolean {
  const { type = 'normal' } = attrs;
  const isChat = name === 'message' && (type === 'chat' || type === 'normal');
  return isChat && children.some((child) => typeof child !== 'string' && child.name === 'body');
}
