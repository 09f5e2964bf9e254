import type { Log, TransportEvents } from '../core/ports.ts';
import type { Forms } from './forms.ts';
import { answerIq, type Identity } from './iq.ts';
import { type Inbound, readStanza } from './stanza.ts';
import type { XmlElement } from './xml-element.ts';

/** What a transport counts over its whole life, for the metrics. */
export interface TransportCounts {
  /** Stanzas that are nothing of the friend's: plain messages, presence, stanzas to other addresses. */
  ignored: number;
  /** Frames that `send` did not take. */
  dropped: number;
}

/** What hands stanzas on needs to know of its transport. */
export interface InboundOptions {
  /** The friend's own address. */
  readonly address: string;
  /** What discovery says of it; a component unless told. */
  readonly identity?: Identity;
  readonly events: TransportEvents;
  /** Told of the form of each frame. */
  readonly forms: Forms;
  /** Sends the answer to an IQ. */
  answer(iq: XmlElement): void;
  readonly counts: TransportCounts;
  readonly log?: Log | undefined;
}

/**
 * The way in that all transports share: reads a stanza, answers IQs and tells the rest to `events`. Whatever the stanza
 * holds and whatever a handler throws, the returned function does not throw: the failure is logged without any body.
 */
export function inbound(options: InboundOptions): (stanza: XmlElement) => void {
  const { address, identity, events, forms, log, counts, answer } = options;
  return (stanza) =>
    fence(log, { stanzaId: stanza.attrs.id?.slice(0, 256), from: stanza.attrs.from }, () => {
      const read = readStanza(stanza, address);
      if (read.kind === 'request') answer(answerIq(read.iq, address, identity));
      else if (read.kind === 'other') counts.ignored += 1;
      else tell(events, forms, read);
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

function tell(events: TransportEvents, forms: Forms, read: Exclude<Inbound, { kind: 'request' | 'other' }>): void {
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
      events.bounced(read.from, read.type, read.condition);
      break;
    case 'reply':
      break;
    default:
      read satisfies never;
  }
}
