import type { JSX } from 'preact';
import type { Kind } from './kinds.ts';

const sheet = 'M6 3.5h8l4.5 4.5v12.5h-12.5ZM14 3.5V8h4.5';

const paths = {
  picture: 'M4.5 4.5h15v15h-15ZM9 9.5v.1M5 17l4.5-4.5 3 3L15 13l4.5 4.5',
  film: 'M4.5 5.5h15v13h-15ZM10.5 9v6l5-3Z',
  sound:
    'M9.5 17.5V6l9-2v11.5M9.5 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM18.5 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z',
  text: `${sheet}M9 12.5h6M9 16h6`,
  archive: `${sheet}M10.5 4v1.5M12 7v1.5M10.5 10v1.5M12 13v4`,
  file: sheet,
  remove: 'm7.5 7.5 9 9m0-9-9 9',
  save: 'M12 4v11m-5-4.5 5 5 5-5M5 19.5h14',
  next: 'm9.5 6 6 6-6 6',
  previous: 'm14.5 6-6 6 6 6',
  zoomIn: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm4.8 11.3L20 20M10.5 7.8v5.4M7.8 10.5h5.4',
  zoomOut: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm4.8 11.3L20 20M7.8 10.5h5.4',
} as const satisfies Record<Kind, string> & Record<string, string>;

/** A glyph of files on a 24 grid, drawn in the colour of the text. */
export function Glyph({ name }: { readonly name: keyof typeof paths }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
