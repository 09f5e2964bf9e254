import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FriendError } from '../core/errors.ts';
import type { Config } from '../package/config.ts';
import { FileWatch } from './file-watch.ts';
import { FreshModules } from './fresh-modules.ts';
import { ConfigError, configError, configNames, configPath, isThrownIn, loadedConfig, shown } from './site-config.ts';

/** Where a site's own logic is, and what its loading says. */
export interface SiteLogicOptions {
  /** Where the friend was started. */
  readonly folder: string;
  /** Its files are watched. */
  readonly dev: boolean;
  /** Folders of the product itself, of which there is one copy. */
  readonly product: readonly string[];
  readonly say: (line: string) => void;
}

const goesOn = 'The logic from before goes on.';
const waiting = 'Nothing runs until it is saved without that.';

/** A site's own logic as its files say it now; nothing but the product where there is no file. */
export class SiteLogic {
  readonly #options: SiteLogicOptions;
  #path: string | undefined;
  #config: Config = {};
  #modules: FreshModules | undefined;
  #watch: FileWatch | undefined;
  #change: (config: Config) => Promise<void> = () => Promise.resolve();
  #isRunning = false;
  #isWaiting = false;
  #state: 'idle' | 'loading' | 'saved meanwhile' = 'idle';

  private constructor(options: SiteLogicOptions) {
    this.#options = options;
  }

  /** While its files are watched, it waits until they can be loaded. @throws ConfigError where they are not */
  static async open(options: SiteLogicOptions): Promise<SiteLogic> {
    const logic = new SiteLogic(options);
    const { dev, folder, product } = options;
    const path = configPath(folder);
    logic.#path = path;
    if (dev) {
      const watch = new FileWatch(() => void logic.#saved());
      logic.#watch = watch;
      logic.#modules = new FreshModules(path === undefined ? folder : dirname(path), product, (file) =>
        watch.add(file),
      );
      if (path === undefined) for (const name of configNames) watch.add(join(folder, name));
    }
    if (path === undefined) return logic;
    try {
      logic.#config = await logic.#load(path);
    } catch (error) {
      await logic.repaired(error);
    }
    return logic;
  }

  get config(): Config {
    return this.#config;
  }

  /** The file's name as it is said to people; undefined where there is none. */
  get name(): string | undefined {
    return this.#path === undefined ? undefined : shown(this.#path);
  }

  /** What the logic threw, as an error that says where; as it is where there is no logic of the site's own. */
  fault(error: unknown): unknown {
    return this.#path === undefined ? error : configError(error, this.#path);
  }

  /** Nothing runs until it is saved again. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Whether an error was thrown by the site's own files, or is a mistake in what they declare. */
  isOwn(error: unknown): boolean {
    return this.#path !== undefined && (error instanceof FriendError || isThrownIn(error, dirname(this.#path)));
  }

  /** Calls `change` with what the files say after each save, one after the other. What it throws is said. */
  whenSaved(change: (config: Config) => Promise<void>): void {
    this.#isRunning = true;
    this.#change = change;
  }

  /**
   * Says what is wrong with it, and resolves when it was saved again and could be loaded.
   * @throws ConfigError, or what was thrown where it is not the site’s, while nobody watches its files
   */
  async repaired(error: unknown): Promise<void> {
    const fault = this.fault(error);
    const { dev, say } = this.#options;
    if (!dev || !(fault instanceof ConfigError)) throw fault;
    say(`${fault.message}\n${waiting}`);
    // Watching keeps no process alive; whoever has started this one does, and it ends with him.
    process.channel?.ref();
    this.#isWaiting = true;
    await new Promise<void>((resolve) => {
      this.#change = async () => resolve();
    });
    this.#isWaiting = false;
    process.channel?.unref();
  }

  end(): void {
    this.#watch?.end();
  }

  #load(path: string): Promise<Config> {
    return loadedConfig(this.#modules?.fresh(path) ?? pathToFileURL(path));
  }

  async #saved(): Promise<void> {
    if (this.#state !== 'idle') {
      this.#state = 'saved meanwhile';
      return;
    }
    this.#state = 'loading';
    await this.#reload();
    const again = (this.#state as string) === 'saved meanwhile';
    this.#state = 'idle';
    if (again) await this.#saved();
  }

  async #reload(): Promise<void> {
    const { folder, say } = this.#options;
    const since = performance.now();
    try {
      const path = configPath(folder);
      if (path === undefined) return say(`There is no ${configNames[0]} any more; the logic from before goes on.`);
      this.#path = path;
      this.#config = await this.#load(path);
      await this.#change(this.#config);
      say(`${shown(path)} was loaded again, in ${Math.round(performance.now() - since)} ms.`);
    } catch (error) {
      say(`${(this.fault(error) as Error).message}\n${this.#isRunning ? goesOn : waiting}`);
    }
  }
}
