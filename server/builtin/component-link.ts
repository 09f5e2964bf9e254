import type { Clock, Log, StanzaLink } from '../core/ports.ts';
import type { BuiltinLimits } from './limits.ts';
import { readElement } from './read-element.ts';
import { StreamFault } from './stream-fault.ts';
import { NS, type XmlElement } from './xml.ts';

type Listener = Parameters<StanzaLink['open']>[0];

/** One opening of a link, from `open` to its end. */
interface Opening {
  readonly listener: Listener;
  up: boolean;
  waiting: string[];
  scheduled: boolean;
}

/** What a link needs of the server that it is part of. */
export interface ComponentSurroundings {
  readonly clock: Clock;
  readonly limits: BuiltinLimits;
  readonly log: Log;
  /** Gives the domain to this link; otherwise why not. */
  attach(link: ComponentLink): 'attached' | 'conflict' | 'system-shutdown';
  detach(link: ComponentLink): void;
  /** The component sent a stanza, its `from` not yet checked. */
  stanza(link: ComponentLink, stanza: XmlElement): void;
}

/**
 * A component's stream within the process, with the rules of XEP-0114: one for each domain, and a text that is no
 * stanza ends it. The listener is called in macrotasks only.
 */
export class ComponentLink implements StanzaLink {
  /** The address of the component, in lower case. */
  readonly domain: string;
  readonly #around: ComponentSurroundings;
  #opening: Opening | undefined;

  constructor(domain: string, around: ComponentSurroundings) {
    this.domain = domain;
    this.#around = around;
  }

  open(listener: Listener): void {
    const outcome = this.#around.attach(this);
    if (outcome !== 'attached') {
      this.#around.clock.defer(() => this.#fenced(() => listener.down(outcome)));
      return;
    }
    this.#opening = { listener, up: false, waiting: [], scheduled: false };
    this.#schedule(this.#opening);
  }

  /** Sends one stanza as XML text, in `jabber:component:accept`, `jabber:client` or no namespace. */
  send(text: string): void {
    if (!this.#opening) {
      this.#around.log.warn('A component sent without a link.', { domain: this.domain });
      return;
    }
    try {
      const stanza = readElement(text, this.#around.limits);
      requireStanza(stanza);
      this.#around.stanza(this, stanza);
    } catch (fault) {
      this.#around.log.warn('A component sent what is no stanza.', { domain: this.domain, error: String(fault) });
      this.end(fault instanceof StreamFault ? fault.condition : 'internal-server-error');
    }
  }

  close(): void {
    if (!this.#opening) return;
    this.#opening = undefined;
    this.#around.detach(this);
  }

  /** Queues a stanza for the component; false, and drops it, when too many wait. */
  offer(stanza: XmlElement): boolean {
    const opening = this.#opening;
    if (!opening || opening.waiting.length >= this.#around.limits.componentQueue) return false;
    opening.waiting.push(stanza.toString());
    this.#schedule(opening);
    return true;
  }

  /** Ends the link from the server's side and tells its listener why. */
  end(reason: string): void {
    const listener = this.#opening?.listener;
    this.close();
    if (listener) this.#around.clock.defer(() => this.#fenced(() => listener.down(reason)));
  }

  #schedule(opening: Opening): void {
    if (opening.scheduled) return;
    opening.scheduled = true;
    this.#around.clock.defer(() => {
      opening.scheduled = false;
      this.#drain(opening);
    });
  }

  #drain(opening: Opening): void {
    if (this.#opening === opening && !opening.up) {
      opening.up = true;
      this.#fenced(() => opening.listener.up());
    }
    const arrived = opening.waiting;
    opening.waiting = [];
    for (const text of arrived) {
      if (this.#opening === opening) this.#fenced(() => opening.listener.stanza(text));
    }
  }

  #fenced(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#around.log.error('A component failed.', { domain: this.domain, error: String(error) });
    }
  }
}

function requireStanza(element: XmlElement): void {
  const namespace = element.getNS() ?? NS.component;
  const known = ['iq', 'message', 'presence'].includes(element.name);
  if (namespace !== NS.component && namespace !== NS.client) throw new StreamFault('invalid-namespace', namespace);
  if (!known) throw new StreamFault('unsupported-stanza-type', element.name);
}
