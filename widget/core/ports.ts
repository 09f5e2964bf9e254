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
  /** False where nothing outlives the page. */
  readonly durable: boolean;
}

/** Why a stream ended, sorted by what can be done: lost → dial again, refused → a developer must change something. */
export type Ended = 'lost' | 'refused';

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
  /** Ends the stream; resolves when the socket is gone. */
  close(): Promise<void>;
}
