import type { GivenColors, Scheme } from './derived.ts';
import type { Theme, Value } from './theme.ts';

/** What a token's value is in one scheme. */
export function valueIn(value: Value, scheme: Scheme): string {
  return typeof value === 'string' ? value : value[scheme];
}

/** The colours that a theme gives, as they are in one scheme. */
export function colorsIn({ color = {} }: Theme, scheme: Scheme): GivenColors {
  return Object.fromEntries(Object.entries(color).map(([name, value]) => [name, valueIn(value, scheme)]));
}
