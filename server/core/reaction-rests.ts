import { unitOf } from './plan.ts';
import type { Clock, Log } from './ports.ts';
import { pause } from './reaction-lane.ts';
import { type Slice, sliceId } from './reaction-slices.ts';
import type { ReadCache } from './reads.ts';
import type { Effects } from './rule.ts';
import type { Put, Store, Unit } from './store.ts';

/** Where rests stand, by reaction, log and seq. */
const place = { plugin: 'reaction', scope: 'rest' } as const;

/** Rests that are read at once. */
const batch = 100;

/** What a run has decided and only begun to store. */
export interface Rest {
  readonly device: string;
  readonly id: string;
  /** What comes after the first slice. */
  readonly slices: readonly Slice[];
}

export interface ReactionRestsOptions {
  readonly store: Pick<Store, 'states'>;
  readonly cache: ReadCache;
  readonly clock: Clock;
  readonly log: Log;
  /** @throws where the store cannot write it, ever */
  readonly commit: (unit: Unit, then: Effects) => Promise<'stored' | 'repeat' | 'early' | 'stale' | 'storage'>;
}

/** The row that holds a rest from the commit of its first slice to that of its last. */
export function restRow(rest: Rest, stands: boolean): Put {
  return { table: 'state', row: { ...place, key: keyOf(rest), value: stands ? JSON.stringify(rest) : null } };
}

/**
 * Stores the rests of runs that return very much: one slice a commit, so that whoever else waits for the store has his turn
 * in each. The first commit has the whole rest as a row: a crash in between loses nothing of what was decided, and nothing
 * is decided twice.
 */
export class ReactionRests {
  readonly #options: ReactionRestsOptions;
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(options: ReactionRestsOptions) {
    this.#options = options;
  }

  /** Goes on with what a process before has begun, beside everything else. */
  async open(): Promise<void> {
    const { log, store } = this.#options;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const rows: readonly { readonly key: string; readonly value: string }[] = await store.states(
        ...[place.plugin, place.scope, batch, after],
      );
      for (const { key, value } of rows) {
        this.finish(JSON.parse(value) as Rest, []).catch((error: unknown) =>
          log.error('The rest of a reaction cannot be stored', { rest: key, error: String(error) }),
        );
      }
      after = rows.at(-1)?.key;
    }
  }

  /** Resolves once the rest of this run is on disk; undefined where it has none. */
  of(device: string, id: string): Promise<void> | undefined {
    return this.#running.get(keyOf({ device, id }));
  }

  /** Begins nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Stores all slices in their order. `then`: for after the last one. @throws where one can never be stored */
  finish(rest: Rest, then: Effects): Promise<void> {
    const key = keyOf(rest);
    const running = this.#finish(rest, then).finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  async #finish(rest: Rest, then: Effects): Promise<void> {
    const { cache, commit } = this.#options;
    try {
      for (const [index, { appends, puts }] of rest.slices.entries()) {
        const isLast = index === rest.slices.length - 1;
        const slice = { appends: await cache.listed(appends), puts: isLast ? [...puts, restRow(rest, false)] : puts };
        const origin = { device: rest.device, id: sliceId(rest.id, index + 1), content: ['slice'], reads: [] };
        await this.#stored(unitOf(slice, origin), isLast ? then : []);
        if (this.#stopped) return;
      }
    } catch (error) {
      await commit({ id: 'rest', digest: '', reads: [], appends: [], puts: [restRow(rest, false)] }, []);
      throw error;
    }
  }

  async #stored(unit: Unit, then: Effects): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      if ((await this.#options.commit(unit, then)) !== 'storage') return;
      await pause(this.#options.clock, attempt);
    }
  }
}

function keyOf({ device, id }: Pick<Rest, 'device' | 'id'>): string {
  return `${device} ${id}`;
}
