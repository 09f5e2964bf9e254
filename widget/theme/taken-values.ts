/** A property that takes of CSS values just what tokens of a group may be; all other groups hold lengths. */
const properties: Readonly<Record<string, string>> = {
  color: 'color',
  font: 'font-family',
  motion: 'transition-duration',
  shadow: 'box-shadow',
  z: 'order',
};

/** What is written out: words, numbers, strings, and functions that hold the numbers of a colour alone. */
const plain = '[\\p{L}\\p{M}\\p{N}_#%+. -]';
const written = new RegExp(
  `^ *(?!(?:inherit|initial|unset|revert|revert-layer|currentcolor) *$|.*--|[^\\P{N}\\d])(?:,|${plain}|(["'])${plain}+\\1|(?<![\\w-])(?:rgb|hsl|hwb|okl|l[ac]|color)\\w*\\((?! *from)[\\w%+. ,/-]+\\))+$`,
  'iu',
);

/**
 * Whether this browser takes `value` for what tokens of `group` are. Nothing is taken that asks for what stands elsewhere,
 * as `var()`, `calc()` and `url()` do, or that could end what it stands in. What `refusalOf` has no refusal of is taken.
 */
export function isTaken(group: string, value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 300 || !written.test(value)) return false;
  // A browser takes many times for one, and a length without an end.
  if (/,|\de[-+\d]/.test(value) && !/color|font|shadow/.test(group)) return false;
  return CSS.supports(properties[group] ?? 'padding-top', value);
}
