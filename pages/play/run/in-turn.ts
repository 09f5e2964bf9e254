/** Lets asynchronous tasks run one after the other. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether something runs or waits. */
  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  /** Runs `task` when all before it has ended, however it did. */
  run<T>(task: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const next = this.#last.then(task).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = next.catch(() => undefined);
    return next;
  }
}
