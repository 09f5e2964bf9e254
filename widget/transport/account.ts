import Socket from '@xmpp/websocket/lib/Socket.js';
import { namespaces } from '../../protocol/frame.ts';
import type { Clock } from '../core/ports.ts';
import xml from './create-element.ts';
import type { Element } from './element.ts';
import { elementsIn } from './whole-parser.ts';

export interface AccountOptions {
  /** The XMPP server's WebSocket (RFC 7395): `wss:`, or of this machine. */
  readonly service: string;
  readonly friend: string;
  /** Bare. */
  readonly jid: string;
  readonly password: string;
  readonly clock: Clock;
}

/**
 * Why an account has said nothing. `insecure`: the password would go in the clear · `refused`: address or password is wrong,
 * or the server has no such accounts · `unreachable`: no answer in time.
 */
export type AccountFault = 'insecure' | 'refused' | 'unreachable';

/** What the friend has answered, as JSON text, or why there is none. */
export type AccountAnswer = { readonly frame: string } | { readonly fault: AccountFault };

const saslNamespace = 'urn:ietf:params:xml:ns:xmpp-sasl';
const bindNamespace = 'urn:ietf:params:xml:ns:xmpp-bind';
const framingNamespace = 'urn:ietf:params:xml:ns:xmpp-framing';
const streamNamespace = 'http://etherx.jabber.org/streams';
const bindId = 'bind';

/** From dialling until the friend has answered, milliseconds. */
const patience = 15_000;

/** Whether a password may be sent there: encrypted, or never leaving this machine. */
export function isSafe(service: string): boolean {
  if (!URL.canParse(service)) return false;
  const { protocol, hostname } = new URL(service);
  return protocol === 'wss:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/**
 * Says one frame to the friend as an XMPP account, over a stream of its own that ends with the answer: SASL PLAIN (RFC 4616)
 * and a resource. It shows no presence, so it is no client of that account to anybody. Never rejects.
 */
export function sayAsAccount(options: AccountOptions, frame: string): Promise<AccountAnswer> {
  if (!isSafe(options.service)) return Promise.resolve({ fault: 'insecure' });
  return new Promise((resolve) => new Saying(options, frame, resolve).dial());
}

class Saying {
  readonly #options: AccountOptions;
  readonly #frame: string;
  readonly #resolve: (answer: AccountAnswer) => void;
  readonly #socket = new Socket();
  readonly #cancel: () => void;
  #isOver = false;

  constructor(options: AccountOptions, frame: string, resolve: (answer: AccountAnswer) => void) {
    this.#options = options;
    this.#frame = frame;
    this.#resolve = resolve;
    this.#socket.on('connect', () => this.#opened());
    this.#socket.on('data', (data) => this.#heard(data));
    for (const end of ['error', 'close'] as const) this.#socket.on(end, () => this.#end({ fault: 'unreachable' }));
    this.#cancel = options.clock.after(patience, () => this.#end({ fault: 'unreachable' }));
  }

  dial(): void {
    this.#socket.connect(this.#options.service);
  }

  /** Begins a stream in the open socket (RFC 6120 §4.3.3). */
  #opened(): void {
    const to = this.#options.jid.replace(/^[^@]*@/, '');
    this.#write(xml('open', { xmlns: framingNamespace, to, version: '1.0' }));
  }

  #heard(data: string): void {
    let elements: Element[];
    try {
      elements = elementsIn(data);
    } catch {
      return this.#end({ fault: 'unreachable' });
    }
    for (const element of elements) if (!this.#isOver) this.#take(element);
  }

  #take(element: Element): void {
    const mechanisms = element.getChild('mechanisms', saslNamespace);
    if (mechanisms) this.#authenticate(mechanisms);
    else if (element.is('success', saslNamespace)) this.#opened();
    else if (element.is('failure', saslNamespace) || element.is('error', streamNamespace)) {
      this.#end({ fault: 'refused' });
    } else if (element.getChild('bind', bindNamespace) && element.name !== 'iq') {
      this.#write(xml('iq', { type: 'set', id: bindId }, xml('bind', { xmlns: bindNamespace })));
    } else if (element.is('iq') && element.attrs.id === bindId) this.#bound(element.attrs.type === 'result');
    else this.#answered(element);
  }

  #authenticate(mechanisms: Element): void {
    const offered = mechanisms.getChildElements().map((mechanism) => mechanism.text());
    if (!offered.includes('PLAIN')) return this.#end({ fault: 'refused' });
    const { jid, password } = this.#options;
    const bytes = new TextEncoder().encode(`\0${jid.replace(/@.*$/, '')}\0${password}`);
    const credentials = btoa(String.fromCharCode(...bytes));
    this.#write(xml('auth', { xmlns: saslNamespace, mechanism: 'PLAIN' }, credentials));
  }

  #bound(ok: boolean): void {
    if (!ok) return this.#end({ fault: 'unreachable' });
    const { event, hints, json, payload } = namespaces;
    const body = xml('payload', { xmlns: payload, datatype: event }, xml('json', { xmlns: json }, this.#frame));
    // What is said here is for the friend alone: no other client of the account gets a copy (XEP-0280 §6.1).
    const alone = [
      xml('no-store', { xmlns: hints }),
      xml('no-copy', { xmlns: hints }),
      xml('private', { xmlns: 'urn:xmpp:carbons:2' }),
    ];
    this.#write(xml('message', { to: this.#options.friend, type: 'chat' }, body, ...alone));
  }

  #answered(element: Element): void {
    const { from, type } = element.attrs;
    if (!element.is('message') || from !== this.#options.friend) return;
    if (type === 'error') return this.#end({ fault: 'unreachable' });
    const frame = element.getChild('payload', namespaces.payload)?.getChildText('json', namespaces.json);
    if (frame) this.#end({ frame });
  }

  #end(answer: AccountAnswer): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancel();
    if (this.#socket.socket) {
      this.#write(xml('close', { xmlns: framingNamespace }));
      this.#socket.end();
    }
    this.#resolve(answer);
  }

  #write(element: Element): void {
    element.attrs.xmlns ??= 'jabber:client';
    this.#socket.write(`${element}`, (error) => error && this.#end({ fault: 'unreachable' }));
  }
}
