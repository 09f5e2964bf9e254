import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly onDone: () => void;
  readonly children: ComponentChildren;
  /** What else the style sheet calls it. */
  readonly kind?: string;
}

/** A modal dialogue over the inbox. Escape and a tap beside it end it; the focus goes back to where it was. */
export function Dialog({ label, onDone, children, kind = '' }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[autofocus]')?.focus({ preventScroll: true });
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a tap beside it does
    <dialog
      ref={dialog}
      class={`over ${kind}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onDone();
      }}
      onClick={({ target }) => {
        if (target === dialog.current) onDone();
      }}
    >
      <div class="over-inner">{children}</div>
    </dialog>
  );
}
