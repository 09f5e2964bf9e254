import type { TokenSource } from '../core/login.ts';
import { directionOf } from '../i18n/texts.ts';
import type { Around, around, consent } from './around.ts';
import { drawLauncher, type Launcher } from './launcher.ts';
import type { Tag } from './tag.ts';
import type { GivenTheme } from './theme.ts';
import { intents, verbs } from './verbs.ts';

/** Whom the page says is here: by a token of the site or what fetches one, or a colleague by an invite. */
export type Who = TokenSource | { readonly invite: string };

type Listener = (fact: unknown) => void;
type Heard = [type: string, listener: Listener, stop: (() => void) | undefined];

/** What the rest of the widget, loaded at the first intent, offers to the first kilobytes. */
export interface App {
  /** Does what a verb says that is not done here; in the order of the calls. */
  call(verb: string, ...args: unknown[]): unknown;
  on(type: string, listener: Listener): () => void;
  /** `forget`: nothing stays on this device. Resolves when it is over. */
  destroy(forget: boolean): Promise<void>;
}

/** `consent` is what the page has said of it before, in place of what the tag says. */
export type StartApp = (root: ShadowRoot, tag: Tag, show: Launcher['show'], consent?: string) => App;

/** What is loaded later. */
export interface Load {
  /** At the first intent. */
  app(): Promise<{ readonly start: StartApp }>;
  /**
   * At once, where the page has launchers of its own, places without one, or a theme that is more than a scheme; and where
   * it says early what may be kept.
   */
  around(): Promise<{ readonly around: typeof around; readonly consent: typeof consent }>;
}

/** What waits at most, before the first intent. */
const patience = 100;

/** One widget on the page. Until the first intent it is a button and nothing else. */
export class Instance {
  readonly tag: Tag;
  readonly host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #launcher: Launcher;
  readonly #load: Load;
  readonly #isOwner: boolean;
  #around: Promise<Around> | undefined;
  readonly #listeners = new Set<Heard>();
  readonly #over = new AbortController();
  /** What the page said before the first intent. */
  readonly #early: ((app: App) => unknown)[] = [];
  #opener: HTMLElement;
  #app: Promise<App | undefined> | undefined;
  #running: App | undefined;
  /** What the page has said of what may be kept, once that is seen to. */
  #agreed: Promise<string> | undefined;
  #unread = 0;
  #hidden = false;
  #away: boolean;

