import type { Chat } from '../core/chat.ts';
import type { Clock } from '../core/ports.ts';

/** What a page hears of the widget itself, in the form of a fact. */
export interface PageEvents {
  /** The panel was opened, or closed. */
  readonly open: Readonly<Record<never, never>>;
  readonly close: Readonly<Record<never, never>>;
  /** The friend has said who is here: once, and at once where he has already. */
  readonly ready: Readonly<Record<never, never>>;
  /** There are now so many messages that nobody has looked at. */
  readonly unread: { readonly unread: number };
}

export type PageListener = (event: { readonly type: string; readonly at: number; readonly body: unknown }) => void;

/** Tells a page what happens to the widget. */
export class PageHears {
  readonly #chat: Chat;
  readonly #clock: Clock;
  readonly #listeners = new Map<PageListener, string>();
  #before: { readonly open: boolean; readonly unread: number; readonly ready: boolean };

  constructor(chat: Chat, clock: Clock) {
    this.#chat = chat;
    this.#clock = clock;
    this.#before = this.#now(false);
    chat.subscribe(() => this.#changed());
  }

  /** Hears one kind of event; returns what ends that. @throws Error that names what there is */
  on(type: string, listener: PageListener): () => void {
    if (!(type in kinds)) {
      throw new Error(
        `befriend("on", "${type}") does not exist. Try: ${Object.keys(kinds).join(', ')}, or a fact's type`,
      );
    }
    // One function may hear several kinds.
    const own: PageListener = (event) => listener(event);
    this.#listeners.set(own, type);
    if (type === 'ready' && this.#before.ready) this.#tell('ready', {}, own);
    return () => this.#listeners.delete(own);
  }

  /** Resolves when the friend has said who is here. */
  ready(): Promise<void> {
    return new Promise((resolve) => this.on('ready', () => resolve()));
  }

  #now(ready: boolean): { open: boolean; unread: number; ready: boolean } {
    const { open, unread, link } = this.#chat.view;
    return { open, unread, ready: ready || link.state === 'online' };
  }

  #changed(): void {
    const { open, unread, ready } = this.#before;
    const now = this.#now(ready);
    this.#before = now;
    if (now.open !== open) this.#tell(now.open ? 'open' : 'close', {});
    if (now.ready !== ready) this.#tell('ready', {});
    if (now.unread !== unread) this.#tell('unread', { unread: now.unread });
  }

  #tell<T extends keyof PageEvents>(type: T, body: PageEvents[T], only?: PageListener): void {
    for (const [listener, wanted] of this.#listeners) {
      if (wanted === type && (only ?? listener) === listener) listener({ type, at: this.#clock.now(), body });
    }
  }
}

const kinds: Readonly<Record<keyof PageEvents, true>> = { open: true, close: true, ready: true, unread: true };
