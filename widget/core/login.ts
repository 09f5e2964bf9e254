import type { AnyFact } from '../../protocol/facts.ts';
import type { Identity, Login } from './identity.ts';
import { type LoggedOut, type LogoutOptions, unsentIn } from './logout.ts';
import type { Outbox } from './outbox.ts';
import { newSecret } from './secret.ts';
import { Timers } from './timers.ts';

/** A token that the site has signed, or what fetches one. */
export type TokenSource = string | (() => string | Promise<string>);

/** How long a token, or an answer, may take, milliseconds. */
const patience = 10_000;
/** How long the friend may take to end a login, milliseconds; without its secret nobody can use it. */
const farewell = 5_000;
/** How long before the end of a binding another token is fetched, milliseconds. */
const ahead = 60_000;
/** However short a binding is, tokens are not fetched more often, milliseconds. */
const least = 10_000;
/** Browsers wait no longer than this, milliseconds: whoever is here then has no end in sight. */
const longest = 2 ** 31 - 1;

/** What another tab has written to the local storage may take this long to be read, milliseconds. */
const lag = 1_000;

/** Errors after which the session opens anew, and the same is said again. */
const passing = ['not_open', 'rate', 'busy', 'storage'];

/** Somebody is to be here: `secret` will be his, `re` names the action under way. */
interface Wanted {
  readonly secret: string;
  re?: string | undefined;
}

/** Signs in by the site's tokens, and logs out. */
export class TokenLogin implements Login {
  readonly #identity: Identity;
  readonly #outbox: Outbox;
  readonly #timers: Timers;
  #invite: string | undefined;
  #source: TokenSource | undefined;
  #wanted: Wanted | undefined;
  /** Ends the logging out; `re` names its action. */
  #leaving: { end: () => void; re?: string | undefined } | undefined;

  constructor(identity: Identity, outbox: Outbox) {
    this.#identity = identity;
    this.#outbox = outbox;
    this.#timers = new Timers(identity.options.clock);
  }

  get waits(): boolean {
    return this.#wanted !== undefined || this.#leaving !== undefined;
  }

  /** Becomes a colleague by an invite's one-time token, now or when the stream is up. */
  accept(invite: string): void {
    this.#invite = invite;
    this.#sendInvite();
    this.#identity.events.connect();
  }

  /** Becomes the user that a token names, now or when the stream is up. A source that fetches is asked again later. */
  identify(source: TokenSource): void {
    this.#source = source;
    this.#want(newSecret(this.#identity.options.random));
    this.#identity.events.connect();
    const { secret, user } = this.#identity;
    // Where a secret is on its way to be opened with, that comes first; where there is no stream, it comes to nothing.
    if (user !== undefined || secret === undefined) this.#present();
  }

  /**
   * Ends this device's login and forgets everything here, in all tabs. What is not sent yet is sent first; where that does not
   * succeed, it is named and nothing is forgotten, unless by `force`. A friend that is silent holds up nothing.
   */
  async logOut({ force = false }: LogoutOptions = {}): Promise<LoggedOut> {
    const unsent = force
      ? []
      : await unsentIn(this.#outbox, this.#identity.options.clock, () => this.#identity.events.connect());
    if (unsent.length === 0) await this.#leave();
    return { done: unsent.length === 0, unsent };
  }

  opensAlone(): boolean {
    if (this.#wanted === undefined) return false;
    this.#present();
    return true;
  }

  opened(): void {
    if (this.#leaving === undefined) this.#present();
    else this.#leaving.re = this.#identity.events.ask('user.logout', {});
    this.#sendInvite();
  }

  shut(): void {
    this.#leaving?.end();
    this.#timers.once('shut', lag, () => {
      const { events, kept, secret } = this.#identity;
      if (kept !== secret || secret === undefined) return events.open();
      if (this.#source === undefined) return this.#forget();
      // A login that has run out is taken up again by the same secret, so that what was sent is known.
      this.#want(secret);
      this.#present();
    });
  }

  settled(re: string, fact: AnyFact): void {
    const isSpent = fact.type === 'profile.changed' || (fact.type === 'error' && fact.body.code === 'invite_invalid');
    if (isSpent) this.#invite = undefined;
    if (re === this.#leaving?.re) this.#leaving?.end();
    if (re !== this.#wanted?.re) return;
    if (fact.type === 'user.identified') this.#identified(fact.body.user.id, fact.body.until);
    else if (fact.type === 'error') this.#refused(fact.body.code);
  }

  stop(): void {
    this.#timers.stop();
  }

  #sendInvite(): void {
    if (this.#invite !== undefined) this.#identity.events.ask('invite.accept', { token: this.#invite });
  }

  /** Nothing of who was here stays. */
  #forget(): void {
    const { keep, secretKey } = this.#identity.options;
    keep.remove(secretKey);
    this.#identity.reset(true);
  }

  #want(secret: string): void {
    this.#wanted = { secret };
    this.#timers.again('token', patience, () => this.#failed('no token came, or no answer'));
  }

  /** Fetches a token and shows it to the friend. */
  #present(): void {
    const source = this.#source;
    if (this.#wanted === undefined || source === undefined) return;
    // What is still on its way from an earlier try comes to nothing.
    const wanted: Wanted = { secret: this.#wanted.secret };
    this.#wanted = wanted;
    // What the page fetches may throw at once, or later.
    const fetched = new Promise<string>((resolve) => resolve(typeof source === 'string' ? source : source()));
    fetched.then(
      (token) => {
        if (wanted === this.#wanted)
          wanted.re = this.#identity.events.ask('user.identify', { token, secret: wanted.secret });
      },
      (error: unknown) => wanted === this.#wanted && this.#failed(String(error)),
    );
  }

  #identified(user: string, until = Number.POSITIVE_INFINITY): void {
    const { secret } = this.#wanted ?? {};
    this.#wanted = undefined;
    this.#timers.cancel('token');
    // A greeting of the friend follows: with the new secret, everything is opened anew.
    if (secret !== undefined && user !== this.#identity.user) this.#identity.keep(secret);
    else this.#identity.events.flush();
    const left = until - this.#identity.options.clock.now();
    const source = this.#source;
    if (typeof source !== 'function' || left > longest) return;
    this.#timers.again('renewal', Math.max(left - ahead, left / 2, least), () => this.identify(source));
  }

  #refused(code: string): void {
    if (passing.includes(code)) return;
    if (code !== 'not_found' || this.#wanted?.secret !== this.#identity.secret) return this.#failed(code);
    // This device was logged out for good: whom the token names comes with another one.
    this.#forget();
    this.#want(newSecret(this.#identity.options.random));
    this.#identity.events.connect();
  }

  #failed(why: string): void {
    this.#source = this.#wanted = undefined;
    this.#timers.cancel('token');
    this.#identity.options.warn?.(`befriend: identify failed: ${why}`);
    if (this.#identity.user === undefined) this.#identity.events.open();
    else this.#identity.events.flush();
  }

  #leave(): Promise<void> {
    this.#source = this.#wanted = undefined;
    return new Promise((resolve) => {
      const end = (): void => {
        this.#leaving = undefined;
        this.#timers.stop();
        this.#forget();
        resolve();
      };
      if (this.#identity.kept === undefined) return end();
      this.#leaving = { end };
      this.#timers.again('leaving', farewell, end);
      this.#identity.events.connect();
      if (this.#identity.user !== undefined) this.opened();
    });
  }
}
