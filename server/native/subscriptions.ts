import type { StanzaTree } from '../core/ports.ts';
import { isCase } from '../core/support-case.ts';
import { addressOf, type Place } from './address.ts';
import type { Chats } from './chats.ts';
import type { Line } from './line.ts';
import type { Sights } from './sights.ts';
import { element } from './tree.ts';
import { presence } from './write-presence.ts';

export interface SubscriptionsOptions {
  readonly line: Line;
  readonly chats: Chats;
  readonly sights: Pick<Sights, 'again' | 'look'>;
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

  /** A client came: shows it that the friend is there, and all that the account sees. */
  async watch(): Promise<void> {
    await this.#options.sights.look(true);
    this.#shows(this.#options.friend);
  }

  /** One more came, or the account's server asks how this place is (RFC 6121 §4.3): shows what is known already. */
  again(place?: Place): void {
    this.#options.sights.again(place);
    if (place === undefined || place.is === 'friend') this.#shows(this.#options.friend);
  }

  /** Asks the account's server whether somebody is there: it answers where the friend has a subscription. */
  probe(): void {
    this.#send(this.#options.friend, 'probe');
  }

  /** The account wants to see the presence of this place. */
  async subscribe(place: Place | undefined, to: string): Promise<void> {
    const { chats, line, sights } = this.#options;
    if (place?.is === 'user') {
      const { fact } = await line.insist('account.subscribe', { user: place.user });
      const granted = fact.type === 'account.subscriptions';
      this.#send(to, granted ? 'subscribed' : 'unsubscribed');
      if (granted) void sights.look();
      return;
    }
    const there = place?.is === 'friend' || (place !== undefined && (await chats.at(place.conversation)) !== undefined);
    this.#send(to, there ? 'subscribed' : 'unsubscribed');
    if (!there) return;
    if (place?.is === 'conversation' && isCase(place.conversation)) return sights.again(place);
    this.#shows(addressOf(to).bare);
    if (place?.is === 'friend') this.#send(to, 'subscribe');
  }

  /** The account wants to see it no more. */
  async unsubscribe(place: Place | undefined, to: string): Promise<void> {
    if (place?.is === 'user') {
      const { fact } = await this.#options.line.insist('account.unsubscribe', { user: place.user });
      if (fact.type === 'account.subscriptions') void this.#options.sights.look();
    }
    this.#send(to, 'unsubscribed');
  }

  #shows(from: string): void {
    this.#options.send(presence({ from, to: this.#options.account }, { show: 'available' }));
  }

  #send(from: string, type: string): void {
    this.#options.send(element('presence', { from: addressOf(from).bare, to: this.#options.account, type }));
  }
}
