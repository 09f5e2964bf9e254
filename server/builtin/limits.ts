/** What one built-in server takes from its clients and components. Spans are milliseconds. */
export interface BuiltinLimits {
  /** UTF-8 bytes of one stanza. */
  readonly stanzaBytes: number;
  /** Elements inside each other. */
  readonly depth: number;
  /** Streams at the same time, authenticated or not. */
  readonly sessions: number;
  /** Stanzas a second that one stream may send on the average. */
  readonly stanzasPerSecond: number;
  /** Stanzas that one stream may send at once. */
  readonly burst: number;
  /** Silence after which the server pings (XEP-0199). */
  readonly pingAfter: number;
  /** Silence after which it ends the stream. */
  readonly silence: number;
  /** Time for a stream to be authenticated. */
  readonly authentication: number;
  /** Time for a client to close its socket after both sides closed the stream. */
  readonly farewell: number;
  /** Frames that wait for one client. */
  readonly clientQueue: number;
  /** Stanzas that wait for one component. */
  readonly componentQueue: number;
  /** Addresses that one client may have sent directed presence to. */
  readonly directedPresence: number;
}

/** The limits unless `builtinServer` is given others. */
export const DEFAULT_LIMITS: BuiltinLimits = {
  stanzaBytes: 256 * 1024,
  depth: 64,
  sessions: 1_000,
  stanzasPerSecond: 200,
  burst: 1_000,
  pingAfter: 30_000,
  silence: 60_000,
  authentication: 10_000,
  farewell: 1_000,
  clientQueue: 10_000,
  componentQueue: 10_000,
  directedPresence: 100,
};
