import { namespaces } from '../../protocol/frame.ts';
import type { Ended, StreamEvents, Transport } from '../../widget/core/ports.ts';
import type { ClientStream } from '../builtin/client-socket.ts';
import { DEFAULT_LIMITS } from '../builtin/limits.ts';
import { readElement } from '../builtin/read-element.ts';
import type { BuiltinServer } from '../builtin/server.ts';
import { NS, type XmlElement, xml } from '../builtin/xml.ts';
import type { Clock } from '../core/ports.ts';

export interface InProcessOptions {
  readonly builtin: BuiltinServer;
  /** The host where visitors sign in. */
  readonly domain: string;
  /** The friend's address. */
  readonly friend: string;
  readonly clock: Clock;
}

/** A person's stream to the built-in server without any WebSocket: the same stanzas, in a page and in Node. */
export function inProcessTransport(options: InProcessOptions): Transport {
  let stream: Stream | undefined;
  return {
    open(events) {
      stream = new Stream(options, events);
    },
    send: (json) => stream?.send(json) ?? false,
    ping: () => (stream?.isUp ? Promise.resolve() : new Promise(() => undefined)),
    close: async () => stream?.close(),
  };
}

/** One stream (RFC 7395 §3, SASL ANONYMOUS, bind); it ends once. */
class Stream {
  readonly #options: InProcessOptions;
  readonly #events: StreamEvents;
  readonly #stream: ClientStream;
  #state: 'dialling' | 'up' | 'ended' = 'dialling';

  constructor(options: InProcessOptions, events: StreamEvents) {
    this.#options = options;
    this.#events = events;
    this.#stream = options.builtin.accept({
      inProcess: true,
      send: (text) => this.#frame(text),
      close: () => this.#end('lost'),
    });
    options.clock.defer(() => this.#open());
  }

  get isUp(): boolean {
    return this.#state === 'up';
  }

  send(json: string): boolean {
    if (!this.isUp) return false;
    const { event, hints, json: container, payload } = namespaces;
    const body = xml('payload', { xmlns: payload, datatype: event }, xml('json', { xmlns: container }, json));
    const attrs = { to: this.#options.friend, type: 'chat' };
    this.#write(xml('message', attrs, body, xml('no-store', { xmlns: hints })));
    return true;
  }

  close(): void {
    if (this.#state === 'ended') return;
    this.#end('lost');
    this.#write(xml('close', { xmlns: NS.framing }));
    this.#stream.closed();
  }

  #open(): void {
    this.#write(xml('open', { xmlns: NS.framing, to: this.#options.domain, version: '1.0' }));
  }

  #frame(text: string): void {
    if (this.#state === 'ended') return;
    const element = readElement(text, { ...DEFAULT_LIMITS, stanzaBytes: 1_048_576 });
    if (element.is('close', NS.framing) || element.is('error', NS.stream)) this.#end('lost');
    else if (this.isUp) this.#stanza(element);
    else this.#negotiate(element);
  }

  #negotiate(element: XmlElement): void {
    if (element.getChild('mechanisms', NS.sasl)) this.#write(xml('auth', { xmlns: NS.sasl, mechanism: 'ANONYMOUS' }));
    else if (element.is('success', NS.sasl)) this.#open();
    else if (element.is('iq')) this.#bound();
    else if (element.getChild('bind', NS.bind)) {
      this.#write(xml('iq', { type: 'set', id: 'bind' }, xml('bind', { xmlns: NS.bind })));
    }
  }

  #bound(): void {
    this.#state = 'up';
    // Directed presence: the server tells the friend when this stream ends (RFC 6121 §4.6.3).
    this.#write(xml('presence', { to: this.#options.friend }));
    this.#events.up();
  }

  #stanza(stanza: XmlElement): void {
    const { from, type } = stanza.attrs;
    if (!stanza.is('message') || from !== this.#options.friend) return;
    if (type === 'error') return this.#events.bounced();
    const json = stanza.getChild('payload', namespaces.payload)?.getChild('json', namespaces.json)?.getText();
    if (json) this.#events.frame(json);
  }

  #write(element: XmlElement): void {
    element.attrs.xmlns ??= NS.client;
    this.#stream.receive(`${element}`);
  }

  #end(why: Ended): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#events.down(why);
  }
}
