import { unwatchFile, watchFile } from 'node:fs';

/** How often a file is looked at, and how long after a save is waited for another, milliseconds. */
const pace = { look: 200, settle: 40 } as const;

/** Files that are watched at most. */
const limit = 1_000;

/**
 * Watches files by looking at them, which holds on every disk, also on those of containers and networks; one that is not
 * there is seen when it comes.
 */
export class FileWatch {
  readonly #paths = new Set<string>();
  readonly #changed: () => void;
  #settling: NodeJS.Timeout | undefined;

  /** `changed` is called once for all files that are saved together. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add(path: string): void {
    if (this.#paths.has(path) || this.#paths.size >= limit) return;
    this.#paths.add(path);
    watchFile(path, { interval: pace.look, persistent: false }, (now, before) => {
      if (now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino) return;
      clearTimeout(this.#settling);
      this.#settling = setTimeout(this.#changed, pace.settle);
    });
  }

  end(): void {
    clearTimeout(this.#settling);
    for (const path of this.#paths) unwatchFile(path);
    this.#paths.clear();
  }
}
