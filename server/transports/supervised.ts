import type { Clock, LinkStatus, Log, Random, Transport, TransportEvents } from '../core/ports.ts';
import { backoff } from './backoff.ts';
import { formMemory } from './forms.ts';
import { fence, inbound, type TransportCounts } from './inbound.ts';
import { selfPing } from './iq.ts';
import type { LinkFailure } from './link-failure.ts';
import { type Probe, probe } from './probe.ts';
import { frameStanza } from './stanza.ts';
import { outgoing } from './stanza-tree.ts';
import type { StreamEvents, XmppStream } from './stream.ts';
import type { XmlElement } from './xml-element.ts';

/** A transport that counts what nothing came of. */
export type CountedTransport = Transport & { readonly counts: Readonly<TransportCounts> };

/** What the friend is to an XMPP server, and how its stream is opened. */
export interface SupervisedOptions {
  /** The friend's address. */
  readonly address: string;
  /** `host:port` of the server, for the log. */
  readonly place: string;
  /** Opens one stream; what comes of it is told to `events`, later and never from within the call. */
  open(events: StreamEvents): XmppStream;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A link that held this long counts as good: its loss is answered quickly again. */
const provenMs = 10_000;

/** Bytes that may wait for a server that does not read. */
const longestQueue = 16 * 1024 * 1024;

/**
 * A transport whose link is supervised: it is made again after every end, first within a second, then with full jitter
 * up to 2 s, and around every 30 s where the server refuses us. Frames of one tick are written as one piece.
 */
export function supervisedTransport(options: SupervisedOptions): CountedTransport {
  const { address, place, clock, random, log } = options;
  const retry = backoff(random);
  const stanzaId = stanzaIds(random);
  const counts: TransportCounts = { dropped: 0 };
  const forms = formMemory();

  let events: TransportEvents | undefined;
  let stream: XmppStream | undefined;
  let link: LinkStatus = { state: 'connecting' };
  let isStopping = false;
  let pending = '';
  let isFull = false;
  let cancelRetry: () => void = () => undefined;

  function tell(status: LinkStatus): void {
    link = status;
    fence(log, { link: status.state }, () => events?.link(status));
  }

  function connect(to: TransportEvents): void {
    tell({ ...link, state: 'connecting' });
    const receive = inbound({ address, events: to, forms, answer: queue, log });
    let alive: Probe | undefined;
    let cancelProven: () => void = () => undefined;

    const opened = options.open({
      up() {
        stream = opened;
        cancelProven = clock.after(provenMs, retry.reset);
        alive = probe(
          clock,
          () => queue(selfPing(address, stanzaId())),
          () => opened.abandon('silent'),
        );
        log.info('The link to the XMPP server is up', { place, address });
        tell({ state: 'up' });
      },
      stanza(stanza) {
        alive?.heard();
        receive(stanza);
      },
      backlog: () => alive?.hurry(),
      end(failure) {
        alive?.stop();
        cancelProven();
        ended(to, failure);
      },
    });
    closeStream = opened.close;
  }

  let closeStream: () => Promise<void> = async () => undefined;

  function ended(to: TransportEvents, failure: LinkFailure): void {
    stream = undefined;
    pending = '';
    isFull = false;
    if (!isStopping) {
      if (link.state === 'up' || link.reason !== failure.reason) {
        log.warn('The link to the XMPP server is down', { reason: failure.reason });
      }
      cancelRetry = clock.after(failure.state === 'refused' ? retry.slow() : retry.next(), () => connect(to));
    }
    tell(failure);
  }

  function queue(stanza: XmlElement): boolean {
    if (!stream) return false;
    if (stream.waiting + pending.length > longestQueue) {
      if (!isFull) log.warn('The XMPP server does not read; stanzas are dropped', { bytes: stream.waiting });
      isFull = true;
      return false;
    }
    isFull = false;
    if (pending === '') clock.defer(flush);
    pending += stanza.toString();
    return true;
  }

  function flush(): void {
    const piece = pending;
    pending = '';
    if (piece !== '') stream?.write(piece);
  }

  return {
    address,
    counts,

    start(to) {
      if (events || isStopping) return;
      events = to;
      connect(to);
    },

    send(to, json) {
      const isTaken = queue(frameStanza({ from: address, to, id: stanzaId() }, json, forms.of(to)));
      if (!isTaken) counts.dropped += 1;
      return isTaken;
    },

    sendStanza(stanza) {
      const element = outgoing(stanza, address);
      return element !== undefined && queue(element);
    },

    flush,

    async stop() {
      isStopping = true;
      cancelRetry();
      flush();
      await closeStream();
      if (events && link.reason !== 'Stopped.') tell({ state: 'down', reason: 'Stopped.' });
      events = undefined;
    },
  };
}

/** Ids that are unique over restarts, so that a bounce in the log names one stanza. */
function stanzaIds(random: Random): () => string {
  const run = Array.from(random.bytes(4), (byte) => byte.toString(16).padStart(2, '0')).join('');
  let count = 0;
  return () => `${run}-${(count++).toString(36)}`;
}
