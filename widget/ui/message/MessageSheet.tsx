import { Component, type ComponentChildren, type JSX } from 'preact';

interface Props {
  readonly label: string;
  readonly onDone: () => void;
  readonly children: ComponentChildren;
}

/** A sheet at the bottom of the panel, for one message. Escape and a tap beside it close it, and nothing else. */
export class MessageSheet extends Component<Props> {
  private dialog: HTMLDialogElement | null = null;

  override componentDidMount(): void {
    const { dialog } = this;
    dialog?.show();
    const first = dialog?.querySelector<HTMLElement>('textarea, [data-first], button') ?? dialog;
    first?.focus({ preventScroll: true });
  }

  override render({ label, onDone, children }: Props): JSX.Element {
    return (
      <dialog
        class="message-sheet"
        aria-label={label}
        aria-modal="true"
        tabIndex={-1}
        ref={(element) => {
          this.dialog = element;
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

  private keepWithin(event: KeyboardEvent): void {
    const stops = [...(this.dialog?.querySelectorAll<HTMLElement>('button, textarea') ?? [])].filter(
      (stop) => !stop.matches(':disabled, [tabindex="-1"]'),
    );
    const [from, to] = event.shiftKey ? [stops.at(0), stops.at(-1)] : [stops.at(-1), stops.at(0)];
    if (event.target !== from) return;
    event.preventDefault();
    to?.focus();
  }
}
