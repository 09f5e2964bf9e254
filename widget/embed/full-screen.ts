import type { Chat } from '../core/chat.ts';

/** A panel that covers the page: as wide as panel.css says. */
const narrow = '(max-width: 479.98px)';

/**
 * While the panel covers the page, on a phone: the page behind it does not scroll, and the way back of the device closes
 * the panel. For that it adds one entry to the history, with the page's own address and state, and takes it back when the
 * panel is closed otherwise; of both the page hears nothing.
 */
export class FullScreen {
  readonly #chat: Pick<Chat, 'view' | 'act' | 'subscribe'>;
  readonly #media = matchMedia(narrow);
  readonly #stop: () => void;
  #cover: Cover | undefined;
  #lifting = false;

  constructor(chat: Pick<Chat, 'view' | 'act' | 'subscribe'>) {
    this.#chat = chat;
    const unsubscribe = chat.subscribe(this.#changed);
    this.#media.addEventListener('change', this.#changed);
    this.#stop = () => {
      unsubscribe();
      this.#media.removeEventListener('change', this.#changed);
    };
    this.#changed();
  }

  /** The page is as it was. */
  destroy(): void {
    this.#stop();
    void this.#cover?.lift();
  }

  readonly #changed = (): void => {
    const covers = this.#chat.view.open && this.#media.matches;
    if (this.#lifting || covers === (this.#cover !== undefined)) return;
    if (covers) {
      this.#cover = new Cover(() => this.#chat.act('panel.close', {}));
      return;
    }
    this.#lifting = true;
    void this.#cover?.lift().then(() => {
      this.#cover = undefined;
      this.#lifting = false;
      this.#changed();
    });
  };
}

/** One time that a panel covers the page. */
class Cover {
  readonly #gone = new AbortController();
  readonly #lifted = Promise.withResolvers<void>();
  readonly #unlock = lock(document.documentElement);
  readonly #back: () => void;
  /** Safari has it since 26.2, Firefox since 147. */
  readonly #navigation = (window as { readonly navigation?: Navigation }).navigation;
  readonly #href = location.href;
  /** Where the page was before, and where our entry is; the same where there is none. */
  readonly #before: string;
  readonly #own: string;
  /** What happens to the history is our own doing. */
  #silent = true;

  /** `back` is called when the person goes back. */
  constructor(back: () => void) {
    this.#back = back;
    const { signal } = this.#gone;
    // In front of the page's own listeners, which are to hear nothing of this.
    this.#navigation?.addEventListener('navigate', this.#navigates, { capture: true, signal });
    addEventListener('popstate', this.#popped, { capture: true, signal });
    this.#before = this.#place;
    // A frame shares the history of the page around it; and what was added before the person did anything, browsers skip.
    if (window.top === window && navigator.userActivation?.hasBeenActive !== false)
      history.pushState(history.state, '');
    this.#own = this.#place;
    this.#silent = false;
  }

  /** Takes the entry back, unless the page has gone on from it. Resolves when that is done. */
  lift(): Promise<void> {
    this.#unlock();
    if (this.#own === this.#before || this.#place !== this.#own) this.#end();
    else if (!this.#gone.signal.aborted) {
      this.#silent = true;
      history.back();
    }
    return this.#lifted.promise;
  }

  /** What tells this entry of the history from the others. */
  get #place(): string {
    return this.#navigation?.currentEntry?.key ?? `${history.length} ${location.href}`;
  }

  readonly #navigates = (event: NavigateEvent): void => {
    const { navigationType, destination } = event;
    const isBack = navigationType === 'traverse' && destination.key === this.#before && this.#place === this.#own;
    if (isBack || (this.#silent && navigationType === 'push')) event.stopImmediatePropagation();
  };

  readonly #popped = (event: PopStateEvent): void => {
    const isBefore = this.#navigation ? this.#place === this.#before : location.href === this.#href;
    if (!isBefore || this.#own === this.#before) return;
    event.stopImmediatePropagation();
    const isOwnDoing = this.#silent;
    this.#end();
    if (!isOwnDoing) this.#back();
  };

  #end(): void {
    this.#unlock();
    this.#gone.abort();
    this.#lifted.resolve();
  }
}

/** Keeps the page from scrolling; the function that is returned puts back what was there, the second time nothing. */
function lock(page: HTMLElement): () => void {
  const { style } = page;
  const had = (['overflow-x', 'overflow-y'] as const).map(
    (name) => [name, style.getPropertyValue(name), style.getPropertyPriority(name)] as const,
  );
  const hadStyle = page.hasAttribute('style');
  const { scrollX: left, scrollY: top } = window;
  style.setProperty('overflow', 'hidden', 'important');
  let done = false;
  return () => {
    if (done) return;
    done = true;
    for (const property of had) style.setProperty(...property);
    if (!hadStyle && style.length === 0) page.removeAttribute('style');
    // A page that scrolls its body has lost its place.
    if (left !== scrollX || top !== scrollY) scrollTo({ left, top, behavior: 'instant' });
  };
}
