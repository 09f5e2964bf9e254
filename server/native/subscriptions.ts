import type { StanzaTree } from '../core/ports.ts';
import { addressOf, type Place } from './address.ts';
import type { Chats } from './chats.ts';
import type { Line } from './line.ts';
import { element } from './tree.ts';
import { presence } from './write-presence.ts';

export interface SubscriptionsOptions {
  readonly line: Line;
  readonly chats: Chats;
  /** The friend's address, and the account's bare JID. */
  readonly friend: string;
  readonly account: string;
  readonly send: (stanza: StanzaTree) => boolean;
}

/**
 * Who of the friend's addresses is in an account's roster (RFC 6121 §3). A puppet answers as its user's relations have it,
 * and never asks for a subscription itself; the friend asks once, back, so that it knows when somebody is there.
 */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  /** Looks at all whose presence the account asked for, and shows that the friend is there. */
  async watch(): Promise<void> {
    const { line } = this.#options;
    const { fact } = await line.insist('account.subscribed', {});
    if (fact.type === 'account.subscriptions') this.#look(fact.body);
    this.#shows(this.#options.friend);
  }

  /** Asks the account's server whether somebody is there: it answers where the friend has a subscription. */
  probe(): void {
    this.#send(this.#options.friend, 'probe');
  }

  /** The account wants to see the presence of this place. */
  async subscribe(place: Place | undefined, to: string): Promise<void> {
    const { chats, line } = this.#options;
    if (place?.is === 'user') {
      const { fact } = await line.insist('account.subscribe', { user: place.user });
      const granted = fact.type === 'account.subscriptions';
      this.#send(to, granted ? 'subscribed' : 'unsubscribed');
      if (granted) this.#look(fact.body);
      return;
    }
    const there = place?.is === 'friend' || (place !== undefined && (await chats.at(place.conversation)) !== undefined);
    this.#send(to, there ? 'subscribed' : 'unsubscribed');
    if (!there) return;
    this.#shows(addressOf(to).bare);
    if (place?.is === 'friend') this.#send(to, 'subscribe');
  }

  /** The account wants to see it no more. */
  async unsubscribe(place: Place | undefined, to: string): Promise<void> {
    if (place?.is === 'user') {
      const { fact } = await this.#options.line.insist('account.unsubscribe', { user: place.user });
      if (fact.type === 'account.subscriptions') this.#look(fact.body);
    }
    this.#send(to, 'unsubscribed');
  }

  #look(body: unknown): void {
    const { users } = body as { users: readonly string[] };
    void this.#options.line.insist('presence.watch', { users }).then(({ fact }) => this.#options.line.tell(fact));
  }

  #shows(from: string): void {
    this.#options.send(presence({ from, to: this.#options.account }, { show: 'available' }));
  }

  #send(from: string, type: string): void {
    this.#options.send(element('presence', { from: addressOf(from).bare, to: this.#options.account, type }));
  }
}
