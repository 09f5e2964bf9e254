import type { Log, TransportEvents } from '../core/ports.ts';
import type { Forms } from './forms.ts';
import { pong } from './iq.ts';
import { type Inbound, readStanza } from './stanza.ts';
import { treeOf } from './stanza-tree.ts';
import type { XmlElement } from './xml-element.ts';

/** What a transport counts over its whole life, for the metrics. */
export interface TransportCounts {
  /** Frames that `send` did not take. */
  dropped: number;
}

/** What hands stanzas on needs to know of its transport. */
export interface InboundOptions {
  /** The friend's own address. */
  readonly address: string;
  readonly events: TransportEvents;
  /** Told of the form of each frame. */
  readonly forms: Forms;
  /** Sends the answer to our own ping. */
  answer(iq: XmlElement): void;
  readonly log?: Log | undefined;
}

/**
 * The way in that all transports share: reads a stanza and tells it to `events`. Whatever the stanza
 * holds and whatever a handler throws, the returned function does not throw: the failure is logged without any body.
 */
export function inbound(options: InboundOptions): (stanza: XmlElement) => void {
  const { address, events, forms, log, answer } = options;
  return (stanza) =>
    fence(log, { stanzaId: stanza.attrs.id?.slice(0, 256), from: stanza.attrs.from }, () => {
      const read = readStanza(stanza, address);
      if (read.kind === 'own_request') return answer(pong(read.iq));
      if (read.kind !== 'stanza') return tell(events, forms, read);
      const { tree, cut } = treeOf(stanza);
      events.stanza(tree, cut);
    });
}

/** Runs a handler of somebody else; what it throws is logged with `fields` and goes no further. */
export function fence(log: Log | undefined, fields: Readonly<Record<string, unknown>>, task: () => void): void {
  try {
    task();
  } catch (error) {
    log?.error('A handler of the transport failed', { ...fields, error: describe(error) });
  }
}

/** Name and place of a failure, without its message: that may quote what people wrote, as those of JSON.parse do. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const place = error.stack?.split('\n').find((line) => /^ +at .*:\d+:\d+\)?$/.test(line));
  return { name: error.name, place: place?.trim() };
}

function tell(events: TransportEvents, forms: Forms, read: Exclude<Inbound, { kind: 'own_request' | 'stanza' }>): void {
  switch (read.kind) {
    case 'frame':
      forms.heard(read.from, read.form);
      events.frame(read.from, read.json, read.stanzaId);
      break;
    case 'malformed':
      forms.heard(read.from, read.form);
      events.malformed(read.from, read.reason, read.stanzaId);
      break;
    case 'gone':
      forms.forget(read.from);
      events.gone(read.from);
      break;
    case 'bounced':
      events.bounced(read.from, read.type, read.condition, read.stanzaId);
      break;
    case 'own_reply':
      break;
    default:
      read satisfies never;
  }
}
