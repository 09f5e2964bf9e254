/** Work of one key in order, keys beside each other; a key that has too much waiting takes no more. */
export class Lanes<T> {
  readonly #work: (key: string, entry: T) => Promise<void>;
  readonly #limit: number;
  readonly #lanes = new Map<string, T[]>();

  /** @param work must not reject @param limit entries that may wait for each key */
  constructor(limit: number, work: (key: string, entry: T) => Promise<void>) {
    this.#limit = limit;
    this.#work = work;
  }

  /** Takes an entry; false when too many of this key wait. */
  push(key: string, entry: T): boolean {
    const lane = this.#lanes.get(key);
    if (lane === undefined) {
      const fresh = [entry];
      this.#lanes.set(key, fresh);
      void this.#run(key, fresh);
      return true;
    }
    if (lane.length >= this.#limit) return false;
    lane.push(entry);
    return true;
  }

  get size(): number {
    return this.#lanes.size;
  }

  async #run(key: string, lane: T[]): Promise<void> {
    for (let next = 0; next < lane.length; next += 1) {
      const entry = lane[next];
      if (entry !== undefined) await this.#work(key, entry);
      if (next > 64) next -= lane.splice(0, next + 1).length;
    }
    this.#lanes.delete(key);
  }
}
