import { inWords } from './spans.ts';
import type { TestTime } from './test-time.ts';
import { realPause } from './turn.ts';

/** What puts a widget into a page: `mount` of the package. */
export type Mount<W> = (
  element: Element,
  options: { readonly service: string; readonly friend: string; readonly [name: string]: string },
) => W;

/** What every widget can do. */
export interface Mounted {
  destroy(how?: { readonly forget?: boolean }): Promise<void>;
}

/** How long somebody waits for what should be drawn, milliseconds of real time. */
const patience = 10_000;

/** A drawing of a browser, and how much of the chat's time passes meanwhile, milliseconds. */
const pace = { real: 16, chat: 160 } as const;

/**
 * The widget itself in a page, and hands and eyes for it. A widget lives in real time: while a test waits for it, the chat's
 * time goes on ten times as fast.
 */
export class TestWidget<W extends Mounted> {
  /** The widget's own methods. */
  readonly widget: W;
  readonly host: HTMLElement;
  readonly #time: TestTime;
  readonly #left: () => void;

  /** `left` is called when it is gone. */
  constructor(widget: W, host: HTMLElement, time: TestTime, left: () => void) {
    this.widget = widget;
    this.host = host;
    this.#time = time;
    this.#left = left;
  }

  /** Where everything is drawn. @throws Error where there is nothing yet */
  get root(): ShadowRoot {
    const { shadowRoot } = this.host;
    if (shadowRoot === null) throw new Error('The widget has drawn nothing yet.');
    return shadowRoot;
  }

  /** All that can be read in the panel. */
  get text(): string {
    return this.root.querySelector<HTMLElement>('.panel')?.innerText ?? '';
  }

  /** Everything that can be pressed, by the words on it. */
  get buttons(): readonly string[] {
    return this.#pressable().map(nameOf);
  }

  /** Resolves with the first element that `selector` finds in the widget, as soon as it is there. */
  finds<E extends HTMLElement = HTMLElement>(selector: string): Promise<E> {
    return this.waits(`for ${selector}`, () => this.root.querySelector<E>(selector));
  }

  /** Resolves once the panel shows these words. */
  async shows(words: string | RegExp): Promise<void> {
    await this.waits(`for ${words instanceof RegExp ? words : `“${words}”`}`, () => showsIn(this.text, words));
  }

  /** Presses what has these words on it, or for its name, as soon as it is there. */
  async clicks(label: string): Promise<void> {
    const found = await this.waits(`to press “${label}”`, () =>
      this.#pressable().findLast((one) => nameOf(one) === label),
    );
    found.click();
  }

  /** Types into the field of the conversation. */
  async types(text: string): Promise<void> {
    const field = await this.finds<HTMLTextAreaElement>('textarea');
    field.focus();
    field.value += text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, data: text }));
  }

  /** Presses one key in the field of the conversation: `Enter`, `Escape`. */
  async presses(key: string): Promise<void> {
    const field = await this.finds<HTMLTextAreaElement>('textarea');
    field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  }

  /** Types, and sends with Enter. Resolves when the message is on the screen. */
  async says(text: string): Promise<void> {
    await this.types(text);
    await this.presses('Enter');
    await this.waits(`to see “${text}” sent`, () => this.bubbles.some((bubble) => bubble === text));
  }

  /** The texts of the messages, in the order of the screen. */
  get bubbles(): readonly string[] {
    return Array.from(this.root.querySelectorAll('.bubble'), (bubble) => bubble.lastChild?.textContent ?? '');
  }

  /** Resolves with what `look` finds. @throws Error that says what there was instead, after ten seconds */
  async waits<T>(what: string, look: () => T | false | null | undefined): Promise<T> {
    const end = performance.now() + patience;
    for (;;) {
      const found = this.host.shadowRoot === null ? undefined : look();
      if (found !== undefined && found !== null && found !== false) return found;
      if (performance.now() > end) break;
      await realPause(pace.real);
      if (this.#time.isFake) await this.#time.pass(pace.chat);
    }
    const buttons = this.buttons.map((name) => `“${name}”`).join(', ');
    throw new Error(
      `The widget waited ${what} for ${inWords(patience)}. It shows: ${this.text}. To press: ${buttons}.`,
    );
  }

  /** Takes it out of the page; nothing of it stays. */
  async stop(): Promise<void> {
    await this.widget.destroy({ forget: true });
    this.#left();
  }

  #pressable(): HTMLElement[] {
    return [
      ...this.root.querySelectorAll<HTMLElement>('button, a[href], [role=button], [role=menuitem], [role=option]'),
    ];
  }
}

/** What assistive technology says of a control, near enough: its label, else its words. */
function nameOf(element: HTMLElement): string {
  return (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
}

function showsIn(text: string, words: string | RegExp): boolean {
  return typeof words === 'string' ? text.includes(words) : text.search(words) >= 0;
}
