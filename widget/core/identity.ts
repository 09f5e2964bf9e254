import type { Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { newSecret } from './secret.ts';
import type { SessionOptions } from './session-options.ts';

/** What an identity asks of its session. */
export interface IdentityEvents {
  /** Sends an action that is not kept; its id, where there is a stream. */
  ask<T extends ActionType>(type: T, body: Actions[T]): string | undefined;
  /** Dials. */
  connect(): void;
  /** Opens anew, where a stream is up. */
  open(): void;
  /** Hands over what was written. */
  flush(): void;
  /** Drops what the former user may see; `over`: nobody is here until somebody acts. */
  reset(over: boolean): void;
}

/** Signing in and out: loaded where the page says who is here, or the secret opens nothing any more. */
export interface Login {
  /** It is open who is here: what was written is to be said by whom it will be. */
  readonly waits: boolean;
  /** No secret is kept, and none is to be made. */
  opensAlone(): boolean;
  /** The friend has said whom the secret names. */
  opened(): void;
  /** The secret opens nothing any more: revoked, run out, or replaced in another tab. */
  shut(): void;
  settled(re: string, fact: AnyFact): void;
  stop(): void;
}

/** Who this browser is to the friend: its secret, and whom that names. */
export class Identity {
  /** The secret that was opened with last. */
  secret: string | undefined;
  /** Whom it named. */
  user: string | undefined;
  /** There once it was needed. */
  login: Login | undefined;
  /** The page has said who is here, and the login is on its way. */
  loading = false;
  readonly options: SessionOptions;
  readonly events: IdentityEvents;

  constructor(options: SessionOptions, events: IdentityEvents) {
    this.options = options;
    this.events = events;
  }

  /** While it is open who is here, what was written waits. */
  get waits(): boolean {
    return this.loading || this.login?.waits === true;
  }

  get kept(): string | undefined {
    return this.options.keep.get(this.options.secretKey);
  }

  keep(secret: string): string {
    this.options.keep.set(this.options.secretKey, secret);
    return secret;
  }

  /** The stream is up: the secret to open with. None where nothing is to be opened now. */
  opening(): string | undefined {
    const { kept, secret } = this;
    const alone = kept === undefined && (this.loading || this.login?.opensAlone() === true);
    // In another tab somebody has logged out, or signed in.
    if (secret !== undefined && kept !== secret) {
      const isGone = kept === undefined && !alone;
      this.reset(isGone);
      if (isGone) return undefined;
    }
    this.secret = alone ? undefined : (kept ?? this.keep(newSecret(this.options.random)));
    return this.secret;
  }

  /** The friend has said whom the secret names. */
  opened(user: string): void {
    const before = this.user ?? user;
    this.user = user;
    // Signed in by another tab, whose new secret could not be read yet.
    if (before !== user) {
      this.events.reset(false);
      this.events.open();
    }
    this.login?.opened();
  }

  reset(over: boolean): void {
    this.secret = this.user = undefined;
    this.events.reset(over);
  }
}
