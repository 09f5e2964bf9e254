import { createRequire, registerHooks } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const mark = /\?befriend=\d+$/;

/**
 * Makes every load of a file new, and of what it imports, directly or through others, from its own `folder`. What lies in
 * `node_modules` or in `others` is loaded once, so that all generations share it.
 * A generation that nobody uses any more stays in memory: this is for development.
 */
export class FreshModules {
  readonly #folder: string;
  readonly #others: readonly string[];
  readonly #found: (path: string) => void;
  #generation = 0;

  /** `found` hears of each file that is imported, also of one that is not there. */
  constructor(folder: string, others: readonly string[], found: (path: string) => void) {
    this.#folder = join(folder, sep);
    this.#others = others.map((other) => join(other, sep));
    this.#found = found;
    registerHooks({
      resolve: (specifier, context, next) => {
        const [generation] = mark.exec(context.parentURL ?? '') ?? [];
        if (generation === undefined) return next(specifier, context);
        if (/^\.{0,2}\//.test(specifier)) this.#isOwn(new URL(specifier, context.parentURL).href);
        const resolved = next(specifier, context);
        return this.#isOwn(resolved.url) ? { ...resolved, url: `${resolved.url}${generation}` } : resolved;
      },
    });
  }

  /** The address under which `path` and what it imports are read anew. */
  fresh(path: string): URL {
    // Modules of the older kind have a memory of their own.
    const { cache } = createRequire(import.meta.url);
    for (const file of Object.keys(cache)) if (this.#isOwn(pathToFileURL(file).href)) delete cache[file];
    this.#generation += 1;
    this.#found(path);
    return new URL(`${pathToFileURL(path).href}?befriend=${this.#generation}`);
  }

  #isOwn(url: string): boolean {
    if (!url.startsWith('file:') || url.includes('?')) return false;
    const path = fileURLToPath(url);
    const isOwn =
      path.startsWith(this.#folder) &&
      !path.includes(`${sep}node_modules${sep}`) &&
      !this.#others.some((other) => path.startsWith(other));
    if (isOwn) this.#found(path);
    return isOwn;
  }
}
