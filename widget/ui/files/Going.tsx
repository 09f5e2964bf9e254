import type { JSX } from 'preact';
import { withName } from '../../i18n/texts.ts';
import { Glyph } from './Glyph.tsx';

interface Props {
  /** “Do not send {name}”, of the person's language. */
  readonly text: string;
  readonly name: string;
  /** Bytes in all, and how many are there; nothing is known of those before they are on their way. */
  readonly size: number;
  readonly there: number | undefined;
  readonly onCancel: () => void;
}

/** How far a file has got, around the button that holds it back. */
export function Going({ text, name, size, there, onCancel }: Props): JSX.Element {
  const share = Math.min(1, (there ?? 0) / size);
  return (
    <span class="going">
      {there !== undefined && (
        <svg
          viewBox="0 0 36 36"
          role="progressbar"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <circle cx="18" cy="18" r="16" />
          <circle cx="18" cy="18" r="16" pathLength={100} style={{ strokeDashoffset: `${100 - share * 100}` }} />
        </svg>
      )}
      <button type="button" class="cancel" aria-label={withName(text, name)} onClick={onCancel}>
        <Glyph name="remove" />
      </button>
    </span>
  );
}
