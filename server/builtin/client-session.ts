import type { Clock, Log, Random } from '../core/ports.ts';
import { TokenBucket } from '../core/token-bucket.ts';
import type { ClientSocket, ClientStream } from './client-socket.ts';
import { FrameQueue } from './frame-queue.ts';
import { authenticationFeatures, bindingFeatures, closeFrame, openFrame, streamErrorFrame } from './framing.ts';
import { Keepalive } from './keepalive.ts';
import type { BuiltinLimits } from './limits.ts';
import { answerAuthentication, answerBind, requireOpen, unguessable } from './negotiation.ts';
import { readElement } from './read-element.ts';
import { type StreamCondition, StreamFault } from './stream-fault.ts';
import { NS, type XmlElement, xml } from './xml.ts';

const AUTHENTICATION_ATTEMPTS = 3;

/** Where a stream is on its way (RFC 6120 §4.3); `closing` waits for the client to close its socket. */
type Phase = 'opening' | 'authenticating' | 'restarting' | 'binding' | 'bound' | 'closing' | 'over';

/** The addresses of a bound session. */
export interface SessionAddress {
  readonly bare: string;
  readonly full: string;
}

/** What a session tells the server that holds it. */
export interface SessionEvents {
  /** It may be reached by its address from now on. */
  bound(session: ClientSession): void;
  /** It sent a stanza, in `jabber:client`, `from` not yet stamped. */
  stanza(session: ClientSession, address: SessionAddress, stanza: XmlElement): void;
  /** It was bound and cannot be reached any more. */
  left(session: ClientSession, address: SessionAddress): void;
  /** Its stream is over; called once for each session. */
  over(session: ClientSession): void;
}

/** What all sessions of one server share. */
export interface SessionSurroundings {
  readonly host: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: BuiltinLimits;
  readonly log: Log;
  readonly events: SessionEvents;
}

/** One client's stream: framing (RFC 7395), SASL ANONYMOUS, bind, its limits and its end. */
export class ClientSession implements ClientStream {
  /** Whether the client sent initial presence (RFC 6121 §4.2). */
  available = false;
  /** Addresses that are told when this session ends (RFC 6121 §4.6). */
  readonly directed = new Set<string>();
  readonly #around: SessionSurroundings;
  readonly #outgoing: FrameQueue;
  readonly #bucket: TokenBucket;
  readonly #keepalive: Keepalive | undefined;
  #phase: Phase = 'opening';
  #bareJid = '';
  #address: SessionAddress | undefined;
  #attempts = 0;
  #pings = 0;
  #cancelTimer: () => void;

