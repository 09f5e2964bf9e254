import type { Action } from '../../protocol/actions.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { isLater } from '../../protocol/later.ts';
import { unremembered } from './after-commit.ts';
import type { Committer } from './committer.ts';
import type { Clock, Log } from './ports.ts';
import type { ScheduleRow } from './rows.ts';
import type { Store } from './store.ts';

/** The device of actions that were scheduled; (device, id) is stored once, whatever crashed in between. */
export const scheduleDevice = 'schedule';

/** Rows that are read at once. */
const batch = 50;

/** The store is asked again after this long at the latest, milliseconds: a wall clock may be set. */
const longestSleep = 60_000;

/** How long until what could not be taken is tried again, milliseconds: doubled each time. */
const pauses = { first: 500, longest: 30_000 } as const;

export interface SchedulesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly committer: Committer;
  /** Takes an action as the user's, from the device `schedule`; resolves with its answer. */
  readonly inject: (user: string, action: Action) => Promise<AnyFact>;
}

/**
 * Lets scheduled actions in when their time has come. A row goes in the same commit that stores what its action came
 * to, so a crash before it repeats the action, and a crash after it does not. What is refused for good goes too.
 */
export class Schedules {
  readonly #options: SchedulesOptions;
  #stopped = true;
  #looking = false;
  /** When the store is asked next, milliseconds since 1970. */
  #wakesAt = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #failures = 0;

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
    this.#look();
  }

  /** Lets nothing more in. */
  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Something was stored that waits for `dueAt`. */
  set(dueAt: number): void {
    if (!this.#looking) this.#wake(dueAt);
    else this.#wakesAt = Math.min(this.#wakesAt, dueAt);
  }

  #wake(at: number): void {
    if (this.#stopped || at >= this.#wakesAt) return;
    this.#cancel?.();
    this.#wakesAt = at;
    const { clock } = this.#options;
    const wait = Math.min(longestSleep, at - clock.now());
    if (wait > 0) this.#cancel = clock.after(wait, () => this.#look());
    else clock.defer(() => this.#wakesAt === at && this.#look());
  }

  #look(): void {
    this.#looking = true;
    this.#wakesAt = Number.POSITIVE_INFINITY;
    void this.#run()
      .catch((error: unknown) => {
        this.#options.log.error('What is scheduled could not be read', { error: String(error) });
        return this.#options.clock.now() + this.#pause();
      })
      .then((next) => {
        this.#looking = false;
        const at = Math.min(next, this.#wakesAt);
        this.#wakesAt = Number.POSITIVE_INFINITY;
        if (at < Number.POSITIVE_INFINITY) this.#wake(at);
      });
  }

  /** Lets in what is due; returns when to look again. */
  async #run(): Promise<number> {
    const { clock, store } = this.#options;
    for (;;) {
      const rows = await store.scheduled(batch);
      const due = rows.filter((row) => row.dueAt <= clock.now());
      if (this.#stopped || due.length === 0) return rows[0]?.dueAt ?? Number.POSITIVE_INFINITY;
      const gone = await Promise.all(due.map((row) => this.#take(row)));
      if (gone.includes(false)) return clock.now() + this.#pause();
      this.#failures = 0;
    }
  }

  /** Resolves with whether the row is gone. */
  async #take(row: ScheduleRow): Promise<boolean> {
    const { clock, log, store } = this.#options;
    if ((await store.user(row.user)) === undefined) return this.#remove(row);
    const body = JSON.parse(row.body) as unknown;
    const answer = await this.#options.inject(row.user, { id: row.id, type: row.type, at: clock.now(), body });
    if (answer.type !== 'error') return this.#isGone(row);
    if (isLater(answer.body.code)) return false;
    log.error('A scheduled action was refused', { id: row.id, type: row.type, code: answer.body.code });
    return this.#remove(row);
  }

  /** A repeat of what was stored before has removed nothing: its id was used again. */
  async #isGone(row: ScheduleRow): Promise<boolean> {
    const rows = await this.#options.store.scheduled(batch);
    return rows.some(({ id, dueAt }) => id === row.id && dueAt === row.dueAt) ? this.#remove(row) : true;
  }

  #remove({ id }: ScheduleRow): Promise<boolean> {
    return new Promise((resolve) => {
      const unit = unremembered('unschedule', [{ table: 'unschedule', row: { id } }]);
      const settled = ({ kind }: { kind: string }): void => resolve(kind === 'stored');
      if (!this.#options.committer.submit({ unit, settled })) resolve(false);
    });
  }

  #pause(): number {
    this.#failures += 1;
    return Math.min(pauses.longest, pauses.first * 2 ** Math.min(this.#failures - 1, 10));
  }
}
