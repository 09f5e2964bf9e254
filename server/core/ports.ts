/**
 * The interfaces between the core and everything that touches the outside: time, chance, the XMPP link and the store.
 * Each has its implementations in a plural folder and one contract suite that all of them pass.
 */

/** Time as an argument. All instants and spans are milliseconds. */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
  /** Runs `task` in the next macrotask, after the input that is already readable. */
  defer(task: () => void): void;
}

/** Chance as an argument: `bytes(n)` returns n bytes from a cryptographic source. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** SHA-256 of the UTF-8 form of `text`, as 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => Promise<string>;

/** What a reaction asks of the web. `timeout`: milliseconds until the answer's last byte; 10,000 where absent. */
export interface Asking {
  /** `never`: an answer that leads elsewhere is the answer; it is followed where absent. */
  readonly redirect?: 'never';
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeout?: number;
}

/** What the web answered; at most 1 MiB of text. */
export interface Answered {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** @throws SyntaxError where the text is no JSON */
  json(): unknown;
}

/** Asks one address, http or https. `signal` ends it. @throws Error that says why there is no answer */
export type Fetch = (
  url: string,
  asking: Asking & { readonly signal: { readonly aborted: boolean; onAbort(end: () => void): void } },
) => Promise<Answered>;

/** Who somebody is, as the site has signed it. Times are milliseconds since 1970. */
export interface TokenClaims {
  /** Empty where the token names none. */
  readonly issuer: string;
  /** The site's own name for the user; unique for its issuer, never shown. */
  readonly subject: string;
  readonly expiresAt: number;
  /** The token's own name (`jti`), unique for its issuer: it counts for one device. */
  readonly tokenId?: string;
  readonly name?: string;
  /** An https address. */
  readonly avatar?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** He answers for the site. */
  readonly role?: 'colleague';
  /** The device stays this user's until then, where the site says so. */
  readonly bindUntil?: number;
}

/**
 * Why a token is not taken. malformed: no JWT · header: it points to keys of its own, or to what nobody here understands ·
 * algorithm: none that is allowed · key: none that fits · lasting: it would be good for too long · binding: `bind_until`
 * is no time to come · the others: what is wrong or missing
 */
export type TokenFault =
  | 'malformed'
  | 'header'
  | 'algorithm'
  | 'key'
  | 'signature'
  | 'audience'
  | 'issuer'
  | 'subject'
  | 'early'
  | 'expired'
  | 'lasting'
  | 'binding';

/** Checks a site's token at `now`. CPU only, within milliseconds; never rejects. */
export type TokenVerifier = (
  token: string,
  now: number,
) => Promise<{ readonly ok: true; readonly claims: TokenClaims } | { readonly ok: false; readonly why: TokenFault }>;

export type LinkState = 'connecting' | 'up' | 'down' | 'refused';

export interface LinkStatus {
  readonly state: LinkState;
  /** In plain words, for the log and for `/healthz`: why the link is not up and what to do about it. */
  readonly reason?: string;
}

/** Why an arriving stanza could not be read as a frame. */
export type MalformedReason = 'malformed' | 'too_large' | 'too_deep' | 'unsupported';

/**
 * One XML element of a stanza as plain data. Names are local names; `attrs.xmlns` stands wherever an element is not of the
 * stanza's own namespace.
 */
export interface StanzaTree {
  readonly name: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly (StanzaTree | string)[];
}

/** Why a stanza is handed on without its children. */
export type CutReason = 'too_large' | 'too_deep';

/** What a transport hands to the friend. `from` is always what the XMPP server stamped, a full JID. */
export interface TransportEvents {
  /** A frame in its JSON text, not yet parsed. `stanzaId` is the `id` of the stanza, if it had one. */
  frame(from: string, json: string, stanzaId?: string): void;
  /** A message that was meant as a frame but cannot be one. */
  malformed(from: string, reason: MalformedReason, stanzaId?: string): void;
  /** The connection ended: the server sent `unavailable` presence (RFC 6121 §4.5). */
  gone(from: string): void;
  /** One of our own stanzas came back as an error (RFC 6120 §8.3): its type, defined condition and `id`. */
  bounced(from: string, type: string, condition: string, stanzaId?: string): void;
  /**
   * Any other stanza that reached the friend's address or one below it: a plain message, a presence, a request. Of one
   * that is `cut` only the name and the attributes are there.
   */
  stanza(stanza: StanzaTree, cut?: CutReason): void;
  /** The link to the XMPP server changed. */
  link(status: LinkStatus): void;
}

