import type { JSX } from 'preact';

const paths = {
  mark: 'M5 7a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-5l-4.5 3.5V17H7a2 2 0 0 1-2-2z',
  undo: 'M9 7 5 11l4 4M5 11h9a5 5 0 0 1 0 10h-3',
  redo: 'm15 7 4 4-4 4M19 11h-9a5 5 0 0 0 0 10h3',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5',
  export: 'M12 4v11m0-11-4 4m4-4 4 4M5 14v4a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-4',
  reset: 'M18 6 6 18M6 6l12 12',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  warn: 'M12 8v5m0 3.5v.1M12 3.5 2.8 19.5h18.4z',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  down: 'M12 4v12m0 0-5-5m5 5 5-5M5 20h14',
  run: 'M8 5.5v13l10-6.5z',
  close: 'M18 6 6 18M6 6l12 12',
} as const;

/** A glyph on a grid of 24; what it stands beside says what it means. */
export function Icon({ name }: { readonly name: keyof typeof paths }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
