import type { Chat } from '../core/chat.ts';
import { type Way, wayBack } from './way-back.ts';

/** Where a panel covers the page, letter for letter as panel.css comes to say it: on a phone, upright or lying. */
const narrow = '(width<480px),(pointer:coarse) and (width<960px) and (height<480px)';

/** While the panel covers the page, on a phone: the page behind it does not scroll, and the device's way back closes it. */
export class FullScreen {
  readonly #chat: Pick<Chat, 'view' | 'act' | 'subscribe'>;
  readonly #media = matchMedia(narrow);
  readonly #stop: () => void;
  #cover: Cover | undefined;
  #lifting = false;

  constructor(chat: Pick<Chat, 'view' | 'act' | 'subscribe'>) {
    this.#chat = chat;
    this.#stop = chat.subscribe(this.#changed);
    this.#media.onchange = this.#changed;
    this.#changed();
  }

  /** The page is as it was. */
  destroy(): void {
    this.#stop();
    this.#media.onchange = null;
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

/** One time that a panel covers the page: without scrolling behind it, and with a way back of its own. */
class Cover {
  readonly #unlock = lock(document.documentElement);
  readonly #way: Way;

  /** `back` is called when the person goes back. */
  constructor(back: () => void) {
    this.#way = wayBack(() => {
      this.#unlock();
      back();
    });
  }

  /** Resolves when the way back leads where it led before. */
  lift(): Promise<void> {
    this.#unlock();
    return this.#way.end();
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
    // Chromium removes only what was asked for before.
    if (!hadStyle && !page.getAttribute('style')) page.removeAttribute('style');
    // A page that scrolls its body has lost its place.
    if (left !== scrollX || top !== scrollY) scrollTo({ left, top, behavior: 'instant' });
  };
}
