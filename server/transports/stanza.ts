import { createElement } from 'ltx';
import { namespaces } from '../../protocol/frame.ts';
import { limits, utf8Length } from '../../protocol/limits.ts';
import { toXmlForm, xmlForm } from '../../protocol/xml-form.ts';
import { jsonOfXmlForm } from '../../protocol/xml-form-read.ts';
import type { MalformedReason } from '../core/ports.ts';
import { stanzaErrors } from '../core/stanzas.ts';
import type { Form } from './forms.ts';
import type { XmlElement } from './xml-element.ts';

/** Where a frame came from, and in which form. */
interface Origin {
  readonly from: string;
  readonly form: Form;
  readonly stanzaId?: string;
}

/** What one arriving stanza means to the friend's one address. */
export type Inbound =
  | (Origin & { readonly kind: 'frame'; readonly json: string })
  | (Origin & { readonly kind: 'malformed'; readonly reason: MalformedReason })
  | { readonly kind: 'gone'; readonly from: string }
  | {
      readonly kind: 'bounced';
      readonly from: string;
      readonly type: string;
      readonly condition: string;
      readonly stanzaId?: string;
    }
  /** A request that we have sent to ourselves. */
  | { readonly kind: 'own_request'; readonly iq: XmlElement }
  /** The answer to it, or to what our login has asked. */
  | { readonly kind: 'own_reply' }
  /** Anything else: a plain message, a presence, a request, a stanza to another address of the component. */
  | { readonly kind: 'stanza' };

/** Thrown where text holds a character that XML 1.0 cannot carry unchanged (XML 1.0 §2.2, §2.11). */
export class UnwritableText extends Error {
  readonly code = 'unwritable';
  /** Index of the character in the text. */
  readonly index: number;

  constructor(text: string, index: number) {
    const unit = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
    super(`XML cannot carry U+${unit} at index ${index}. Encode the frame with toJson().`);
    this.name = 'UnwritableText';
    this.index = index;
  }
}

/** Elements nested deeper than this are refused as `too_deep`. */
const stanzaDepth = 32;

/** A longer `id` is no use in a log, and is left out. */
const longestId = 256;

// U+000D is legal but arrives as U+000A, so it is left out; a lone surrogate matches as it is in no range.
const unwritable = /[^\t\n -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The address fields of a stanza that the friend sends. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly id: string;
}

/**
 * The event stanza that carries `json` (XEP-0432 payload; XEP-0335 container or XML form; XEP-0334 hint).
 * @throws UnwritableText where `json` was not escaped for XML, in whichever form it is to be written.
 */
export function frameStanza({ from, to, id }: Envelope, json: string, form: Form = 'json'): XmlElement {
  const index = json.search(unwritable);
  if (index !== -1) throw new UnwritableText(json, index);
  return createElement(
    'message',
    { from, to, type: 'chat', id },
    createElement(
      'payload',
      { xmlns: namespaces.payload, datatype: form === 'xml' ? xmlForm.event : namespaces.event },
      form === 'xml' ? toXmlForm(json, createElement) : createElement('json', { xmlns: namespaces.json }, json),
    ),
    createElement('no-store', { xmlns: namespaces.hints }),
  );
}

/** Sorts a stanza that arrived; never throws, and never recurses into it. `address` is the friend's own. */
export function readStanza(stanza: XmlElement, address: string): Inbound {
  const name = stanza.getName();
  const { from, to, type } = stanza.attrs;
  if (name === 'iq') return readIq(stanza, address);
  if (!from || (to !== undefined && to !== address)) return native;
  // A bounce carries our own JSON back: it must not be read as a frame of its sender.
  if (type === 'error') return readBounce(stanza, from);
  if (name === 'message') return readMessage(stanza, from);
  return name === 'presence' && type === 'unavailable' ? { kind: 'gone', from } : native;
}

const native: Inbound = { kind: 'stanza' };

function readIq(iq: XmlElement, address: string): Inbound {
  const { from, type } = iq.attrs;
  const isReply = type === 'result' || type === 'error';
  // Without a sender it is the server's own, to what a login has asked (RFC 6120 §8.1.2.1).
  if (isReply && (!from || from === address)) return { kind: 'own_reply' };
  return from === address ? { kind: 'own_request', iq } : native;
}

function readBounce(stanza: XmlElement, from: string): Inbound {
  const error = stanza.getChild('error');
  const condition = elementsOf(error).find((child) => child.getNS() === stanzaErrors && child.getName() !== 'text');
  return {
    kind: 'bounced',
    from,
    type: error?.attrs.type ?? 'cancel',
    condition: condition?.getName() ?? 'undefined-condition',
    ...shortId(stanza.attrs.id),
  };
}

function readMessage(message: XmlElement, from: string): Inbound {
  const payloads = message.getChildren('payload', namespaces.payload);
  const [payload] = payloads;
  if (payload === undefined) return native;
  const form = payload.attrs.datatype === xmlForm.event ? 'xml' : 'json';
  const origin = { from, form, ...shortId(message.attrs.id) } as const;
  const json = isDeeper(message, stanzaDepth) ? 'too_deep' : readPayload(payload, payloads.length);
  return typeof json === 'string'
    ? { kind: 'malformed', reason: json, ...origin }
    : { kind: 'frame', ...json, ...origin };
}

function shortId(id: string | undefined): { stanzaId?: string } {
  return id === undefined || id.length > longestId ? {} : { stanzaId: id };
}

function readPayload(payload: XmlElement, payloads: number): { json: string } | MalformedReason {
  if (payloads > 1) return 'malformed';
  const [content, ...more] = elementsOf(payload);
  switch (payload.attrs.datatype) {
    case namespaces.event:
    case xmlForm.event:
      if (content === undefined || more.length > 0 || payload.getText().trim() !== '') return 'malformed';
      return payload.attrs.datatype === namespaces.event ? readJson(content) : readXmlForm(content);
    default:
      return 'unsupported';
  }
}

function readJson(json: XmlElement): { json: string } | MalformedReason {
  if (!json.is('json', namespaces.json) || elementsOf(json).length > 0) return 'malformed';
  const text = json.getText();
  if (text === '') return 'malformed';
  const isOversize = text.length > limits.frameBytes || utf8Length(text) > limits.frameBytes;
  return isOversize ? 'too_large' : { json: text };
}

function readXmlForm(root: XmlElement): { json: string } | MalformedReason {
  const read = jsonOfXmlForm(root);
  return read.ok ? { json: read.json } : read.code;
}

function elementsOf(element: XmlElement | undefined): XmlElement[] {
  return (element?.children ?? []).filter((child) => typeof child !== 'string');
}

function isDeeper(stanza: XmlElement, levels: number): boolean {
  let level: XmlElement[] = [stanza];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === levels) return true;
    level = level.flatMap(elementsOf);
  }
  return false;
}
