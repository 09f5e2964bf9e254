/** A message that the account itself has sent. */
export interface OwnMessage {
  readonly log: string;
  readonly seq: number;
  /** The name that the account's client gave it. */
  readonly id: string;
  readonly wantsReceipt: boolean;
  readonly wantsMarker: boolean;
}

/** Messages that are remembered, the newest; what is forgotten is told no receipt and no marker of. */
const kept = 500;

/** Under which names the account knows its own messages, so that it can be told how far they got. */
export class OwnMessages {
  #messages: readonly OwnMessage[] = [];

  add(message: OwnMessage): void {
    this.#messages = [...this.#messages.slice(1 - kept), message];
  }

  /** The message of this name. */
  named(id: string): OwnMessage | undefined {
    return this.#messages.findLast((message) => message.id === id);
  }

  /** The message that stands there, where it is the account's own. */
  at(log: string, seq: number): OwnMessage | undefined {
    return this.#messages.findLast((message) => message.log === log && message.seq === seq);
  }

  /** Those up to `seq` that want a receipt and have none yet. */
  reached(log: string, seq: number): readonly OwnMessage[] {
    const reached = this.#messages.filter((one) => one.wantsReceipt && one.log === log && one.seq <= seq);
    if (reached.length === 0) return reached;
    this.#messages = this.#messages.map((one) => (reached.includes(one) ? { ...one, wantsReceipt: false } : one));
    return reached;
  }

  /** The newest up to `seq` that wants to be known as seen; those before it are seen with it. */
  seen(log: string, seq: number): OwnMessage | undefined {
    const newest = this.#messages.findLast((one) => one.wantsMarker && one.log === log && one.seq <= seq);
    if (newest === undefined) return undefined;
    const isSeen = (one: OwnMessage): boolean => one.log === log && one.seq <= newest.seq;
    this.#messages = this.#messages.map((one) => (isSeen(one) ? { ...one, wantsMarker: false } : one));
    return newest;
  }
}
