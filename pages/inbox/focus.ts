/** Where the focus goes in a shadow root. */
export class Focus {
  readonly #root: ShadowRoot;

  constructor(root: ShadowRoot) {
    this.#root = root;
  }

  /** Goes to the first of what is named that can be seen; nowhere where nothing can. */
  to(...selectors: readonly string[]): void {
    for (const selector of selectors) {
      const found = this.#root.querySelector<HTMLElement>(selector);
      if (found?.checkVisibility()) return found.focus({ preventScroll: true });
    }
  }

  /** The same, once what changes now is drawn. */
  soon(...selectors: readonly string[]): void {
    setTimeout(() => this.to(...selectors));
  }

  /** From case to case, from the one that has the focus or is shown: Enter opens it. */
  step(by: 1 | -1, shown: string | undefined): void {
    const rows = [...this.#root.querySelectorAll<HTMLElement>('.cases .case, .cases .hit')];
    const focused = this.#root.activeElement;
    const at = rows.findIndex((row) => row.isSameNode(focused));
    const from = at >= 0 ? at : rows.findIndex((row) => row.dataset.case !== undefined && row.dataset.case === shown);
    const first = by > 0 ? 0 : rows.length - 1;
    const next = rows[from < 0 ? first : Math.min(rows.length - 1, Math.max(0, from + by))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  }

  /** Puts words where one writes, as if they had been typed, once it is drawn. */
  insert(text: string): void {
    setTimeout(() => {
      const field = this.#root.querySelector<HTMLTextAreaElement>(writes);
      if (!field) return;
      field.focus({ preventScroll: true });
      field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
  }

  /** Whether one writes to the visitor here. */
  get mayWrite(): boolean {
    return this.#root.querySelector(writes) !== null;
  }
}

/** Where one writes to the visitor. */
export const writes = '.writes textarea';
