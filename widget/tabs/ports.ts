import type { Clock, Random, Transport } from '../core/ports.ts';

/** The part of Web Locks that an election needs; `navigator.locks` is one. */
export interface Locks {
  /** Resolves when `held` has, rejects when the waiting was aborted or the lock was stolen. */
  request(
    name: string,
    options: { readonly signal: AbortSignal } | { readonly steal: true },
    held: () => Promise<void>,
  ): Promise<unknown>;
}

/** The part of a `BroadcastChannel` that tabs speak through. What is posted reaches all others of its name. */
export interface Channel {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(word: unknown): void;
  close(): void;
}

/** What a browser offers to tabs of one origin. */
export interface Browser {
  readonly locks: Locks;
  readonly channel: (name: string) => Channel;
  /** Where `freeze`, `resume`, `pagehide`, `pageshow` and `visibilitychange` come by, in the capturing phase. */
  readonly life: EventTarget;
  /** Whether the person sees this tab. */
  visible(): boolean;
}

export interface TabOptions {
  /** Dials; only the leader's is used. */
  readonly inner: Transport;
  /** Tabs of one name share a stream: it holds service, friend and scope. */
  readonly name: string;
  /**
   * The device secret, which is one for all tabs. The leader's is handed to each tab before its stream comes up there:
   * what one tab has just written to the local storage, another process may not read yet.
   */
  readonly secret: { get(): string | undefined; set(secret: string): void };
  readonly clock: Clock;
  readonly random: Random;
  readonly browser: Browser;
  /** The name of this tab, like no other's. */
  readonly tab: string;
  /** A tab has ended, or gone to sleep: what it left unanswered is to be taken over. Told once in every other tab. */
  readonly orphaned: (tab: string) => Promise<void>;
  /** Opens where nothing is open, as when the person acts: a stream is there, or wanted by another tab. */
  readonly wake: () => void;
}
