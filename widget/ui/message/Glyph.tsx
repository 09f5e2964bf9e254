import type { JSX } from 'preact';

const paths = {
  react: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14c1.8 2.6 5.2 2.6 7 0M9 9.2v.1m6-.1v.1',
  reply: 'm9.5 7-5 5 5 5m-5-5h9a6 6 0 0 1 6 6',
  more: 'M5.5 12h.1m6.4 0h.1m6.4 0h.1',
  plus: 'M12 5v14m-7-7h14',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  edit: 'm5 19 .8-4L16 4.8a1.7 1.7 0 0 1 2.4 0l.8.8a1.7 1.7 0 0 1 0 2.4L9 18.2 5 19Z',
  delete: 'M4.5 7h15M9.5 7V4.5h5V7m3 0-.8 12.5H7.3L6.5 7m4 4v5m3-5v5',
  retry: 'M19 12a7 7 0 1 1-2.1-5M19 4.5V8h-3.5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.8 20c.5-3.4 3.5-5.5 7.2-5.5s6.7 2.1 7.2 5.5',
  report: 'M6 20V4.5h11.5L15 8.8l2.5 4.2H6',
  close: 'm7 7 10 10m0-10L7 17',
} as const;

/** What the menu of a message can draw. */
export type GlyphName = keyof typeof paths;

/** A glyph on a 24 grid, in the colour of the text; loaded with the menu of a message. */
export function Glyph({ name }: { readonly name: GlyphName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