  constructor(around: SessionSurroundings, socket: ClientSocket) {
    const { clock, limits } = around;
    this.#around = around;
    this.#outgoing = new FrameQueue(clock, socket, limits.clientQueue);
    this.#bucket = new TokenBucket(limits.stanzasPerSecond, limits.burst, clock.now());
    this.#cancelTimer = clock.after(limits.authentication, () =>
      this.end('connection-timeout', 'Authenticate sooner.'),
    );
    this.#keepalive = socket.inProcess ? undefined : this.#watched();
  }

  /** The addresses, once a resource is bound and until the stream ends. */
  get address(): SessionAddress | undefined {
    return this.#address;
  }

  receive(text: string): void {
    if (this.#phase === 'over' || this.#phase === 'closing') return;
    this.heard();
    try {
      if (this.#bucket.take(this.#around.clock.now()) > 0)
        throw new StreamFault('policy-violation', 'Too many stanzas.');
      this.#handle(readElement(text, this.#around.limits));
    } catch (fault) {
      this.#fail(fault);
    }
  }

  heard(): void {
    this.#keepalive?.heard();
  }

  closed(): void {
    this.#outgoing.clear();
    this.#finish();
  }

  /** Queues a stanza for the client. */
  deliver(stanza: XmlElement): void {
    if (this.#phase !== 'over' && this.#phase !== 'closing') this.#send(stanza);
  }

  /** Ends the stream with an error (RFC 6120 §4.9), then the socket. */
  end(condition: StreamCondition, text: string): void {
    if (this.#phase === 'over') return;
    const { host, random } = this.#around;
    const opening = this.#phase === 'opening' ? [openFrame(host, unguessable(random, 8))] : [];
    const last = [...opening, streamErrorFrame(condition, text), closeFrame()];
    this.#outgoing.finish(this.#phase === 'closing' ? [] : last.map(String), 1000, condition);
    this.#finish();
  }

  #fail(fault: unknown): void {
    if (fault instanceof StreamFault) {
      this.end(fault.condition, fault.message);
    } else {
      this.#around.log.error('A stanza could not be handled.', { error: String(fault) });
      this.end('internal-server-error', 'The server failed.');
    }
  }

  #handle(element: XmlElement): void {
    if (element.is('close', NS.framing) || element.is('error', NS.stream)) this.#farewell();
    else if (this.#phase === 'opening' || this.#phase === 'restarting') this.#open(element);
    else if (this.#phase === 'authenticating') this.#authenticate(element);
    else this.#stanza(element);
  }

  #stanza(element: XmlElement): void {
    requireStanza(element);
    if (this.#address) this.#around.events.stanza(this, this.#address, element);
    else this.#bind(element);
  }

  #open(element: XmlElement): void {
    const { host, random } = this.#around;
    requireOpen(element, host);
    const restarted = this.#phase === 'restarting';
    this.#phase = restarted ? 'binding' : 'authenticating';
    this.#send(openFrame(host, unguessable(random, 8)));
    this.#send(restarted ? bindingFeatures() : authenticationFeatures());
  }

  #authenticate(element: XmlElement): void {
    const answer = answerAuthentication(element);
    this.#attempts += 1;
    if (answer.is('success')) {
      this.#cancelTimer();
      this.#bareJid = `${unguessable(this.#around.random, 16)}@${this.#around.host}`;
      this.#phase = 'restarting';
    } else if (this.#attempts >= AUTHENTICATION_ATTEMPTS) {
      throw new StreamFault('policy-violation', 'Too many attempts to authenticate.');
    }
    this.#send(answer);
  }

  #bind(element: XmlElement): void {
    const { answer, resource } = answerBind(element, this.#bareJid, this.#around.random);
    this.#send(answer);
    if (resource === undefined) return;
    this.#phase = 'bound';
    this.#address = { bare: this.#bareJid, full: `${this.#bareJid}/${resource}` };
    this.#around.events.bound(this);
  }

  /** Answers `<close/>` and leaves the socket to the client for a moment (RFC 7395 §3.6). */
  #farewell(): void {
    if (this.#phase === 'opening') this.#send(openFrame(this.#around.host, unguessable(this.#around.random, 8)));
    this.#send(closeFrame());
    if (this.#phase === 'over') return;
    this.#phase = 'closing';
    this.#leave();
    this.#cancelTimer();
    this.#cancelTimer = this.#around.clock.after(this.#around.limits.farewell, () => {
      this.#outgoing.finish([], 1000, 'closed');
      this.#finish();
    });
  }

  #watched(): Keepalive {
    const { clock, limits } = this.#around;
    return new Keepalive(clock, {
      pingAfter: limits.pingAfter,
      silence: limits.silence,
      ping: () => this.#ping(),
      silent: () => this.end('connection-timeout', 'Nothing was heard.'),
    });
  }

  #ping(): void {
    if (!this.#address) return;
    this.#pings += 1;
    const attrs = { type: 'get', id: `ping-${this.#pings}`, from: this.#around.host, to: this.#address.full };
    this.deliver(xml('iq', { xmlns: NS.client, ...attrs }, xml('ping', { xmlns: NS.ping })));
  }

  #send(element: XmlElement): void {
    if (this.#outgoing.push(element.toString())) return;
    this.#outgoing.clear();
    this.end('resource-constraint', 'Too much waits for this client.');
  }

  #leave(): void {
    const address = this.#address;
    this.#address = undefined;
    if (address) this.#around.events.left(this, address);
  }

  #finish(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#cancelTimer();
    this.#keepalive?.stop();
    this.#leave();
    this.#around.events.over(this);
  }
}

function requireStanza(element: XmlElement): void {
  if (element.getNS() !== NS.client) throw new StreamFault('invalid-namespace', `Stanzas are in ${NS.client}.`);
  if (element.name !== element.getName()) throw new StreamFault('bad-namespace-prefix', 'Stanzas have no prefix.');
  if (!['iq', 'message', 'presence'].includes(element.name)) {
    throw new StreamFault('unsupported-stanza-type', 'Stanzas are iq, message and presence.');
  }
}
