import { Client, type Element, xml } from '@xmpp/client-core';
import iqCaller from '@xmpp/iq/caller.js';
import middleware from '@xmpp/middleware';
import resourceBinding from '@xmpp/resource-binding';
import sasl from '@xmpp/sasl';
import saslAnonymous from '@xmpp/sasl-anonymous';
import streamFeatures from '@xmpp/stream-features';
import websocket from '@xmpp/websocket';
import SaslFactory from 'saslmechanisms';
import { namespaces } from '../../protocol/frame.ts';
import type { Clock, StreamEvents, Transport } from '../core/ports.ts';

export interface XmppOptions {
  /** The XMPP server's WebSocket (RFC 7395), `wss://example.com/xmpp-websocket`. */
  readonly service: string;
  /** The host where visitors sign in by SASL ANONYMOUS (RFC 4505). */
  readonly domain: string;
  /** The friend's address: the only one that is written to, and the only one that is listened to. */
  readonly friend: string;
  readonly clock: Clock;
}

/** From dialling until the resource is bound, milliseconds. */
const openLimit = 18_000;
/** How long a closing stream is waited for. */
const closeLimit = 1_000;

/**
 * Frames over XMPP over WebSocket. Composed by hand from the parts of @xmpp/client: without reconnection (ours
 * decides by what went wrong), resolving, stream management and what needs a secure page.
 */
export function xmppTransport(options: XmppOptions): Transport {
  let stream: Stream | undefined;
  return {
    open(events) {
      stream = new Stream(options, events);
      stream.dial();
    },
    send: (json) => stream?.send(json) ?? false,
    close: async () => stream?.close(),
  };
}

/** One attempt and the stream that came of it. It ends once and is never used again. */
class Stream {
  readonly #options: XmppOptions;
  readonly #events: StreamEvents;
  readonly #client: Client;
  #state: 'dialling' | 'up' | 'ended' = 'dialling';
  #refused = false;
  #cancel: () => void;

  constructor(options: XmppOptions, events: StreamEvents) {
    this.#options = options;
    this.#events = events;
    this.#client = compose(options);
    this.#client.on('error', (error) => this.#failed(error));
    this.#client.on('disconnect', () => this.#end());
    this.#client.on('online', () => this.#online());
    this.#client.on('stanza', (stanza) => this.#stanza(stanza));
    this.#cancel = options.clock.after(openLimit, () => this.#drop());
  }

  /** Connects and opens; never `start()`, which can hang or reject unseen when the socket ends in between. */
  dial(): void {
    const { domain, service } = this.#options;
    this.#client
      .connect(service)
      .then(() => this.#client.open({ domain }))
      .catch(() => this.#drop());
  }

  send(json: string): boolean {
    if (this.#state !== 'up') return false;
    const { event, hints, json: container, payload } = namespaces;
    const body = xml('payload', { xmlns: payload, datatype: event }, xml('json', { xmlns: container }, json));
    this.#write(xml('message', { to: this.#options.friend, type: 'chat' }, body, xml('no-store', { xmlns: hints })));
    return true;
  }

  async close(): Promise<void> {
    this.#end();
    const late = new Promise<void>((resolve) => this.#options.clock.after(closeLimit, resolve));
    await Promise.race([this.#client.disconnect().catch(() => undefined), late]);
  }

  #online(): void {
    if (this.#state !== 'dialling') return;
    this.#state = 'up';
    this.#cancel();
    // Directed presence: the server tells the friend when this stream dies (RFC 6121 §4.6.3).
    this.#write(xml('presence', { to: this.#options.friend }));
    this.#events.up();
  }

  #stanza(stanza: Element): void {
    if (this.#state !== 'up' || !stanza.is('message') || stanza.attrs.from !== this.#options.friend) return;
    if (stanza.attrs.type === 'error') return this.#events.bounced();
    const json = stanza.getChild('payload', namespaces.payload)?.getChildText('json', namespaces.json);
    if (json) this.#events.frame(json);
  }

  /** What trying again cannot mend: the host is not served, or does not let visitors in. */
  #failed(error: { name?: string; condition?: string }): void {
    this.#refused ||= error.name === 'SASLError' || error.condition === 'host-unknown';
    if (this.#refused) this.#drop();
  }

  #drop(): void {
    this.#end();
    this.#client.disconnect().catch(() => undefined);
  }

  #end(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#cancel();
    this.#events.down(this.#refused ? 'refused' : 'lost');
  }

  #write(stanza: Element): void {
    this.#client.send(stanza).catch(() => this.#drop());
  }
}

function compose({ service, domain }: XmppOptions): Client {
  const entity = new Client({ service, domain, timeout: 8_000 });
  websocket({ entity });
  const layers = middleware({ entity });
  const features = streamFeatures({ middleware: layers });
  const saslFactory = new SaslFactory();
  saslAnonymous(saslFactory);
  sasl({ streamFeatures: features, saslFactory }, (authenticate) => authenticate({}, 'ANONYMOUS'));
  resourceBinding({ streamFeatures: features, iqCaller: iqCaller({ entity, middleware: layers }) });
  return entity;
}
