/** A fact that waits to be delivered: its place, and how it has gone so far. Its words stay where they are. */
export interface Pending {
  readonly key: string;
  readonly log: string;
  readonly seq: number;
  /** When it was stored, milliseconds since 1970. */
  readonly at: number;
  readonly tries: number;
  /** Not before, milliseconds since 1970. */
  readonly due: number;
}

/**
 * What waits for one webhook. Of one log only the first may go, so that each conversation arrives in its order; logs do not
 * wait for each other.
 */
export class Queue {
  /** What waits of each log, by seq; the one that is under way stays the first. */
  readonly #logs = new Map<string, Pending[]>();
  readonly #keys = new Set<string>();
  /** Logs whose first may go, in the order in which they came to it. */
  readonly #ready = new Set<string>();
  /** Logs whose first waits for its time. */
  readonly #waiting = new Map<string, number>();
  readonly #going = new Set<string>();

  /** How many wait, with those under way. */
  get size(): number {
    return this.#keys.size;
  }

  /** How many are under way. */
  get going(): number {
    return this.#going.size;
  }

  /** Whether one may go now. */
  get hasReady(): boolean {
    return this.#ready.size > 0;
  }

  /** When the next one that waits for its time may go; undefined where none does. */
  get wakesAt(): number | undefined {
    let earliest: number | undefined;
    for (const due of this.#waiting.values()) earliest = Math.min(earliest ?? due, due);
    return earliest;
  }

  /** False where it waits already. */
  add(pending: Pending): boolean {
    if (this.#keys.has(pending.key)) return false;
    this.#keys.add(pending.key);
    const waiting = this.#logs.get(pending.log) ?? [];
    this.#logs.set(pending.log, waiting);
    const first = this.#going.has(pending.log) ? 1 : 0;
    const later = waiting.findIndex(({ seq }, index) => index >= first && seq > pending.seq);
    waiting.splice(later === -1 ? waiting.length : later, 0, pending);
    if (waiting[0] === pending) this.#place(pending);
    return true;
  }

  /** Takes one that may go now. */
  next(now: number): Pending | undefined {
    for (const [log, due] of this.#waiting) {
      if (due > now) continue;
      this.#waiting.delete(log);
      this.#ready.add(log);
    }
    const [log] = this.#ready;
    if (log === undefined) return undefined;
    this.#ready.delete(log);
    this.#going.add(log);
    return this.#logs.get(log)?.[0];
  }

  /** It was delivered, or is given up. */
  done({ key, log }: Pending): void {
    this.#going.delete(log);
    this.#remove(key, log);
  }

  /** It is to be tried again, as `later` says. */
  again(later: Pending): void {
    this.#going.delete(later.log);
    this.#logs.get(later.log)?.splice(0, 1, later);
    this.#place(later);
  }

  /** All that wait for their time need not any more. */
  release(): void {
    for (const log of this.#waiting.keys()) this.#ready.add(log);
    this.#waiting.clear();
  }

  /** Takes out the oldest that is not under way. */
  shed(): Pending | undefined {
    let oldest: Pending | undefined;
    for (const [log, waiting] of this.#logs) {
      const first = waiting[this.#going.has(log) ? 1 : 0];
      if (first !== undefined && (oldest === undefined || first.at < oldest.at)) oldest = first;
    }
    if (oldest !== undefined) this.#remove(oldest.key, oldest.log);
    return oldest;
  }

  #remove(key: string, log: string): void {
    this.#keys.delete(key);
    const waiting = (this.#logs.get(log) ?? []).filter((other) => other.key !== key);
    this.#ready.delete(log);
    this.#waiting.delete(log);
    if (waiting.length === 0) this.#logs.delete(log);
    else this.#logs.set(log, waiting);
    const [first] = waiting;
    if (first !== undefined && !this.#going.has(log)) this.#place(first);
  }

  /** The first of its log goes when its time has come. */
  #place({ log, due }: Pending): void {
    this.#ready.delete(log);
    this.#waiting.delete(log);
    if (this.#going.has(log)) return;
    if (due > 0) this.#waiting.set(log, due);
    else this.#ready.add(log);
  }
}
