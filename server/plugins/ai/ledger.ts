import { toJson } from '../../../protocol/frame.ts';
import { put } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { Budget } from './options.ts';

const dayMs = 86_400_000;

/** Conversations whose spending is in memory; who comes back after that is read again. */
const kept = 10_000;

/** How long spending is gathered before it is stored, milliseconds: as much is forgotten where the process ends. */
const gathered = 1_000;

interface Account {
  day: number;
  tokens: number;
  /** Asked for, and not answered yet. */
  held: number;
}

/** Counts the tokens of each day: what a question may cost is held before it is asked, so that many at once keep to it. */
export class Ledger {
  readonly #host: PluginHost;
  readonly #plugin: string;
  readonly #budget: Required<Budget>;
  readonly #accounts = new Map<string, Account>();

  constructor(host: PluginHost, plugin: string, budget: Required<Budget>) {
    this.#host = host;
    this.#plugin = plugin;
    this.#budget = budget;
  }

  /** Holds so many tokens; undefined where the budget does not have them. What it returns says what it came to. */
  async hold(read: Reads, conversation: string, tokens: number): Promise<((spent: number) => void) | undefined> {
    const mine = await this.#account(read, conversation);
    const all = await this.#account(read, 'all');
    const has = ({ tokens: spent, held }: Account, most: number): boolean => spent + held + tokens <= most;
    if (!has(mine, this.#budget.conversation) || !has(all, this.#budget.all)) return undefined;
    for (const one of [mine, all]) one.held += tokens;
    return (spent) => {
      for (const one of [mine, all]) {
        one.held -= tokens;
        one.tokens += spent;
      }
      if (spent > 0) for (const key of [conversation, 'all']) this.#store(key);
    };
  }

  async #account(read: Reads, key: string): Promise<Account> {
    const day = Math.floor(this.#host.clock.now() / dayMs);
    const known = this.#accounts.get(key);
    if (known?.day === day) return known;
    const account = known ?? { ...(await this.#stored(read, key)), held: 0 };
    // Two who asked at once have one account.
    const same = this.#accounts.get(key) ?? account;
    if (same.day !== day) Object.assign(same, { day, tokens: 0 });
    this.#accounts.set(key, same);
    this.#forget();
    return same;
  }

  async #stored(read: Reads, key: string): Promise<{ day: number; tokens: number }> {
    const text = await read.state(this.#plugin, key, 'spent');
    return text === undefined ? { day: 0, tokens: 0 } : (JSON.parse(text) as { day: number; tokens: number });
  }

  #forget(): void {
    if (this.#accounts.size <= kept) return;
    for (const [key, { held }] of this.#accounts) {
      if (key === 'all' || held > 0) continue;
      this.#accounts.delete(key);
      return;
    }
  }

  #store(key: string): void {
    this.#host.soon(`spent ${key}`, gathered, async () => {
      const account = this.#accounts.get(key);
      if (account === undefined) return [];
      const { day, tokens } = account;
      return [
        put({
          table: 'state',
          row: { plugin: this.#plugin, scope: key, key: 'spent', value: toJson({ day, tokens }) },
        }),
      ];
    });
  }
}
