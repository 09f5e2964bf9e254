import { put } from '../../core/effect.ts';
import type { KeptRow, PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import { delivered, type Outcome } from './delivery.ts';
import { type Pending, Queue } from './queue.ts';
import { type Dead, deadRow, deadScope, pendingOf, pendingRow, pendingScope, plugin, undone } from './rows.ts';
import type { Declared } from './webhook.ts';

/** How long after each try the next one comes, milliseconds; the first is made at once. */
export const pauses: readonly number[] = [5_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000];

/** Dead letters that are kept of each webhook. */
export const deadKept = 1_000;

/** After so many failures on end the endpoint counts as down: one try at a time, until one succeeds. */
const down = 5;

/** How long an endpoint that is down is left alone, milliseconds: doubled each time. */
const rests = { first: 5_000, longest: 300_000 } as const;

/** Rows that are read at once. */
const page = 500;

/** How a webhook fares. */
export interface Standing {
  readonly pending: number;
  readonly dead: number;
  /** Failures on end. */
  readonly failures: number;
}

/** Delivers what waits for one webhook, and keeps what could not be delivered. */
export class Sender {
  readonly hook: Declared;
  readonly #host: PluginHost;
  readonly #queue = new Queue();
  /** Keys of the dead letters, the oldest first. */
  readonly #dead = new Set<string>();
  #isLoaded = false;
  #failures = 0;
  #restsUntil = 0;
  #wakesAt = Number.POSITIVE_INFINITY;
  #names = 0;

  constructor(hook: Declared, host: PluginHost) {
    this.hook = hook;
    this.#host = host;
  }

  get standing(): Standing {
    return { pending: this.#queue.size, dead: this.#dead.size, failures: this.#failures };
  }

  /** Takes up what a process before has left. */
  start(): void {
    this.#soon('load', 0, async (read) => {
      await this.#eachRow(read, pendingScope(this.hook.name), (key, value) => {
        const pending = pendingOf(key, value);
        if (pending !== undefined) this.#queue.add(pending);
      });
      await this.#eachRow(read, deadScope(this.hook.name), (key) => this.#dead.add(key));
      this.#isLoaded = true;
      return this.#pump();
    });
  }

  /** Takes a row that an action has stored. */
  kept({ scope, key, value }: KeptRow): readonly Put[] {
    if (scope === deadScope(this.hook.name) && value === null) this.#dead.delete(key);
    const pending = scope === pendingScope(this.hook.name) && value !== null ? pendingOf(key, value) : undefined;
    if (pending === undefined || !this.#queue.add(pending)) return [];
    return this.#pump();
  }

  async #eachRow(read: Reads, scope: string, take: (key: string, value: string) => void): Promise<void> {
    for (let after: string | undefined; ; ) {
      const rows = await read.inventory.states(plugin, scope, page, after);
      for (const { key, value } of rows) take(key, value);
      after = rows.at(-1)?.key;
      if (rows.length < page) return;
    }
  }

  /** Begins what may begin; returns what is stored where too many wait. */
  #pump(): readonly Put[] {
    if (!this.#isLoaded) return [];
    const { clock } = this.#host;
    const shed: Put[] = [];
    while (this.#queue.size > this.hook.pending) {
      const oldest = this.#queue.shed();
      if (oldest === undefined) break;
      shed.push(...this.#died(oldest, 'too many were waiting'));
    }
    const now = clock.now();
    const isDown = this.#failures >= down;
    while (this.#queue.going < (isDown ? 1 : this.hook.parallel) && (!isDown || now >= this.#restsUntil)) {
      const pending = this.#queue.next(now);
      if (pending === undefined) break;
      this.#soon('send', 0, async (read) =>
        this.#settled(pending, await delivered(this.hook, pending, read, this.#host)),
      );
    }
    const due = this.#queue.hasReady ? now : (this.#queue.wakesAt ?? Number.POSITIVE_INFINITY);
    this.#wake(isDown ? Math.max(this.#restsUntil, due) : due);
    return shed;
  }

  /** Looks again at `at`; nothing where it does so earlier anyway. */
  #wake(at: number): void {
    const now = this.#host.clock.now();
    if (at >= this.#wakesAt || at === Number.POSITIVE_INFINITY || at <= now) return;
    this.#wakesAt = at;
    this.#soon('wake', at - now, () => {
      if (this.#wakesAt === at) this.#wakesAt = Number.POSITIVE_INFINITY;
      return Promise.resolve(this.#pump());
    });
  }

  #settled(pending: Pending, outcome: Outcome): readonly Put[] {
    if (outcome.ok) {
      this.#host.count('webhooks_sent');
      // Who was down is up again: what waits for its time need not.
      if (this.#failures >= down) this.#queue.release();
      this.#failures = 0;
      this.#queue.done(pending);
      return [undone(this.hook.name, pending), ...this.#pump()];
    }
    this.#failed(outcome);
    const pause = pauses[pending.tries];
    if (outcome.final || pause === undefined) {
      this.#queue.done(pending);
      return [...this.#died({ ...pending, tries: pending.tries + 1 }, outcome.why), ...this.#pump()];
    }
    const after = Math.max(outcome.after ?? 0, pause * (0.8 + 0.4 * this.#chance()));
    const later = { ...pending, tries: pending.tries + 1, due: this.#host.clock.now() + Math.round(after) };
    this.#queue.again(later);
    return [put({ table: 'state', row: pendingRow(this.hook.name, later) }), ...this.#pump()];
  }

  #failed({ why, final }: Extract<Outcome, { ok: false }>): void {
    this.#host.count('webhooks_failed');
    this.#host.log.warn('A webhook could not be delivered', { webhook: this.hook.name, why });
    if (final) return;
    this.#failures += 1;
    const rest = Math.min(rests.longest, rests.first * 2 ** Math.min(this.#failures - down, 10));
    if (this.#failures >= down)
      this.#restsUntil = this.#host.clock.now() + Math.round(rest * (0.8 + 0.4 * this.#chance()));
  }

  /** It becomes a dead letter; of too many the oldest is dropped. */
  #died({ key, log, seq, at, tries }: Pending, why: string): readonly Put[] {
    const { clock, count } = this.#host;
    const dead: Dead = { log, seq, at, tries, why: why.slice(0, 200), since: clock.now() };
    const row = deadRow(this.hook.name, dead);
    count('webhooks_dead');
    this.#dead.add(row.key);
    const gone = [undone(this.hook.name, { key }), put({ table: 'state', row })];
    const [oldest] = this.#dead;
    if (this.#dead.size <= deadKept || oldest === undefined) return gone;
    this.#dead.delete(oldest);
    return [...gone, put({ table: 'state', row: { ...row, key: oldest, value: null } })];
  }

  #soon(what: string, ms: number, made: (read: Reads) => Promise<readonly Put[]>): void {
    this.#host.soon(`${this.hook.name} ${what} ${this.#names++}`, ms, made);
  }

  /** From 0 up to 1. */
  #chance(): number {
    const [high = 0, low = 0] = this.#host.random.bytes(2);
    return (high * 256 + low) / 65_536;
  }
}

type Put = ReturnType<typeof put>;
