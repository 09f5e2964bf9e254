import type { TokenSource } from '../core/login.ts';
import type { LoggedOut, LogoutOptions } from '../core/logout.ts';
import { directionOf } from '../i18n/texts.ts';
import { drawLauncher, type Launcher } from './launcher.ts';
import type { Settings } from './settings.ts';

/** Whom the page says is here: by a token of the site or what fetches one, or a colleague by an invite. */
export type Who = TokenSource | { readonly invite: string };

/** What the rest of the widget, loaded at the first intent, offers to the first kilobytes. */
export interface App {
  open(focus: boolean): void;
  close(): void;
  readonly isOpen: boolean;
  send(text: string): void;
  identify(who: Who): Promise<void>;
  logout(how?: LogoutOptions): Promise<LoggedOut>;
  /** Resolves with the friend's answer. */
  emit(type: string, body: unknown): Promise<unknown>;
  on(type: string, listener: (fact: unknown) => void): () => void;
  destroy(): Promise<void>;
}

export type StartApp = (root: ShadowRoot, settings: Settings, show: Launcher['show']) => App;

/** One widget on the page. Until the first intent it is a button and nothing else. */
export class Instance {
  readonly settings: Settings;
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #launcher: Launcher;
  readonly #load: () => Promise<{ start: StartApp }>;
  readonly #listeners = new Map<
    object,
    [type: string, listener: (fact: unknown) => void, stop: (() => void) | undefined]
  >();
  #app: Promise<App> | undefined;
  #running: App | undefined;
  #gone = false;

  /** `place` is where the widget is put into; without one the settings say. */
  constructor(settings: Settings, load: () => Promise<{ start: StartApp }>, place?: Element) {
    this.settings = settings;
    this.#load = load;
    this.#host = document.createElement('befriend-chat');
    this.#root = this.#host.attachShadow({ mode: 'open' });
    this.#launcher = drawLauncher(this.#root, settings.label, settings.side, () => this.#toggle());
    if (settings.mode === 'bubble') this.#root.append(this.#launcher.button);
    else this.#host.dataset.mode = settings.mode;
    this.#host.dir = directionOf(settings.locale);
    (place ?? document.querySelector(settings.target ?? 'body') ?? document.body).append(this.#host);
    if (settings.mode === 'bubble') this.#rise();
    // To follow a group's link is an intent.
    if (settings.open || (/groups/.test(settings.features) && /^#befriend-join=/.test(location.hash))) this.open();
  }

  open(focus = false): void {
    this.#do((app) => app.open(focus));
  }

  close(): void {
    this.#running?.close();
  }

  send(text: string): void {
    this.#do((app) => app.send(text));
  }

  identify(who: Who): void {
    this.#do((app) => void app.identify(who).catch(console.error));
  }

  /**
   * Ends who is here. Resolves with what is not sent yet, where that forbids it; `force` forgets that too. Rejects where
   * what it takes cannot be loaded.
   */
  logout(how?: LogoutOptions): Promise<LoggedOut> {
    return new Promise((resolve, reject) => this.#do((app) => void app.logout(how).then(resolve, reject)));
  }

  /** Sends an action of the team's own; resolves with the fact that answers it, which may be an `error`. */
  emit(type: string, body: unknown): Promise<unknown> {
    return new Promise((resolve) => this.#do((app) => void app.emit(type, body).then(resolve)));
  }

  /** Listening is no intent: it waits until the widget is loaded for another reason. */
  on(type: string, listener: (fact: unknown) => void): () => void {
    const key = {};
    this.#listeners.set(key, [type, listener, this.#running?.on(type, listener)]);
    return () => {
      this.#listeners.get(key)?.[2]?.();
      this.#listeners.delete(key);
    };
  }

  destroy(): void {
    this.#gone = true;
    this.#listeners.clear();
    this.#app?.then((app) => app.destroy()).catch(() => undefined);
    this.#host.remove();
  }

  /** Into the top layer: out of reach of the page's transforms, overflows and z-indices. */
  #rise(): void {
    this.#host.popover = 'manual';
    this.#host.showPopover?.();
  }

  #toggle(): void {
    if (this.#running?.isOpen) this.close();
    else this.open(true);
  }

  #do(call: (app: App) => void): void {
    if (this.#gone) return;
    this.#app ??= this.#start();
    this.#app
      .then((app) => this.#gone || call(app))
      .catch((error: unknown) => {
        this.#app = undefined;
        console.error('befriend: not loaded', error);
      });
  }

  async #start(): Promise<App> {
    const { start } = await this.#load();
    const app = start(this.#root, this.settings, (open, unread) => {
      this.#launcher.show(open, unread);
      const within = this.#root.activeElement;
      if (!open && within && within !== this.#launcher.button) this.#launcher.button.focus({ preventScroll: true });
    });
    this.#running = app;
    for (const entry of this.#listeners.values()) entry[2] = app.on(entry[0], entry[1]);
    return app;
  }
}
