/** One message as its sender knows it. Texts are unique over a run, so a text names its message everywhere. */
export interface Sent {
  readonly text: string;
  /** Whose order counts: one tab of one device. */
  readonly sender: string;
  readonly log: string;
  /** When the person sent it, milliseconds of `performance.now()`. */
  readonly at: number;
  /** The id of its action, once its bubble stood on the screen. */
  id?: string;
  /** When the ✓ came. */
  answeredAt?: number;
  /** The friend refused it for good. */
  refused?: string;
  /** Its page went before anything was promised: no bubble was seen, or the outbox does not outlive the page. */
  forgotten?: boolean;
}

/** What one reader saw of one log at the end, in the order of his screen. */
export interface Seen {
  readonly reader: string;
  readonly log: string;
  readonly texts: readonly string[];
  /** Only the newest were fetched: what is older than the first of `texts` need not be there. */
  readonly tail?: boolean;
}

/** One message as the data file holds it. */
export interface StoredMessage {
  readonly log: string;
  readonly seq: number;
  readonly action: string;
  readonly text: string;
}

/** One log as the data file holds it. */
export interface StoredLog {
  readonly log: string;
  readonly lastSeq: number;
  /** The seq of every fact, ascending. */
  readonly seqs: readonly number[];
}

/** All that is known of a run. */
export interface History {
  readonly sent: readonly Sent[];
  readonly seen: readonly Seen[];
  readonly stored: readonly StoredMessage[];
  readonly logs: readonly StoredLog[];
}
