import type { JSX } from 'preact';

const paths = {
  back: 'm14.5 6-6 6 6 6',
  close: 'm6.5 6.5 11 11m0-11-11 11',
  more: 'M5 12h1m5.5 0h1m5.5 0h1',
  send: 'M12 19V5.5m-6 6 6-6 6 6',
  down: 'M12 5v13.5m6-6-6 6-6-6',
  waiting: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2',
  stored: 'm5 12.5 4.5 4.5L19 7',
  delivered: 'm2 12.5 4.5 4.5L15 7m-3.5 9 1.5 1L22 7',
  read: 'm2 12.5 4.5 4.5L15 7m-3.5 9 1.5 1L22 7',
  failed: 'M12 8v5m0 3.3v.1M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z',
  attach: 'M12 5.5v13M5.5 12h13',
  emoji: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14c1.8 2.6 5.2 2.6 7 0M9 9.2v.1m6-.1v.1',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.8 19.5c.4-3 3-5 6.2-5s5.8 2 6.2 5M16 4.8a3.5 3.5 0 0 1 0 6.5m2.5 3.6c1.5.8 2.5 2.4 2.7 4.6',
  speech:
    'M12 4c4.7 0 8.5 3.2 8.5 7.3s-3.8 7.3-8.5 7.3c-1 0-2-.1-2.9-.4L4.6 20l1-3.8a6.8 6.8 0 0 1-2.1-4.9C3.5 7.2 7.3 4 12 4Z',
} as const;

export type IconName = keyof typeof paths;

/** Draws a glyph of the page's own, where it has one of that name. */
export type DrawnIcon = (name: IconName) => JSX.Element | undefined;

interface Context {
  readonly icon?: DrawnIcon;
}

/** A glyph on a 24 grid, drawn in the colour of the text. Its name is a class, so that a theme can reach it. */
export function Icon({ name }: { readonly name: IconName }, { icon }: Context = {}): JSX.Element {
  return (
    icon?.(name) ?? (
      <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
        <path d={paths[name]} />
      </svg>
    )
  );
}
