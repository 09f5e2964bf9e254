import type { JSX } from 'preact';

const paths = {
  waiting: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2',
  mine: 'M4 13.5 6.2 6h11.6l2.2 7.5V19H4Zm0 0h4.5a3.5 3.5 0 0 0 7 0H20',
  assigned:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.8 19.5c.4-3 3-5 6.2-5s5.8 2 6.2 5M16 4.8a3.5 3.5 0 0 1 0 6.5m2.5 3.6c1.5.8 2.5 2.4 2.7 4.6',
  snoozed: 'M19.5 14.2A7.8 7.8 0 0 1 9.8 4.5a7.8 7.8 0 1 0 9.7 9.7Z',
  away: 'M4 6.5h16v11H4Zm0 .5 8 6 8-6',
  bot: 'M5 9h14v9.5H5ZM12 9V5.5m0 0v-.1M9 13v1.2m6-1.2v1.2M2.8 12.5v3m18.4-3v3',
  closed: 'm5 12.5 4.5 4.5L19 7',
  queue: 'M4 7h16M4 12h16M4 17h10',
  search: 'M10.8 4.5a6.3 6.3 0 1 0 0 12.6 6.3 6.3 0 0 0 0-12.6Zm4.6 10.9 4.1 4.1',
  note: 'M5 4.5h14v10L14.5 19.5H5Zm14 10h-4.5v5M8.5 9h7m-7 3.5h4',
  canned: 'M13 3.5 5.5 13.5H11l-.5 7 8-10.5H13Z',
  assign: 'M10 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3.5 19.5c.5-3 3-5 6.5-5 1 0 2 .2 2.9.5M18 13.5v6m-3-3h6',
  move: 'M4 8h13m-3.5-3.5L17 8l-3.5 3.5M20 16H7m3.5-3.5L7 16l3.5 3.5',
  settings: 'M5 7.5h8m4 0h2M5 16.5h2m4 0h8M15 5.5v4m-6 5v4',
  details: 'M4 5.5h16v13H4ZM14.5 5.5v13',
  menu: 'M4.5 7h15m-15 5h15m-15 5h15',
  back: 'm14.5 6-6 6 6 6',
  close: 'm6.5 6.5 11 11m0-11-11 11',
  reopen: 'M5 12a7 7 0 1 0 2.2-5.1L5 9m0-4.5V9h4.5',
  keys: 'M3.5 6.5h17v11h-17ZM7 10.2v.1m3.3-.1v.1m3.4-.1v.1m3.3-.1v.1M8 14h8',
} as const;

export type GlyphName = keyof typeof paths;

/** A glyph of the inbox on a 24 grid, drawn in the colour of the text. */
export function Glyph({ name }: { readonly name: GlyphName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

interface ToolProps {
  readonly name: GlyphName;
  readonly label: string;
  readonly onClick: () => void;
  /** The key that does the same. */
  readonly keys?: string;
  readonly kind?: string;
  readonly pressed?: boolean;
}

/** A button that is a glyph; its label shows under the pointer, with the key that does the same. */
export function Tool({ name, label, onClick, keys, kind = '', pressed }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class={`tool ${kind}`}
      aria-label={label}
      aria-keyshortcuts={keys}
      aria-pressed={pressed}
      title={keys === undefined ? label : `${label} (${keys})`}
      onClick={onClick}
    >
      <Glyph name={name} />
    </button>
  );
}
