import { Component, type ComponentChildren, type JSX } from 'preact';

interface Props {
  readonly label: string;
  readonly onDone: () => void;
  readonly children: ComponentChildren;
  /** What else the style sheets call it. */
  readonly kind?: string;
  /** A selector of what gets the focus, the first in it; itself where there is nothing. */
  readonly first?: string;
}

/**
 * A sheet inside the panel that asks for one thing. Escape and a tap beside it end it; the focus goes back to where it
 * was, unless who ends it has given it to something else. Its rules are theme/sheet.css.
 */
export class Sheet extends Component<Props> {
  private dialog: HTMLDialogElement | null = null;
  private before: Element | null = null;

  override componentDidMount(): void {
    const { dialog } = this;
    if (!dialog) return;
    this.before = this.focused;
    dialog.show();
    // The way back is what Enter does; where one writes, the field.
    const { first = 'textarea, input, .do:last-child' } = this.props;
    (dialog.querySelector<HTMLElement>(first) ?? dialog).focus({ preventScroll: true });
  }

  override componentWillUnmount(): void {
    const { before, dialog, focused } = this;
    if (before instanceof HTMLElement && (!focused || dialog?.contains(focused))) before.focus({ preventScroll: true });
  }

  override render({ label, onDone, children, kind }: Props): JSX.Element {
    return (
      <dialog
        part="sheet"
        class={kind === undefined ? 'sheet' : `sheet ${kind}`}
        aria-label={label}
        aria-modal="true"
        tabIndex={-1}
        ref={(element) => {
          this.dialog = element ?? this.dialog;
        }}
        onClick={({ target }) => {
          if (target === this.dialog) onDone();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Tab') this.keepWithin(event);
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone();
        }}
      >
        <div>{children}</div>
      </dialog>
    );
  }

  private get focused(): Element | null {
    return (this.dialog?.getRootNode() as ShadowRoot | undefined)?.activeElement ?? null;
  }

  private keepWithin(event: KeyboardEvent): void {
    const all = this.dialog?.querySelectorAll<HTMLElement>('button, input, textarea, select') ?? [];
    const stops = [...all].filter((stop) => !stop.matches(':disabled, [tabindex="-1"]'));
    const [from, to] = event.shiftKey ? [stops.at(0), stops.at(-1)] : [stops.at(-1), stops.at(0)];
    if (event.target !== from) return;
    event.preventDefault();
    to?.focus();
  }
}
