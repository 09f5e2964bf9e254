import type { Clock } from '../core/ports.ts';

/** How often typing is told anew, milliseconds: the friend lets it expire after 6 s, a chat state lasts. */
const again = 4_500;

/** How long a client that says nothing more is taken to be composing, milliseconds. */
const longest = 60_000;

/** How long after the last word of it typing has expired, milliseconds. */
const expiry = 7_000;

/** Makes typing that is repeated of a chat state that lasts. */
export class Composer {
  readonly #clock: Clock;
  readonly #set: (conversation: string, on: boolean) => void;
  #conversation: string | undefined;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, set: (conversation: string, on: boolean) => void) {
    this.#clock = clock;
    this.#set = set;
  }

  /** The account composes in this conversation, and in no other. */
  begin(conversation: string): void {
    if (this.#conversation !== conversation) this.end();
    this.#cancel();
    this.#conversation = conversation;
    this.#tell(conversation, this.#clock.now() + longest);
  }

  /** It composes no more. `silently`: what it has sent tells so. */
  end(silently = false): void {
    this.#cancel();
    const conversation = this.#conversation;
    this.#conversation = undefined;
    if (conversation !== undefined && !silently) this.#set(conversation, false);
  }

  stop(): void {
    this.#cancel();
  }

  #tell(conversation: string, until: number): void {
    if (this.#clock.now() >= until) return this.end();
    this.#set(conversation, true);
    this.#cancel = this.#clock.after(again, () => this.#tell(conversation, until));
  }
}

/** Makes chat states that last of typing that is repeated. */
export class Composers {
  readonly #clock: Clock;
  readonly #state: (conversation: string, composing: boolean) => void;
  /** Who composes, by conversation and user; what ends it. */
  readonly #composing = new Map<string, Map<string, () => void>>();

  constructor(clock: Clock, state: (conversation: string, composing: boolean) => void) {
    this.#clock = clock;
    this.#state = state;
  }

  /** Somebody types, or does so no more. */
  set(conversation: string, user: string, on: boolean): void {
    const composing = this.#composing.get(conversation) ?? new Map<string, () => void>();
    const was = composing.size;
    composing.get(user)?.();
    composing.delete(user);
    if (on)
      composing.set(
        user,
        this.#clock.after(expiry, () => this.set(conversation, user, false)),
      );
    if (composing.size > 0) this.#composing.set(conversation, composing);
    else this.#composing.delete(conversation);
    if (was > 0 !== composing.size > 0) this.#state(conversation, on);
  }

  /** What he wrote has come: it says by itself that he composes no more. */
  said(conversation: string, user: string): void {
    const composing = this.#composing.get(conversation);
    composing?.get(user)?.();
    composing?.delete(user);
    if (composing?.size === 0) this.#composing.delete(conversation);
  }

  stop(): void {
    for (const composing of this.#composing.values()) for (const cancel of composing.values()) cancel();
    this.#composing.clear();
  }
}
