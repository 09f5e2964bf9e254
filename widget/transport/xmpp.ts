import { Client, type Element, xml } from '@xmpp/client-core';
import websocket from '@xmpp/websocket';
import { namespaces } from '../../protocol/frame.ts';
import type { Clock, Ended, StreamEvents, Transport } from '../core/ports.ts';

export interface XmppOptions {
  /** The XMPP server's WebSocket (RFC 7395), `wss://example.com/xmpp-websocket`. */
  readonly service: string;
  /** The host where visitors sign in by SASL ANONYMOUS (RFC 4505). */
  readonly domain: string;
  /** The friend's address: the only one that is written to, and the only one that is listened to. */
  readonly friend: string;
  readonly clock: Clock;
}

const saslNamespace = 'urn:ietf:params:xml:ns:xmpp-sasl';
const bindNamespace = 'urn:ietf:params:xml:ns:xmpp-bind';
const pingNamespace = 'urn:xmpp:ping';
const bindId = 'bind';
const pingId = 'ping';

/** From dialling until the resource is bound, milliseconds. */
const openLimit = 18_000;
/** Stream errors that name what was sent as their cause. */
const sendersFault = /^(bad|inv|not-w|pol|restr)/;

/** How long a closing stream is waited for. */
const closeLimit = 1_000;

/**
 * Frames over XMPP over WebSocket. Of @xmpp/client it takes the stream and the socket. The negotiation is ours: it has
 * one way only, ANONYMOUS and a resource, and the general parts would weigh more than the whole of this folder.
 */
export function xmppTransport(options: XmppOptions): Transport {
  let stream: Stream | undefined;
  return {
    open(events) {
      stream = new Stream(options, events);
      stream.dial();
    },
    send: (json) => stream?.send(json) ?? false,
    ping: () => new Promise((resolve) => stream?.ping(resolve)),
    close: async () => stream?.close(),
  };
}

/** One attempt and the stream that came of it. It ends once and is never used again. */
class Stream {
  readonly #options: XmppOptions;
  readonly #events: StreamEvents;
  readonly #client: Client;
  readonly #cancel: () => void;
  #state: 'dialling' | 'up' | 'ended' = 'dialling';
  #why: Ended = 'lost';
  #answered: (() => void) | undefined;

  constructor(options: XmppOptions, events: StreamEvents) {
    const { domain, service } = options;
    this.#options = options;
    this.#events = events;
    this.#client = new Client({ service, domain, timeout: 8_000 });
    websocket({ entity: this.#client });
    this.#client.on('error', ({ condition = '' }) => this.#faulted(condition));
    this.#client.on('disconnect', () => this.#end(this.#why));
    this.#client.on('element', (element) => (this.#state === 'up' ? this.#stanza(element) : this.#negotiate(element)));
    this.#cancel = options.clock.after(openLimit, () => this.#drop('lost'));
  }

  /** Connects and opens; never `start()`, which can hang or reject unseen when the socket ends in between. */
  dial(): void {
    const { domain, service } = this.#options;
    this.#client
      .connect(service)
      .then(() => this.#client.open({ domain }))
      .catch(() => this.#drop('lost'));
  }

  send(json: string): boolean {
    if (this.#state !== 'up') return false;
    const { event, hints, json: container, payload } = namespaces;
    const body = xml('payload', { xmlns: payload, datatype: event }, xml('json', { xmlns: container }, json));
    this.#write(xml('message', { to: this.#options.friend, type: 'chat' }, body, xml('no-store', { xmlns: hints })));
    return true;
  }

  ping(answered: () => void): void {
    if (this.#state !== 'up') return;
    this.#answered = answered;
    const { domain } = this.#options;
    this.#write(xml('iq', { to: domain, type: 'get', id: pingId }, xml('ping', { xmlns: pingNamespace })));
  }

  async close(): Promise<void> {
    this.#end('lost');
    let cancel: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(closeLimit, resolve);
    });
    await Promise.race([this.#client.disconnect().catch(() => undefined), late]);
    cancel?.();
  }

  /** ANONYMOUS, a new stream, a resource (RFC 6120 §6 and §7). */
  #negotiate(element: Element): void {
    if (element.getChild('mechanisms', saslNamespace)) {
      this.#write(xml('auth', { xmlns: saslNamespace, mechanism: 'ANONYMOUS' }));
    } else if (element.is('success', saslNamespace)) this.#client.restart().catch(() => this.#drop('lost'));
    else if (element.is('failure', saslNamespace)) this.#drop('refused');
    else if (element.getChild('bind', bindNamespace) && element.name !== 'iq') {
      this.#write(xml('iq', { type: 'set', id: bindId }, xml('bind', { xmlns: bindNamespace })));
    } else if (element.is('iq') && element.attrs.id === bindId) this.#bound(element.attrs.type === 'result');
  }

  #bound(ok: boolean): void {
    if (!ok) return this.#drop('lost');
    if (this.#state !== 'dialling') return;
    this.#state = 'up';
    this.#cancel();
    // Directed presence: the server tells the friend when this stream dies (RFC 6121 §4.6.3).
    this.#write(xml('presence', { to: this.#options.friend }));
    this.#events.up();
  }

  #stanza(stanza: Element): void {
    const { from, id, type } = stanza.attrs;
    if (id === pingId && from === this.#options.domain) this.#answered?.();
    if (!stanza.is('message') || from !== this.#options.friend) return;
    if (type === 'error') return this.#events.bounced();
    const json = stanza.getChild('payload', namespaces.payload)?.getChildText('json', namespaces.json);
    if (json) this.#events.frame(json);
  }

  /** A stream error (RFC 6120 §4.9.3): of the host, of what was sent, or of the server's own affairs. */
  #faulted(condition: string): void {
    if (condition === 'host-unknown') this.#drop('refused');
    else if (sendersFault.test(condition)) this.#why = 'broken';
  }

  /** refused: the host is not served, or does not let visitors in; trying again cannot mend that. */
  #drop(why: Ended): void {
    this.#end(why);
    this.#client.disconnect().catch(() => undefined);
  }

  #end(why: Ended): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#cancel();
    this.#events.down(why);
  }

  #write(stanza: Element): void {
    this.#client.send(stanza).catch(() => this.#drop('lost'));
  }
}
