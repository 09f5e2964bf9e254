import type { Env } from '../env.ts';

/** Where a file is: its address, `gone` where it is not there any more, or nothing while that is not known. */
export type Link = { readonly url: string } | 'gone' | undefined;

interface Known {
  readonly url: string | undefined;
  /** This device's clock. */
  readonly until: number;
}

/** What stands on the screen must not run out while one looks at it, milliseconds. */
const margin = 10_000;
/** Files that one `file.show` may name. */
const most = 50;

/**
 * Addresses of files: asked for in one question for each tick, and kept until they run out. One for each panel, whose
 * user may see them.
 */
export class Links {
  readonly #env: Pick<Env, 'ask' | 'picture' | 'now'>;
  readonly #known = new Map<string, Known>();
  readonly #asked = new Set<string>();
  readonly #redraw = new Set<() => void>();
  #wanted = new Set<string>();
  #offset = 0;

  constructor(env: Pick<Env, 'ask' | 'picture' | 'now'>) {
    this.#env = env;
  }

  of(file: string): Link {
    const known = this.#known.get(file);
    if (known === undefined || known.until < this.#env.now() + margin) return undefined;
    return known.url === undefined ? 'gone' : { url: known.url };
  }

  /** Asks for an address where none is known; `anew` also where one is, because it led nowhere. */
  want(file: string, anew = false): void {
    if (anew) this.#known.delete(file);
    if (this.of(file) !== undefined || this.#asked.has(file)) return;
    this.#asked.add(file);
    if (this.#wanted.size === 0) queueMicrotask(() => this.#ask());
    this.#wanted.add(file);
  }

  /** What was asked on a link that has gone is never answered. `clockOffset` is the friend's clock minus ours. */
  linked(online: boolean, clockOffset: number): void {
    this.#offset = clockOffset;
    if (!online) this.#asked.clear();
  }

  /** Calls `redraw` when something became known; returns what ends that. */
  subscribe(redraw: () => void): () => void {
    this.#redraw.add(redraw);
    return () => this.#redraw.delete(redraw);
  }

  #ask(): void {
    const wanted = [...this.#wanted];
    this.#wanted = new Set();
    for (let from = 0; from < wanted.length; from += most) void this.#show(wanted.slice(from, from + most));
  }

  async #show(files: readonly string[]): Promise<void> {
    const [answer] = await this.#env.ask('file.show', { files: [...files] });
    for (const file of files) this.#asked.delete(file);
    if (answer?.type !== 'file.linked') return;
    const { links } = answer.body;
    // One that is not named is gone for now: whoever wants it anew asks again.
    for (const file of files) this.#known.set(file, { url: undefined, until: Number.POSITIVE_INFINITY });
    for (const { file, url, until } of links) {
      this.#known.set(file, { url: this.#env.picture(url), until: until - this.#offset });
    }
    for (const redraw of [...this.#redraw]) redraw();
  }
}

const panels = new WeakMap<Env, Links>();

/** The addresses that a panel knows. */
export function linksOf(env: Env): Links {
  const links = panels.get(env) ?? new Links(env);
  panels.set(env, links);
  return links;
}
