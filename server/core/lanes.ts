type Task = () => Promise<void> | void;

/** Work of one key in order, keys beside each other; a key that has too much waiting takes no more. */
export class Lanes {
  readonly #limit: number;
  readonly #total: number;
  #waiting = 0;
  readonly #lanes = new Map<string, Task[]>();
  #idle: (() => void)[] = [];

  /**
   * @param limit tasks that may wait for each key
   * @param total tasks that may wait for all keys together
   */
  constructor(limit: number, total: number) {
    this.#limit = limit;
    this.#total = total;
  }

  /** Takes a task, which must not throw; false when too many wait, of this key or of all. */
  push(key: string, task: Task): boolean {
    if ((this.#lanes.get(key)?.length ?? 0) >= this.#limit || this.#waiting >= this.#total) return false;
    this.append(key, task);
    return true;
  }

  /** Takes a task however many wait: at once where nothing does. */
  append(key: string, task: Task): void {
    this.#waiting += 1;
    const lane = this.#lanes.get(key);
    if (lane !== undefined) {
      lane.push(task);
      return;
    }
    const fresh = [task];
    this.#lanes.set(key, fresh);
    void this.#run(key, fresh);
  }

  /** Resolves when nothing waits and nothing runs. */
  drained(): Promise<void> {
    return this.#lanes.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  get size(): number {
    return this.#lanes.size;
  }

  async #run(key: string, lane: Task[]): Promise<void> {
    for (let next = 0; next < lane.length; next += 1) {
      await lane[next]?.();
      this.#waiting -= 1;
      if (next > 64) next -= lane.splice(0, next + 1).length;
    }
    this.#lanes.delete(key);
    if (this.#lanes.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
