import type { Action } from '../../protocol/actions.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { AfterCommit, Sender } from './after-commit.ts';
import type { Committer, Settlement } from './committer.ts';
import type { Connections } from './connections.ts';
import type { Meter } from './meter.ts';
import type { Log } from './ports.ts';
import type { ReadCache } from './reads.ts';
import type { Effects } from './rule.ts';
import type { Done, Store, Unit } from './store.ts';
import type { Teller } from './teller.ts';

/** How often a decision is taken again when what it read has changed. */
export const attempts = 3;

/** What a rule decided, on its way to the store. */
export interface Decision {
  readonly unit: Unit;
  /** Effects for after the commit. */
  readonly afterwards: Effects;
  readonly sender: Sender;
  readonly action: Action;
  /** 1 for the first decision on this arrival. */
  readonly attempt: number;
}

export interface SettlingOptions {
  readonly store: Store;
  readonly cache: ReadCache;
  readonly connections: Connections;
  readonly committer: Committer;
  readonly teller: Teller;
  readonly afterCommit: AfterCommit;
  readonly meter: Meter;
  readonly log: Log;
  readonly flushSoon: () => void;
  /** Decides once more; resolves when that is settled. Never rejects. */
  readonly again: (jid: string, action: Action, attempt: number) => Promise<void>;
  readonly refuse: (sender: Sender, code: ErrorCode, more: { retryAfter?: number }) => void;
}

/** Hands decisions to the commit and makes an answer of each outcome, or another decision. */
export class Settling {
  readonly #options: SettlingOptions;
  /**
   * Actions that are decided again, and who waits for them: a successor that came in the same frame must not be
   * refused as early. Whoever waits stood behind them in a batch, so nobody waits in a circle.
   */
  readonly #redeciding = new Map<string, (() => void)[]>();

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** `settled` is called when the sender has his answer. */
  submit(decision: Decision, settled?: () => void): void {
    const { committer, refuse } = this.#options;
    const taken = committer.submit({
      unit: decision.unit,
      settled: (settlement) => this.#settled(decision, settlement, settled),
    });
    if (taken) return;
    refuse(decision.sender, 'busy', { retryAfter: 1_000 });
    settled?.();
  }

  /** A repeat gets the answer that the first arrival got. */
  async repeated(done: Done, digest: string, sender: Sender): Promise<void> {
    const { connections, flushSoon, refuse, store, teller } = this.#options;
    if (done.digest !== digest) return refuse(sender, 'id_reused', {});
    const { log, seq } = done;
    const [fact] = log === undefined || seq === undefined ? [] : await store.page({ log, after: seq - 1, limit: 1 });
    if (fact === undefined) teller.answer(sender.jid, sender.at, 'ack', {}, sender.re);
    else {
      const reader = connections.get(sender.jid)?.user;
      const prev = reader === undefined ? fact.seq - 1 : await store.prevVisible(fact.log, fact.seq, reader);
      const merged = reader !== undefined && fact.by !== reader && (await store.user(fact.by))?.mergedInto === reader;
      teller.again(sender.jid, merged ? { ...fact, by: reader } : fact, prev);
    }
    flushSoon();
  }

  #settled(decision: Decision, settlement: Settlement, settled: (() => void) | undefined): void {
    // Synchronous where it was stored, so that the answers of one batch leave in one flush.
    if (settlement.kind === 'stored' && this.#stored(decision, settlement.appended)) {
      settled?.();
      return;
    }
    this.#unstored(decision, settlement)
      .catch((error: unknown) => {
        this.#options.log.error('An outcome could not be answered', { error: String(error) });
        this.#options.refuse(decision.sender, 'busy', { retryAfter: 1_000 });
      })
      .finally(settled);
  }

  /** False where carrying out threw: it is on disk, so that a repeat gets its answer. */
  #stored({ unit, afterwards, sender }: Decision, appended: readonly { seq: number; audienced: boolean }[]): boolean {
    try {
      this.#options.afterCommit.stored(unit, appended, afterwards, sender);
      return true;
    } catch (error) {
      this.#options.log.error('A stored action could not be carried out', { id: unit.id, error: String(error) });
      return false;
    }
  }

  async #unstored(decision: Decision, settlement: Settlement): Promise<void> {
    const { log, meter, refuse } = this.#options;
    const { unit, sender, action } = decision;
    switch (settlement.kind) {
      case 'stored':
        return refuse(sender, 'busy', { retryAfter: 1_000 });
      case 'storage':
        return refuse(sender, 'storage', { retryAfter: 5_000 });
      case 'failed':
        meter.count('failed');
        log.error('The store cannot write what a rule decided', { type: action.type, error: String(settlement.error) });
        return refuse(sender, 'failed', {});
      case 'repeat':
        return this.repeated(settlement.done, unit.digest, sender);
      case 'early':
        return this.#early(decision);
      case 'stale':
        return this.#stale(decision);
      default:
        settlement satisfies never;
    }
  }

  async #stale(decision: Decision): Promise<void> {
    for (const { log } of decision.unit.reads) this.#options.cache.forget(log);
    if (decision.attempt >= attempts) return this.#options.refuse(decision.sender, 'busy', { retryAfter: 500 });
    return this.#again(decision, undefined);
  }

  async #early(decision: Decision): Promise<void> {
    const { unit, attempt, sender } = decision;
    const predecessor = this.#redeciding.get(`${unit.device} ${unit.after}`);
    if (predecessor !== undefined && attempt < attempts) return this.#again(decision, predecessor);
    this.#options.refuse(sender, 'early', { retryAfter: 500 });
  }

  async #again({ unit, sender, action, attempt }: Decision, predecessor: (() => void)[] | undefined): Promise<void> {
    const name = `${unit.device} ${unit.id}`;
    const waiting: (() => void)[] = [];
    this.#redeciding.set(name, waiting);
    try {
      if (predecessor !== undefined) await new Promise<void>((resolve) => predecessor.push(resolve));
      await this.#options.again(sender.jid, action, attempt + 1);
    } finally {
      if (this.#redeciding.get(name) === waiting) this.#redeciding.delete(name);
      for (const go of waiting) go();
    }
  }
}
