import type { Log } from '../core/ports.ts';
import type { ClientSession, SessionAddress } from './client-session.ts';
import type { ComponentLink } from './component-link.ts';
import { type Jid, parseJid } from './jid.ts';
import type { BuiltinLimits } from './limits.ts';
import { answerQuery } from './server-query.ts';
import { bounce, type StanzaCondition } from './stanza-error.ts';
import { NS, restamped, type XmlElement, xml } from './xml.ts';

const SUBSCRIPTION_TYPES = new Set(['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed']);
const IQ_TYPES = new Set(['get', 'set', 'result', 'error']);

/**
 * Carries stanzas between clients and components (RFC 6120 §10). Between two clients it carries nothing: that is the
 * fence around visitors.
 */
export class Router {
  readonly #host: string;
  readonly #limits: BuiltinLimits;
  readonly #log: Log;
  readonly #sessions = new Map<string, ClientSession>();
  readonly #links = new Map<string, ComponentLink>();

  constructor(host: string, limits: BuiltinLimits, log: Log) {
    this.#host = host;
    this.#limits = limits;
    this.#log = log;
  }

  /** Makes the session reachable; an anonymous user has one, so its bare JID finds it. */
  bound(session: ClientSession): void {
    if (session.address) this.#sessions.set(session.address.bare, session);
  }

  /** Forgets the session, and tells whom it had sent directed presence to (RFC 6121 §4.6.3). */
  left(session: ClientSession, address: SessionAddress): void {
    this.#sessions.delete(address.bare);
    this.#withdraw(session, address);
  }

  /** Whether the domain was free and is now this link's. */
  attach(link: ComponentLink): boolean {
    if (this.#links.has(link.domain)) return false;
    this.#links.set(link.domain, link);
    return true;
  }

  /** Frees the domain of this link. */
  detach(link: ComponentLink): void {
    if (this.#links.get(link.domain) === link) this.#links.delete(link.domain);
  }

  /** All open links. */
  links(): ComponentLink[] {
    return [...this.#links.values()];
  }

  /** Routes a client's stanza; its `from` becomes the session's full JID (RFC 6120 §8.1.2.1). */
  fromClient(session: ClientSession, address: SessionAddress, stanza: XmlElement): void {
    const bare = stanza.name === 'presence' && SUBSCRIPTION_TYPES.has(stanza.attrs.type ?? '');
    const stamped = restamped(stanza, NS.client, { from: bare ? address.bare : address.full });
    if (stamped.name === 'presence') {
      this.#presence(session, address, stamped);
      return;
    }
    const to = parseJid(stamped.attrs.to ?? address.bare);
    const condition = to ? this.#fromClientTo(to, address, stamped, session) : 'jid-malformed';
    const returned = condition && bounce(stamped, condition, NS.client);
    if (returned) session.deliver(returned);
  }

  /** Routes a component's stanza; dropped unless its `from` is of the component's own domain. */
  fromComponent(link: ComponentLink, stanza: XmlElement): void {
    const from = parseJid(stanza.attrs.from ?? '');
    const to = parseJid(stanza.attrs.to ?? '');
    if (from?.domain !== link.domain || !to) {
      this.#log.warn('A stanza with an invalid address was dropped.', { domain: link.domain, name: stanza.name });
      return;
    }
    const condition = to.domain === this.#host ? this.#toHost(link, to, stanza) : this.#toComponent(to, stanza);
    const returned = condition && bounce(stanza, condition, NS.component);
    if (returned) link.offer(returned);
  }

  #fromClientTo(
    to: Jid,
    address: SessionAddress,
    stanza: XmlElement,
    session: ClientSession,
  ): StanzaCondition | undefined {
    const { type, id } = stanza.attrs;
    if (stanza.name === 'iq' && (!id || !IQ_TYPES.has(type ?? ''))) return 'bad-request';
    if (to.domain !== this.#host) return this.#toComponent(to, stanza);
    const account = to.full === address.bare;
    if (stanza.name !== 'iq' || !(account || to.full === this.#host)) return 'service-unavailable';
    const answer = answerQuery(stanza, NS.client, account ? 'account' : 'server');
    if (answer) session.deliver(answer);
    return undefined;
  }

  #presence(session: ClientSession, address: SessionAddress, presence: XmlElement): void {
    const { to, type } = presence.attrs;
    if (to === undefined) {
      if (type === undefined) session.available = true;
      if (type === 'unavailable') this.#withdraw(session, address);
      return;
    }
    const target = parseJid(to);
    if (!target || !this.#links.has(target.domain)) return;
    if (type === undefined) {
      if (session.directed.size >= this.#limits.directedPresence && !session.directed.has(target.full)) return;
      session.directed.add(target.full);
    }
    if (type === 'unavailable') session.directed.delete(target.full);
    this.#toComponent(target, presence);
  }

  #withdraw(session: ClientSession, address: SessionAddress): void {
    const addresses = [...session.directed];
    session.directed.clear();
    session.available = false;
    for (const to of addresses) {
      const target = parseJid(to);
      const gone = xml('presence', { from: address.full, to, type: 'unavailable' });
      if (target) this.#toComponent(target, gone);
    }
  }

  #toComponent(to: Jid, stanza: XmlElement): StanzaCondition | undefined {
    const link = this.#links.get(to.domain);
    if (!link) return 'remote-server-not-found';
    return link.offer(restamped(stanza, NS.component, {})) ? undefined : 'resource-constraint';
  }

  #toHost(link: ComponentLink, to: Jid, stanza: XmlElement): StanzaCondition | undefined {
    if (to.full === this.#host && stanza.name === 'iq') {
      const answer = answerQuery(stanza, NS.component, 'server');
      if (answer) link.offer(answer);
      return undefined;
    }
    const session = this.#sessions.get(to.bare);
    if (!session || !reaches(session, to, stanza)) return 'service-unavailable';
    session.deliver(restamped(stanza, NS.client, {}));
    return undefined;
  }
}

/** Its full JID reaches a session; its bare JID does once it sent initial presence, and never with an iq (RFC 6121 §8.5.2). */
function reaches(session: ClientSession, to: Jid, stanza: XmlElement): boolean {
  if (to.resource !== undefined) return session.address?.full === to.full;
  return session.available && stanza.name !== 'iq';
}
