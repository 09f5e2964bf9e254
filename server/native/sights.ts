import type { Presence } from '../../protocol/facts.ts';
import type { Clock, StanzaTree } from '../core/ports.ts';
import { addressOf, jidAt, type Place } from './address.ts';
import { isA, type Line } from './line.ts';
import type { Looked } from './looking.ts';
import { presence } from './write-presence.ts';

/** Cases of which is shown at most whether their visitors are there: those that were used last. */
const shownCases = 50;

/** How long is waited with another look, milliseconds: what has changed comes in several facts. */
const gathering = 1_000;

export interface SightsOptions {
  readonly line: Line;
  readonly clock: Clock;
  /** The friend's address, and the account's bare JID. */
  readonly friend: string;
  readonly account: string;
  /** The cases that are told to this account, the one that was used last at the end. */
  readonly cases: () => readonly string[];
  readonly send: (stanza: StanzaTree) => boolean;
}

/**
 * Who of the friend's addresses an account sees, and how: the puppets that it asked for, and its cases, which are as their
 * visitors are. What its clients know already is not sent again.
 */
export class Sights {
  readonly #options: SightsOptions;
  /** By address, the user who is shown there. */
  #shown = new Map<string, string>();
  #photos: Looked['photos'] = {};
  readonly #seen = new Map<string, Presence>();
  readonly #sent = new Map<string, StanzaTree>();
  #cases = '';
  #isDue = false;
  /** Counts looks: only the newest one is carried out to its end. */
  #looks = 0;
  #cancel: () => void = () => undefined;

  constructor(options: SightsOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#cancel();
    this.#isDue = false;
  }

  /** Looks at all of them anew. `afresh`: a client came that knows nothing. */
  async look(afresh = false): Promise<void> {
    this.stop();
    if (afresh) this.#sent.clear();
    this.#looks += 1;
    const look = this.#looks;
    const { friend, line } = this.#options;
    const cases = this.#caseList();
    this.#cases = cases.join();
    const { fact } = await line.insist('account.look', { cases });
    if (look !== this.#looks || fact.type !== 'account.looked') return;
    const { subscribed, visitors, photos } = fact.body as Looked;
    const at = ([local, user]: readonly [string, string]) => [jidAt(friend, local), user] as const;
    const before = this.#shown;
    this.#shown = new Map([...subscribed.map((user) => [user, user] as const), ...Object.entries(visitors)].map(at));
    this.#photos = photos;
    for (const from of before.keys()) if (!this.#shown.has(from)) this.#hides(from);
    await this.#watch(before.size > 0);
  }

  /** The account may be told other cases from now on; `anyway`: somebody looks different. */
  soon(anyway = false): void {
    if (this.#isDue || (!anyway && this.#cases === this.#caseList().join())) return;
    this.#isDue = true;
    this.#cancel = this.#options.clock.after(gathering, () => void this.look());
  }

  /** Takes how somebody is. */
  seen(one: Presence): void {
    this.#seen.set(one.user, one);
    for (const [from, user] of this.#shown) if (user === one.user) this.#shows(from, one);
  }

  /** One more client came: all who are there, or the one at this place. */
  again(place?: Place): void {
    const local = place?.is === 'user' ? place.user : place?.is === 'conversation' ? place.conversation : undefined;
    for (const [from, stanza] of this.#sent) {
      const isMeant = place === undefined ? stanza.attrs.type === undefined : addressOf(from).local === local;
      if (isMeant) this.#options.send(stanza);
    }
  }

  /** Looks at all who are shown; where that is nobody, as long as somebody was. */
  async #watch(wasShown: boolean): Promise<void> {
    const users = [...new Set(this.#shown.values())];
    for (const user of this.#seen.keys()) if (!users.includes(user)) this.#seen.delete(user);
    if (users.length === 0 && !wasShown) return;
    const { fact } = await this.#options.line.insist('presence.watch', { users });
    if (isA(fact, 'presence.listed')) for (const one of fact.body.people) this.#seen.set(one.user, one);
    for (const [from, user] of this.#shown) {
      const one = this.#seen.get(user);
      if (one !== undefined) this.#shows(from, one);
    }
  }

  #caseList(): readonly string[] {
    return this.#options.cases().slice(-shownCases).toSorted();
  }

  #shows(from: string, one: Presence): void {
    const { account, send } = this.#options;
    const stanza = presence({ from, to: account }, one, this.#photos[one.user]);
    const isKnown = JSON.stringify(this.#sent.get(from)) === JSON.stringify(stanza);
    if (!isKnown && send(stanza)) this.#sent.set(from, stanza);
  }

  /** Nobody is shown there any more: of who asked for it no more, nothing is said (RFC 6121 §3.3). */
  #hides(from: string): void {
    const wasThere = this.#sent.get(from)?.attrs.type === undefined;
    const wasSent = this.#sent.delete(from);
    if (!wasSent || !wasThere || addressOf(from).local.startsWith('u_')) return;
    this.#options.send(presence({ from, to: this.#options.account }, { show: 'offline' }));
  }
}
