/**
 * The public tokens: all that a page may set of how the widget looks, each a promise (docs/theming.md). A token's custom
 * property is `--befriend-`, its group, and its name; its path in a file of design tokens has dots there:
 * `befriend.color.accent` is `--befriend-color-accent`. What they are where nobody sets them stands in tokens.css.
 */
export const tokens = {
  color: [
    'brand',
    'accent',
    'on-accent',
    'accent-text',
    'surface',
    'on-surface',
    'raised',
    'overlay',
    'quiet',
    'line',
    'bubble-in',
    'on-bubble-in',
    'bubble-out',
    'on-bubble-out',
    'danger',
    'on-danger',
    'focus',
  ],
  font: ['family'],
  text: ['small', 'quiet', 'base', 'title'],
  radius: ['panel', 'bubble', 'corner', 'control', 'avatar'],
  space: ['unit'],
  motion: ['quick', 'enter'],
  shadow: ['panel'],
  launcher: ['size', 'offset', 'bottom'],
  panel: ['width', 'height'],
  z: ['index'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TokenGroup = keyof typeof tokens;
export type ColorName = (typeof tokens.color)[number];

/** `color-accent`: a token's name without the prefix. */
export type TokenName = { [G in TokenGroup]: `${G}-${(typeof tokens)[G][number]}` }[TokenGroup];

/** What a token may hold: CSS values of one type. Lengths and times with their unit. */
export type TokenType = 'color' | 'length' | 'font' | 'time' | 'shadow' | 'number';

/** The type of all tokens of a group. */
export const typeOfGroup = {
  color: 'color',
  font: 'font',
  text: 'length',
  radius: 'length',
  space: 'length',
  motion: 'time',
  shadow: 'shadow',
  launcher: 'length',
  panel: 'length',
  z: 'number',
} as const satisfies Readonly<Record<TokenGroup, TokenType>>;

/** Every token, in the order of the table. */
export const tokenNames = /* @__PURE__ */ Object.entries(tokens).flatMap(([group, names]) =>
  names.map((name) => `${group}-${name}`),
) as TokenName[];