/** Moves frames between the friend's one address and full JIDs. Holds no business logic. */
export interface Transport {
  /** The friend's address, `friend.example.com`. */
  readonly address: string;
  /** Starts and supervises the link; returns at once. Link changes are told through `events.link`. */
  start(events: TransportEvents): void;
  /**
   * Queues one frame for `to` (full JID). Returns false, and drops it, when there is no link: nothing rests on a
   * frame that was sent, who missed it fetches it with a cursor.
   */
  send(to: string, json: string): boolean;
  /**
   * Queues one native stanza from the friend's address or one below it. Characters that XML 1.0 cannot carry become
   * U+FFFD. Returns false, and drops it, when there is no link or this transport cannot speak for that address.
   * @throws TypeError for a name that is none in XML, or a stanza without `from` or `to`
   */
  sendStanza(stanza: StanzaTree): boolean;
  /** Writes at once what is queued; else it leaves with all that is queued in the same turn of the event loop. */
  flush?(): void;
  /** Closes the stream properly and stops supervising; resolves when the socket is gone. */
  stop(): Promise<void>;
}

/** One in-process stream of stanzas, each as XML text: what a component's socket is between machines. */
export interface StanzaLink {
  /** Begins delivery of stanzas to `listener`. One listener only. */
  open(listener: { stanza(xml: string): void; up(): void; down(reason: string): void }): void;
  send(xml: string): void;
  close(): void;
}

/** Where a process may be made to end, to prove that nothing rests on its going on. In the order in which they are passed. */
export const crashPoints = [
  'parsed',
  'in_transaction',
  'after_commit',
  'answered',
  'mid_telling',
  'in_migration',
  'fsync',
] as const;

/**
 * parsed: an action was read · in_transaction: rows are written, not committed · after_commit: on disk, nobody knows ·
 * answered: the batch's frames were handed over · mid_telling: some frames of a batch were, others were not ·
 * in_migration: the schema was changed, not committed · fsync: before and after the COMMIT, whose result is lost
 */
export type CrashPoint = (typeof crashPoints)[number];

/** Called where a point is passed; absent where nobody plants faults. May not return. */
export type Crash = (point: CrashPoint) => void;

/**
 * Where the bytes of files are kept, each under its `FileId`. Who asks has seen to it that nobody else writes to the same
 * file meanwhile.
 */
export interface Blobs {
  /** @throws Error in one line where the place cannot be used */
  open(): Promise<void>;
  /** How many bytes are there, and whether that is all of them; undefined where nothing is. */
  stat(id: string): Promise<{ readonly bytes: number; readonly isWhole: boolean } | undefined>;
  /**
   * Appends to a file that is not whole, and begins one that is not there. Resolves when it is durable, with the bytes that
   * are there in all. Rejects as `chunks` does; what came before that is kept.
   * @throws StorageFull
   */
  append(id: string, chunks: AsyncIterable<Uint8Array>): Promise<number>;
  /** The bytes from `from` up to `to`, which is not among them. Rejects where there is no such file. */
  read(id: string, from: number, to: number): AsyncIterable<Uint8Array>;
  /**
   * The file is whole from now on, with `bytes` in place of what was there; a crash leaves it as it was before or as it is
   * after. Nothing where it is whole already.
   * @throws StorageFull
   */
  finish(id: string, bytes?: Uint8Array): Promise<void>;
  /** Removes what is there of a file; nothing where nothing is, or where bytes are coming to it. */
  remove(id: string): Promise<void>;
  /** Files of which something is there, by id; those after `after`. */
  list(limit: number, after?: string): Promise<readonly string[]>;
  /** Bytes of all files. */
  total(): number;
}

/** HMAC-SHA-256 (RFC 2104) of the UTF-8 forms of key and text, as 64 lower-case hexadecimal digits. */
export type Hmac = (key: string, text: string) => Promise<string>;

/** Structured log without message bodies: `fields` are small JSON values, never what people wrote. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
