import { looks } from '../theme/theme.ts';
import { Instance } from './instance.ts';
import { loadBeside, type Widget, widgetOf } from './mount.ts';
import { options, optionsOf } from './options.ts';
import type { PageEvents } from './page-hears.ts';
import { tagOf } from './tag.ts';
import type { GivenTheme } from './theme.ts';

/** What an element tells the page, and under which name: a composed, bubbling `CustomEvent` whose detail is the body. */
export const elementEvents: Readonly<Record<keyof PageEvents, string>> = {
  open: 'befriend-open',
  close: 'befriend-close',
  ready: 'befriend-ready',
  unread: 'befriend-unread',
};

/** What a widget writes on the element that it is. */
const written = ['data-mode', 'data-theme', 'dir', 'popover', ...Object.keys(looks).map((look) => `data-${look}`)];

/** A widget that is an element of the page's own: at its end the element says again what it said before. */
class OwnInstance extends Instance {
  readonly #had: readonly (string | null)[];

  constructor(element: HTMLElement, theme: GivenTheme | undefined) {
    const had = written.map((name) => element.getAttribute(name));
    const tag = tagOf(optionsOf(element));
    super(theme === undefined ? tag : { ...tag, theme }, loadBeside, undefined, element);
    this.#had = had;
  }

  override destroy(forget?: boolean): Promise<void> {
    const ended = super.destroy(forget);
    for (const [index, name] of written.entries()) {
      const value = this.#had[index] ?? null;
      if (value === null) this.host.removeAttribute(name);
      else this.host.setAttribute(name, value);
    }
    return ended;
  }
}

/** Attributes that are properties too, as text; `title` is HTML's own, and where an element stands is its place. */
const properties = options.filter((name) => name !== 'title' && name !== 'target');

type Properties = { [Name in Exclude<(typeof options)[number], 'title' | 'target' | 'theme'>]: string | null };

/**
 * `<befriend-chat service="wss://…" friend="friend.example.com">`: a widget as an element, with the attributes of the tag
 * without `data-`. It is the same element that a tag adds, so that both can be on one page. Moved within the document it
 * stays connected; taken out of it, it ends. Attributes are read when it comes in.
 */
export class BefriendChat extends HTMLElement {
  /** An element of the page's own is a widget by itself; one that a tag has added is its tag's. */
  #isOwn = false;
  #instance: Instance | undefined;
  #widget: Widget | undefined;
  #theme: GivenTheme | undefined;

  /** What the page can do with it; absent while it is not in a document. */
  get widget(): Widget | undefined {
    return this.#widget;
  }

  /** What the attribute says, or a theme as an object. Set while it is in a document it shows at once. */
  get theme(): GivenTheme | null {
    return this.#theme ?? this.getAttribute('theme');
  }

  set theme(given: GivenTheme | null | undefined) {
    this.#theme = typeof given === 'object' && given ? given : undefined;
    if (typeof given === 'string') this.setAttribute('theme', given);
    else this.removeAttribute('theme');
    void this.#widget?.theme(given ?? '');
  }

  /** HTML §4.13.3. @throws Error that names what is missing */
  connectedCallback(): void {
    if (this.shadowRoot && !this.#isOwn) return;
    if (this.#instance) return this.#instance.rise();
    this.#isOwn = true;
    for (const name of properties) this.#upgrade(name);
    this.#instance = new OwnInstance(this, this.#theme);
    this.#widget = widgetOf(this.#instance);
    for (const [type, name] of Object.entries(elementEvents)) {
      this.#instance.on(type, (event) => {
        const { body } = event as { readonly body: unknown };
        this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail: body }));
      });
    }
  }

  /** HTML §4.13.3. */
  disconnectedCallback(): void {
    // Who moves an element takes it out and puts it in within one task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      void this.#instance?.destroy();
      this.#instance = this.#widget = undefined;
    });
  }

  /** DOM, `moveBefore`: what is moved so was never out. */
  connectedMoveCallback(): void {
    this.#instance?.rise();
  }

  /** A property that was set before this class was there hides the real one. */
  #upgrade(name: (typeof properties)[number]): void {
    const set = Object.getOwnPropertyDescriptor(this, name)?.value as string | undefined;
    if (set === undefined) return;
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, set);
  }
}

for (const name of properties) {
  if (name === 'theme') continue;
  Object.defineProperty(BefriendChat.prototype, name, {
    configurable: true,
    enumerable: true,
    get(this: BefriendChat) {
      return this.getAttribute(name);
    },
    set(this: BefriendChat, value: unknown) {
      if (value === null || value === undefined || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? '' : `${value}`);
    },
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'befriend-chat': BefriendChat & Properties;
  }
}

if (!customElements.get('befriend-chat')) customElements.define('befriend-chat', BefriendChat);
