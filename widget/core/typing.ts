import type { Clock } from './ports.ts';

/** A person who types on is told this often. */
const repeat = 3_000;
/** Who is not heard of for this long has stopped. */
const expiry = 6_000;

export interface TypingEvents {
  send(log: string, on: boolean): void;
  expired(log: string, user: string): void;
}

/** Typing notices, both ways: seldom enough to cost nothing, and never for ever. */
export class Typing {
  readonly #clock: Clock;
  readonly #events: TypingEvents;
  readonly #told = new Map<string, number>();
  readonly #heard = new Map<string, () => void>();

  constructor(clock: Clock, events: TypingEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  /** The person edits the composer of a conversation. */
  wrote(log: string, empty: boolean): void {
    if (!log.startsWith('c_')) return;
    const told = this.#told.get(log);
    if (empty) {
      if (told !== undefined) this.#events.send(log, false);
      this.#told.delete(log);
    } else if (told === undefined || Math.abs(this.#clock.now() - told) >= repeat) {
      this.#told.set(log, this.#clock.now());
      this.#events.send(log, true);
    }
  }

  /** A message says by itself that its author stopped typing. */
  sent(log: string): void {
    this.#told.delete(log);
  }

  heard({ conversation, user, on }: { conversation: string; user: string; on: boolean }): void {
    const key = `${conversation} ${user}`;
    this.#heard.get(key)?.();
    this.#heard.delete(key);
    if (!on) return;
    const expired = (): void => {
      this.#heard.delete(key);
      this.#events.expired(conversation, user);
    };
    this.#heard.set(key, this.#clock.after(expiry, expired));
  }

  stop(): void {
    for (const cancel of this.#heard.values()) cancel();
    this.#heard.clear();
    this.#told.clear();
  }
}
