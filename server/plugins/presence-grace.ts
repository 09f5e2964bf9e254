/** How long somebody is still shown after he has gone, milliseconds: a reload takes less. */
const grace = 5_000;

/** The same after the link to the XMPP server was up again, where all may have lost that server: a try may wait 10 s. */
const returning = 20_000;

/** When somebody who goes is taken for gone. Whoever goes shortly before the link breaks, or after it, goes with the server. */
export class Grace {
  /** Since when the link was missed last, and since when it is up again. */
  #brokeAt: number | undefined;
  #upAt: number | undefined;

  /** The link to the XMPP server is up, or is not. */
  linked(isUp: boolean, now: number): void {
    if (isUp) {
      this.#upAt = now;
    } else if (this.#upAt !== undefined) {
      // A link that comes and breaks again in the same breath is one that is missed since the beginning.
      const isSame = this.#brokeAt !== undefined && now - this.#upAt < returning;
      this.#brokeAt = isSame ? this.#brokeAt : now;
      this.#upAt = undefined;
    }
  }

  /** When somebody who went at `at` is taken for gone; `Infinity` as long as that is not known. Never falls as `at` grows. */
  over(at: number): number {
    if (this.#brokeAt === undefined || at < this.#brokeAt - grace) return at + grace;
    return this.#upAt === undefined ? Number.POSITIVE_INFINITY : Math.max(at + grace, this.#upAt + returning);
  }
}
