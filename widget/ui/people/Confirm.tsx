import type { ComponentChildren, JSX } from 'preact';
import { enPeople as texts } from '../../i18n/en-people.ts';

interface SheetProps {
  readonly label: string;
  readonly onDone: () => void;
  readonly children: ComponentChildren;
}

/** A sheet inside the panel that asks for one thing; Escape and a tap beside it lead back. */
export function Sheet({ label, onDone, children }: SheetProps): JSX.Element {
  return (
    <dialog
      class="sheet"
      aria-label={label}
      ref={(element) => {
        if (!element || element.open) return;
        element.show();
        // The way back is what Enter does; where one writes, the field.
        element.querySelector<HTMLElement>('textarea, .do:last-child')?.focus({ preventScroll: true });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <div>{children}</div>
    </dialog>
  );
}

interface Props {
  /** What will happen, in words. */
  readonly words: string;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onDone: () => void;
}

/** Asks once more before something that is not easily undone. */
export function Confirm({ words, yes, onYes, onDone }: Props): JSX.Element {
  return (
    <Sheet label={yes} onDone={onDone}>
      <p>{words}</p>
      <div class="acts">
        <button
          type="button"
          class="do danger"
          onClick={() => {
            onYes();
            onDone();
          }}
        >
          {yes}
        </button>
        <button type="button" class="do" onClick={onDone}>
          {texts.cancel}
        </button>
      </div>
    </Sheet>
  );
}
