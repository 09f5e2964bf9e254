import type { Committer } from './committer.ts';
import type { LinkStatus, Log } from './ports.ts';
import type { Store } from './store.ts';

/** Logs that count as told after a link-up. */
const toldAtOnce = 10_000;

export interface LinkWatchOptions {
  readonly store: Store;
  readonly committer: Committer;
  readonly log: Log;
  /** The link is up, or is not; the latter may be said again. */
  readonly turned: (isUp: boolean) => void;
}

/** Knows how the link to the XMPP server stands, and greets whoever was there before when it is up again. */
export class LinkWatch {
  readonly #options: LinkWatchOptions;
  #status: LinkStatus = { state: 'down', reason: 'The friend has not been started.' };

  constructor(options: LinkWatchOptions) {
    this.#options = options;
  }

  get status(): LinkStatus {
    return this.#status;
  }

  get isUp(): boolean {
    return this.#status.state === 'up';
  }

  /** Takes what the transport says. */
  changed(status: LinkStatus): void {
    const { log, turned } = this.#options;
    this.#status = status;
    const fields = status.reason === undefined ? {} : { reason: status.reason };
    turned(this.isUp);
    if (this.isUp) this.#allTold();
    if (status.state === 'refused') log.error('The XMPP server refuses the friend', fields);
    else log.info(`XMPP link ${status.state}`, fields);
  }

  /** Who was there before fetches what he missed by his own cursors: with the greeting, everything counts as told. */
  #allTold(): void {
    const { committer, log, store } = this.#options;
    store.due(toldAtOnce).then(
      (logs) => {
        for (const { id, lastSeq } of logs) committer.note({ log: id, told: lastSeq });
      },
      (error: unknown) => log.error('What is due could not be read', { error: String(error) }),
    );
  }
}
