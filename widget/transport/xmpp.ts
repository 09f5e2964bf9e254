import { namespaces } from '../../protocol/frame.ts';
import type { Clock, Ended, StreamEvents, Transport } from '../core/ports.ts';
import xml from './create-element.ts';
import type { Element } from './element.ts';
import { elementsIn } from './whole-parser.ts';

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
const framingNamespace = 'urn:ietf:params:xml:ns:xmpp-framing';
const streamNamespace = 'http://etherx.jabber.org/streams';
const bindId = 'bind';
const pingId = 'ping';

/** From dialling until the resource is bound, or the stream is given up, milliseconds. */
const openLimit = 18_000;
/** Stream errors that name what was sent as their cause. */
const sendersFault = /^(bad|inv|not-w|pol|restr)/;

/** How long a closing stream is waited for. */
const closeLimit = 1_000;

/**
 * Frames over XMPP over WebSocket. The stream is ours: it is negotiated in one way only, ANONYMOUS and a resource, and the
 * general parts of @xmpp/client would weigh more than the whole of this folder.
 */
export function xmppTransport(options: XmppOptions): Transport {
  let stream: Stream | undefined;
  /** Whether the server is told all at once. One that did not come up by it is answered in turn from then on. */
  let ahead = true;
  return {
    open(events) {
      const dial = (): void => {
        stream = new Stream(options, events, ahead ? inTurn : undefined);
      };
      const inTurn = (): void => {
        ahead = false;
        dial();
      };
      dial();
    },
    send: (json) => stream?.send(json) ?? false,
    ping: () => new Promise((resolve) => stream?.ping(resolve)),
    close: async () => stream?.close(),
  };
}

/**
 * One attempt and the stream that came of it (RFC 7395 §3). It ends once and is never used again. With `inTurn` it asks
 * for what a stream's features are known to offer before they come (XEP-0305), but not over the restart of a stream, which
 * Prosody takes in a segment of its own only. Where that does not bring it up, `inTurn` is called in place of `down`.
 */
class Stream {
  readonly #options: XmppOptions;
  readonly #events: StreamEvents;
  readonly #inTurn: (() => void) | undefined;
  readonly #socket: WebSocket;
  /** A stream, ANONYMOUS, a stream anew, a resource (RFC 6120 §6 and §7): the server asks for each of them. */
  readonly #unsaid: Element[];
  readonly #cancel: () => void;
  readonly #closed: Promise<void>;
  #open = false;
  #closing = false;
  #state: 'dialling' | 'up' | 'ended' = 'dialling';
  #answered: (() => void) | undefined;

  /** Dials. */
  constructor(options: XmppOptions, events: StreamEvents, inTurn: (() => void) | undefined) {
    this.#options = options;
    this.#events = events;
    this.#inTurn = inTurn;
    const open = xml('open', { xmlns: framingNamespace, to: options.domain, version: '1.0' });
    this.#unsaid = [
      open,
      xml('auth', { xmlns: saslNamespace, mechanism: 'ANONYMOUS' }),
      open,
      xml('iq', { type: 'set', id: bindId }, xml('bind', { xmlns: bindNamespace })),
    ];
    const socket = new WebSocket(options.service, 'xmpp');
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.addEventListener('close', () => resolve(this.#end('lost'))));
    socket.addEventListener('error', () => this.#end('lost'));
    socket.addEventListener('message', ({ data }) => this.#frame(data));
    socket.addEventListener('open', () => {
      this.#open = true;
      this.#say();
      if (inTurn) this.#say();
    });
    this.#cancel = options.clock.after(openLimit, () => this.#drop('lost'));
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

  /** Closes the stream, and the socket once the server has done so too. A half-open one is not waited for. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#end('lost');
    if (this.#open) this.#write(xml('close', { xmlns: framingNamespace }));
    else this.#socket.close();
    let cancel: (() => void) | undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(closeLimit, resolve);
    });
    await Promise.race([this.#closed, late]);
    cancel?.();
    this.#socket.close();
  }

  #say(): void {
    const next = this.#unsaid.shift();
    if (next) this.#write(next);
  }

  #frame(frame: string): void {
    let elements: Element[];
    try {
      elements = elementsIn(frame);
    } catch {
      return this.#drop('lost');
    }
    for (const element of elements) this.#heard(element);
  }

  #heard(element: Element): void {
    if (element.is('close', framingNamespace)) this.#ended();
    else if (element.is('error', streamNamespace)) this.#faulted(element.getChildElements()[0]?.name ?? '');
    else if (this.#state === 'up') this.#stanza(element);
    else this.#negotiate(element);
  }

  #negotiate(element: Element): void {
    const isIn = element.is('success', saslNamespace);
    if (isIn || (!this.#inTurn && element.is('features', streamNamespace))) this.#say();
    if (isIn && this.#inTurn) this.#say();
    if (element.is('failure', saslNamespace)) this.#drop('refused');
    else if (element.is('iq') && element.attrs.id === bindId) this.#bound(element.attrs.type === 'result');
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
    this.#drop(condition === 'host-unknown' ? 'refused' : sendersFault.test(condition) ? 'broken' : 'lost');
  }

  /** refused: the host is not served, or does not let visitors in; trying again cannot mend that. */
  #drop(why: Ended): void {
    this.#end(why);
    void this.close();
  }

  /** The other side has closed the stream (RFC 7395 §3.6). */
  #ended(): void {
    this.#end('lost');
    if (this.#closing) this.#socket.close();
  }

  #end(why: Ended): void {
    if (this.#state === 'ended') return;
    const isEarly = this.#inTurn && this.#open && !this.#closing && this.#state === 'dialling';
    this.#state = 'ended';
    this.#cancel();
    if (isEarly) this.#inTurn?.();
    else this.#events.down(why);
  }

  #write(element: Element): void {
    element.attrs.xmlns ??= 'jabber:client';
    this.#socket.send(`${element}`);
  }
}