  /** `place` is where the widget is put into; without one the tag says. `own` is an element that becomes the widget. */
  constructor(tag: Tag, load: Load, place?: Element, own?: HTMLElement) {
    const { signal } = this.#over;
    const { label = 'Chat', side = 'end', launcher, hide, target, open, locale, theme } = tag.data;
    this.tag = tag;
    this.#load = load;
    const host = own ?? document.createElement('befriend-chat');
    this.host = host;
    this.#root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    this.#launcher = drawLauncher(this.#root, label, side, () => this.toggle(this.#launcher.button));
    this.#opener = this.#launcher.button;
    // Somebody is about to click: nothing is dialled, read or kept by that.
    for (const sign of ['pointermove', 'pointerdown', 'focus']) {
      this.#opener.addEventListener(sign, () => load.app().catch(() => {}), { once: true, signal });
    }
    const { mode } = this;
    if (mode) host.dataset.mode = mode;
    else this.#root.append(this.#opener);
    host.dir = directionOf(locale ?? tag.language);
    this.#isOwner = !own;
    if (!own) (place ?? document.querySelector(target ?? 'body') ?? document.body).append(host);
    this.rise();
    // A site that puts another body in place of its own does not mean the widget.
    if (!own && !place && !mode) {
      new MutationObserver((_, watch) => {
        if (signal.aborted) watch.disconnect();
        else if (!host.isConnected) {
          document.body.append(host);
          this.rise();
        }
      }).observe(document.documentElement, { childList: true });
    }
    const isPlaced = (launcher ?? hide) !== undefined;
    // A scheme alone is a word, and needs nothing that would have to be loaded.
    this.#away = isPlaced || tag.theme !== undefined || (theme !== undefined && !/^(auto|light|dark)$/.test(theme));
    this.#fit();
    if (this.#away) void this.#surround();
    // Rather in other colours than not at all.
    if (this.#away && !isPlaced) setTimeout(() => this.away(false), 1_000);
    this.#show(false, 0);
    if (open !== undefined) this.call('open');
    // To follow a group's link is an intent.
    else if (/^#befriend-join=/.test(location.hash)) void this.#do(() => {});
  }

  /** Where it stands in an element of the page: how. */
  get mode(): string | undefined {
    return /inline|page/.exec(this.tag.data.mode ?? '')?.[0];
  }

  /**
   * Does what a verb says; what takes the rest of the widget resolves with what came of it, and rejects where that
   * cannot be loaded. After the end nothing is done, and it resolves with nothing.
   */
  call(verb: string, ...args: unknown[]): unknown {
    const [first] = args as [{ url?: string; forget?: boolean } | undefined];
    switch (verb) {
      case 'on':
        return this.on(...(args as [string, Listener]));
      case 'destroy':
        return this.destroy(first?.forget);
      case 'unread':
        return this.#unread;
      case 'show':
      case 'hide':
        this.#hidden = verb === 'hide';
        return this.#fit();
      case 'theme':
        return this.#surround().then((page) => page.theme(args[0] as GivenTheme));
      case 'page':
        void this.#around?.then((page) => page.page(first?.url));
    }
    if (this.#app || verbs.indexOf(verb) < intents) return this.#do((app) => app.call(verb, ...args));
    if (verb === 'consent') return this.#agree(args[0] as string);
    return new Promise((resolve) => {
      if (this.#early.push((app) => resolve(app.call(verb, ...args))) > patience) this.#early.shift();
    });
  }

  /** Listening is no intent: it waits until the widget is loaded for another reason. */
  on(type: string, listener: Listener): () => void {
    const heard: Heard = [type, listener, this.#running?.on(type, listener)];
    this.#listeners.add(heard);
    return () => {
      heard[2]?.();
      this.#listeners.delete(heard);
    };
  }

  /** Ends it: nothing of it stays in the page, and with `forget` nothing on this device. Resolves when that is so. */
  async destroy(forget = false): Promise<void> {
    this.#app ??= Promise.resolve(undefined);
    this.#over.abort();
    this.#listeners.clear();
    this.#root.replaceChildren();
    if (this.#isOwner) this.host.remove();
    if (this.#running) await this.#running.destroy(forget);
    else if (forget) await this.#agree('none');
  }

  /** Opens or closes it, by an element that has the focus again afterwards. */
  toggle(opener: HTMLElement): void {
    this.#opener = opener;
    this.call('toggle', true);
  }

  /** Whether this is a place where no launcher is wanted. */
  away(away: boolean): void {
    this.#away = away;
    this.#fit();
  }

  /** Into the top layer: out of reach of the page's transforms, overflows and z-indices. */
  rise(): void {
    if (this.mode) return;
    this.host.popover = 'manual';
    this.host.showPopover?.();
  }

  /** Where the page says so there is no launcher; what is open stays open. */
  #fit(): void {
    this.#launcher.button.hidden = this.#hidden || this.#away;
  }

  readonly #show: Launcher['show'] = (open, unread) => {
    this.#unread = unread;
    this.#launcher.show(open, unread);
    void this.#around?.then((page) => page.show(open));
    if (!open && this.#root.activeElement) this.#opener.focus({ preventScroll: true });
  };

  #do(call: (app: App) => unknown): Promise<unknown> {
    this.#app ??= this.#start().catch((error: unknown) => {
      this.#app = undefined;
      throw error;
    });
    const done = this.#app.then((app) => (app && !this.#over.signal.aborted ? call(app) : undefined));
    done.catch((error: unknown) => console.error('befriend:', error));
    return done;
  }

  #surround(): Promise<Around> {
    this.#around ??= this.#load.around().then((page) => page.around(this.tag, this, this.#over.signal));
    return this.#around;
  }

  /** Says before the rest is loaded what may be kept. Resolves with that, once what earlier pages have kept is seen to. */
  #agree(level: string): Promise<string> {
    this.#agreed = this.#load.around().then((page) => page.consent(level, this.tag.data));
    return this.#agreed;
  }

  async #start(): Promise<App | undefined> {
    const consent = await this.#agreed?.catch(() => 'none');
    const { start } = await this.#load.app();
    // To run it takes long enough to let the page have its turn in between.
    await new Promise((resolve) => setTimeout(resolve));
    await this.#around?.catch(console.error);
    if (this.#over.signal.aborted) return;
    const app = start(this.#root, this.tag, this.#show, consent);
    this.#running = app;
    for (const heard of this.#listeners) heard[2] = app.on(heard[0], heard[1]);
    for (const early of this.#early.splice(0)) early(app);
    return app;
  }
}
