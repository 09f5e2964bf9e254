import type { Clock } from '../core/ports.ts';

/** How long the tab that called keeps the others from it, milliseconds: longer than a hidden tab's timers are held up. */
const hold = 5_000;
/** So many calls are remembered. */
const most = 100;

/**
 * Of several tabs with one name, one calls. Without Web Locks (plain http, sandboxed frames), or without a name, each tab
 * calls for itself.
 */
export class OneCall {
  readonly #name: string | undefined;
  readonly #clock: Clock;
  readonly #gone = new AbortController();
  /** What needs no call any more: another tab has called, or shows it. */
  readonly #settled = new Set<string>();
  readonly #waits = new Set<() => void>();
  #channel: BroadcastChannel | undefined;

  constructor(name: string | undefined, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
    const { signal } = this.#gone;
    this.#listen();
    // An open channel would keep the page out of the browser's back-forward cache.
    addEventListener('pagehide', () => this.#close(), { signal });
    addEventListener('pageshow', () => this.#listen(), { signal });
  }

  /** Somebody looks at it here: no tab needs to call. */
  settle(call: string): void {
    this.#settle(call);
    this.#channel?.postMessage(call);
  }

  /** Resolves after `wait` milliseconds with whether this tab is to call. */
  async first(call: string, wait: number): Promise<boolean> {
    await this.#after(wait);
    if (this.#gone.signal.aborted || this.#settled.has(call)) return false;
    const isFirst = this.#name === undefined || (await this.#locked(`befriend call ${this.#name} ${call}`));
    if (isFirst) this.settle(call);
    return isFirst;
  }

  stop(): void {
    this.#gone.abort();
    this.#close();
    for (const end of this.#waits) end();
  }

  /** Resolves after `ms`, or when it is stopped. */
  #after(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#waits.delete(end);
        resolve();
      };
      const cancel = this.#clock.after(ms, end);
      this.#waits.add(end);
    });
  }

  #locked(name: string): Promise<boolean> {
    const { locks } = navigator as { readonly locks?: LockManager };
    if (locks === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock && this.#after(hold);
        })
        .catch(() => resolve(true));
    });
  }

  #listen(): void {
    if (this.#name === undefined || this.#channel || typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`befriend call ${this.#name}`);
    this.#channel.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#settle(data);
    };
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  #settle(call: string): void {
    this.#settled.add(call);
    for (const old of this.#settled) if (this.#settled.size > most) this.#settled.delete(old);
  }
}
