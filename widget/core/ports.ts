import type { Action } from '../../protocol/actions.ts';

/** Time as an argument; milliseconds. */
export interface Clock {
  now(): number;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** `count` bytes from a cryptographic source. */
export type Random = (count: number) => Uint8Array;

/** Small values that outlive the page, where the person allows it. Never throws. */
export interface Keep {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** Removes everything whose key begins so. */
  clear(prefix: string): void;
  /** False where nothing outlives the page. */
  readonly durable: boolean;
}

/** An action that the friend has not answered for good, as it outlives the page. */
export interface StoredAction {
  readonly action: Action;
  /** The conversation as it was written to: `support`, `room:lobby`, `c_…`; empty for a wish outside of any. */
  readonly ref: string;
  /** What the person sees of it while it waits; absent where there is nothing to see. */
  readonly text?: string;
  /** What it has beside its words. */
  readonly extras?: unknown;
  /** Why it was set aside; absent while it waits. */
  readonly code?: string;
  /** A stream was ended because of what was on it while this was unanswered. */
  readonly struck?: boolean;
}

/**
 * Where what was written waits, over reloads too. Nothing is opened before the first call, and nothing rejects: what
 * cannot be kept makes `durable` false.
 */
export interface OutboxStore {
  /** False once something could not be kept: a reload may forget what waits. */
  readonly durable: boolean;
  /** What waits, in the order in which it was first put: all, or what one tab has put last. */
  load(tab?: string): Promise<readonly StoredAction[]>;
  /** Resolves when it is kept; the write has begun when this returns. An entry of the same id is replaced in its place. */
  put(entry: StoredAction): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes everything, of all tabs. */
  clear(): Promise<void>;
}

/** What a page says of itself and of the network. */
export interface PageEvents {
  /**
   * Calls `heard` from now on, at once where there is no network; returns what ends that.
   * offline, online: what the browser believes of the network · back: the page is looked at again
   */
  listen(heard: (event: 'offline' | 'online' | 'back') => void): () => void;
}

/**
 * Calls `heard` with true each time the person does something in the page or comes back to it, and with false when the
 * page is out of sight; returns what ends that.
 */
export type Attend = (heard: (looked: boolean) => void) => () => void;

/**
 * Why a stream ended, sorted by what can be done: lost → dial again, broken → dial again, but look at what was sent:
 * the server found fault with it, refused → a developer must change something.
 */
export type Ended = 'lost' | 'broken' | 'refused';

export interface StreamEvents {
  /** Authenticated and bound: frames can go. */
  up(): void;
  /** A frame from the friend, as JSON text. Whatever is not from the friend was dropped. */
  frame(json: string): void;
  /** One of our frames came back, or could not be delivered. */
  bounced(): void;
  down(ended: Ended): void;
}

/** One stream at a time to the friend. Moves frames and knows nothing of what is in them. */
export interface Transport {
  /** Dials; `down` follows exactly once for every call, within 20 s where it does not come up. */
  open(events: StreamEvents): void;
  /** False where there is no stream. */
  send(json: string): boolean;
  /**
   * Asks the XMPP server for a sign of life (XEP-0199); the friend is not asked. Resolves with any answer, errors too,
   * and stays open where none comes.
   */
  ping(): Promise<void>;
  /** Ends the stream; resolves when the socket is gone. */
  close(): Promise<void>;
}
