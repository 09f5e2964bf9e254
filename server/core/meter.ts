/** What the friend counts about itself; never what anybody wrote. */
export const counters = {
  stored: 'Facts that were committed.',
  answered: 'Answers that were handed to the XMPP server.',
  told: 'Events that were handed to the XMPP server, answers included.',
  refused: 'Actions that were refused with a final or later error.',
  ignored: 'Actions and stanzas that nothing came of.',
  bounced: 'Stanzas of ours that came back as errors.',
  resumed: 'Logs that clients resumed.',
  file_bytes_in: 'Bytes of files that were taken.',
  file_bytes_out: 'Bytes of files that were given.',
  file_refusals: 'Requests for files that were refused.',
  superseded: 'Runs of reactions that a newer fact has ended.',
  looped: 'Reactions that were not run, for they would follow from each other without end.',
  webhooks_sent: 'Webhooks that were delivered.',
  webhooks_failed: 'Tries to deliver a webhook that failed.',
  webhooks_dead: 'Webhooks that became dead letters.',
  failed: 'Rules and reactions that threw or ran out of time.',
} as const;

export type Counter = keyof typeof counters;

/** Counts; `of` gives the sum since the start. */
export class Meter {
  readonly #sums = new Map<Counter, number>();

  count(counter: Counter, by = 1): void {
    this.#sums.set(counter, this.of(counter) + by);
  }

  of(counter: Counter): number {
    return this.#sums.get(counter) ?? 0;
  }
}
