import type { Aside } from '../core/effect.ts';
import { put } from '../core/effect.ts';
import type { PluginHost } from '../core/plugin.ts';

/** A user's last time is written at most this often, milliseconds. */
const pause = 60_000;

/** The row that keeps when a user was last there, milliseconds since 1970. */
export function lastRow(user: string, at: number): Aside {
  return put({ table: 'state', row: { plugin: 'presence', scope: user, key: 'seen', value: String(at) } });
}

/** When people were last there, on its way to the store: each user's first time at once, those after it together. */
export class Last {
  readonly #host: Pick<PluginHost, 'clock' | 'soon'>;
  /** Those who were written within the last pause, and what waits of them. */
  readonly #written = new Map<string, { readonly at: number; readonly waits?: number }>();

  constructor(host: Pick<PluginHost, 'clock' | 'soon'>) {
    this.#host = host;
  }

  /** Returns what is to be stored now; the rest follows by itself. */
  was(user: string, at: number): readonly Aside[] {
    this.#forget();
    const before = this.#written.get(user);
    this.#written.set(user, before === undefined ? { at } : { at: before.at, waits: at });
    if (before === undefined) return [lastRow(user, at)];
    this.#host.soon('last', pause, async () => this.#due());
    return [];
  }

  /** The last time of a user that is not stored yet. */
  waiting(user: string): number | undefined {
    return this.#written.get(user)?.waits;
  }

  /** What nothing waits of is kept for a pause only; the oldest come first. */
  #forget(): void {
    const now = this.#host.clock.now();
    for (const [user, { at, waits }] of this.#written) {
      if (Math.abs(now - at) < pause) break;
      if (waits === undefined) this.#written.delete(user);
    }
  }

  #due(): readonly Aside[] {
    const now = this.#host.clock.now();
    const rows: Aside[] = [];
    let isLeft = false;
    for (const [user, { at, waits }] of [...this.#written]) {
      if (waits === undefined) continue;
      if (Math.abs(now - at) < pause) {
        isLeft = true;
        continue;
      }
      rows.push(lastRow(user, waits));
      this.#written.delete(user);
      this.#written.set(user, { at: now });
    }
    if (isLeft) this.#host.soon('last', pause, async () => this.#due());
    this.#forget();
    return rows;
  }
}
