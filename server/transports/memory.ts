import { parse } from 'ltx';
import type { Log, StanzaLink, Transport, TransportEvents } from '../core/ports.ts';
import { formMemory } from './forms.ts';
import { fence, inbound, type TransportCounts } from './inbound.ts';
import { frameStanza } from './stanza.ts';
import { outgoing } from './stanza-tree.ts';
import type { XmlElement } from './xml-element.ts';

/** How a transport inside one process, or one page, reaches its XMPP server. */
export interface MemoryTransportOptions {
  /** The friend's address, as the server routes it to `link`. */
  readonly address: string;
  readonly link: StanzaLink;
  /** Where a failing handler is reported; without it nothing is said. */
  readonly log?: Log;
}

/** The transport over a stream of stanzas in the same process: no socket, no Node, nothing batched. */
export function memoryTransport({
  address,
  link,
  log,
}: MemoryTransportOptions): Transport & { readonly counts: Readonly<TransportCounts> } {
  const counts: TransportCounts = { dropped: 0 };
  const forms = formMemory();
  let events: TransportEvents | undefined;
  let isUp = false;
  let sent = 0;

  function tell(status: Parameters<TransportEvents['link']>[0]): void {
    isUp = status.state === 'up';
    fence(log, { link: status.state }, () => events?.link(status));
  }

  function read(xml: string): XmlElement | null {
    try {
      return parse(xml);
    } catch {
      log?.warn('A stanza was not well-formed XML and is left out', { length: xml.length });
      return null;
    }
  }

  return {
    address,
    counts,

    start(to) {
      events = to;
      const answer = (iq: XmlElement): void => link.send(iq.toString());
      const receive = inbound({ address, events: to, forms, answer, log });
      tell({ state: 'connecting' });
      link.open({
        stanza(xml) {
          const stanza = events && read(xml);
          if (stanza) receive(stanza);
        },
        up: () => tell({ state: 'up' }),
        down: (reason) => tell({ state: 'down', reason }),
      });
    },

    send(to, json) {
      const id = `f${(sent++).toString(36)}`;
      const stanza = frameStanza({ from: address, to, id }, json, forms.of(to));
      if (!isUp) {
        counts.dropped += 1;
        return false;
      }
      link.send(stanza.toString());
      return true;
    },

    sendStanza(stanza) {
      const element = outgoing(stanza, address);
      if (!isUp || element === undefined) return false;
      link.send(element.toString());
      return true;
    },

    async stop() {
      if (!events) return;
      tell({ state: 'down', reason: 'Stopped.' });
      events = undefined;
      link.close();
    },
  };
}
