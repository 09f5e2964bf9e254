/** What is closed by the device's way back (HTML, close requests and close watchers); Chrome has it since 126. */
declare const CloseWatcher: (new () => { onclose: (() => void) | null; destroy(): void }) | undefined;

/** Where the device's way back leads, until `end`. */
export interface Way {
  /** It leads where it led before; resolves when that is so. */
  end(): Promise<void>;
}

/**
 * Calls `back` once when the person goes back, instead of leaving the page. Where the browser knows what closes by the way
 * back (CloseWatcher: Chrome) the history stays untouched. Else one entry is added, with the page's own address and state,
 * and is taken back by `end`.
 */
export function wayBack(back: () => void): Way {
  if (typeof CloseWatcher !== 'undefined') return watched(new CloseWatcher(), back);
  // A frame shares the history of the page around it; and what was added before the person did anything, browsers skip.
  const may = window.top === window && navigator.userActivation?.hasBeenActive !== false;
  return may ? new Entry(back) : { end: () => Promise.resolve() };
}

function watched(watcher: { onclose: (() => void) | null; destroy(): void }, back: () => void): Way {
  const gone = new AbortController();
  watcher.onclose = () => {
    gone.abort();
    back();
  };
  // A key that the widget takes itself is none for the watcher: Escape closes what is innermost.
  const taken = (event: KeyboardEvent): void => {
    const isOurs = event.target instanceof Element && event.target.localName === 'befriend-chat';
    if (event.key === 'Escape' && isOurs) event.preventDefault();
  };
  addEventListener('keydown', taken, { capture: true, signal: gone.signal });
  return {
    end: () => {
      gone.abort();
      watcher.destroy();
      return Promise.resolve();
    },
  };
}

/** One entry of the history. The page hears nothing of it, where its listeners do not stand in front of a capturing one. */
class Entry {
  readonly #gone = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  readonly #back: () => void;
  /** Safari has it since 26.2, Firefox since 147. */
  readonly #navigation = (window as { readonly navigation?: Navigation }).navigation;
  readonly #href = location.href;
  /** Where the page was before, and where the entry is. */
  readonly #before: string;
  readonly #own: string;
  /** What happens to the history is our own doing. */
  #silent = true;

  constructor(back: () => void) {
    this.#back = back;
    const { signal } = this.#gone;
    this.#navigation?.addEventListener('navigate', this.#navigates, { capture: true, signal });
    addEventListener('popstate', this.#popped, { capture: true, signal });
    this.#before = this.#place;
    history.pushState(history.state, '');
    this.#own = this.#place;
    this.#silent = false;
  }

  /** Takes the entry back, unless the page has gone on from it. */
  end(): Promise<void> {
    if (this.#gone.signal.aborted || this.#place !== this.#own) this.#over();
    else {
      this.#silent = true;
      history.back();
    }
    return this.#ended.promise;
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
    if (!isBefore) return;
    event.stopImmediatePropagation();
    this.#over();
    if (!this.#silent) this.#back();
  };

  #over(): void {
    this.#gone.abort();
    this.#ended.resolve();
  }
}
