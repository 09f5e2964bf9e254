import type { Chat } from '../core/chat.ts';

/** Who writes while the panel is drawn anew, for somebody else or in another language, writes on: his words stay as a draft. */
export class WritingOn {
  readonly #root: ShadowRoot | null;

  /** From now on it is so whenever `chat` turns out to be somebody else's. */
  constructor({ shadowRoot }: HTMLElement, chat: Pick<Chat, 'view' | 'subscribe'>) {
    this.#root = shadowRoot;
    let { turn } = chat.view;
    chat.subscribe(() => {
      if (turn === chat.view.turn) return;
      turn = chat.view.turn;
      const goesOn = this.#left();
      // The panel draws what has changed in a microtask that was asked for before this one.
      queueMicrotask(goesOn);
    });
  }

  /** Draws anew. */
  async over(redraw: () => Promise<void>): Promise<void> {
    const goesOn = this.#left();
    await redraw();
    goesOn();
  }

  /** Remembers where somebody writes; what is returned lets him go on there, unless he has gone elsewhere meanwhile. */
  #left(): () => void {
    const field = this.#root?.activeElement;
    if (!(field instanceof HTMLTextAreaElement)) return () => undefined;
    return () => {
      const { selectionStart, selectionEnd } = field;
      const anew = this.#root?.querySelector('textarea');
      if (document.activeElement !== document.body || field.isConnected) return;
      anew?.focus({ preventScroll: true });
      anew?.setSelectionRange(selectionStart, selectionEnd);
    };
  }
}
