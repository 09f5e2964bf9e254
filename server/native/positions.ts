import type { Fact } from '../../protocol/facts.ts';
import type { Clock } from '../core/ports.ts';
import type { Line } from './line.ts';

/** How long a bounce may take until what was sent counts as taken, milliseconds. */
const settling = 3_000;

/** The fact that answers `account.cursors`. */
export interface Cursors {
  readonly cursors: Readonly<Record<string, number>>;
}

/** How far each log was sent to one account. What is on disk lags behind by 3 s: it is sent again, and never left out. */
export class Positions {
  readonly #line: Line;
  readonly #clock: Clock;
  readonly #sent = new Map<string, number>();
  readonly #settling = new Map<string, number>();
  #cancel: (() => void) | undefined;

  constructor(line: Line, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
  }

  /** How far these logs were sent, 0 where nothing was. */
  async of(logs: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const unknown = logs.filter((log) => !this.#sent.has(log));
    const asked =
      unknown.length === 0 ? {} : stored((await this.#line.insist('account.cursors', { logs: unknown })).fact);
    for (const log of unknown) if (!this.#sent.has(log)) this.#sent.set(log, asked[log] ?? 0);
    return new Map(logs.map((log) => [log, this.#sent.get(log) ?? 0]));
  }

  /** All of `log` up to `seq` was sent, or is nothing to be sent. */
  raise(log: string, seq: number): void {
    if ((this.#sent.get(log) ?? 0) >= seq) return;
    this.#sent.set(log, seq);
    this.#settling.set(log, seq);
    this.#cancel ??= this.#clock.after(settling, () => this.#store());
  }

  /** What was sent at `seq` came back: it is sent again, and all after it. */
  lower(log: string, seq: number): void {
    const sent = this.#sent.get(log);
    if (sent !== undefined && sent >= seq) this.#sent.set(log, seq - 1);
    if ((this.#settling.get(log) ?? 0) >= seq) this.#settling.set(log, seq - 1);
  }

  /** Stores at once what waits for that. */
  stop(): void {
    this.#cancel?.();
    if (this.#settling.size > 0) this.#store();
  }

  #store(): void {
    this.#cancel = undefined;
    const logs = Object.fromEntries(this.#settling);
    this.#settling.clear();
    void this.#line.insist('account.sent', { logs });
  }
}

function stored({ type, body }: Fact): Readonly<Record<string, number>> {
  return type === 'account.cursors' ? (body as Cursors).cursors : {};
}
