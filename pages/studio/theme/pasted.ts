import { converter, formatHex, parse } from 'culori';

/** A colour of a text, and what speaks for it as a brand. */
export interface PastedColor {
  /** `#rrggbb`. */
  readonly color: string;
  readonly times: number;
  /** How likely this is the brand, above 0; greys are 0. */
  readonly brand: number;
}

const written =
  /([\w-]*)\s*:?\s*["']?(#[\da-f]{3,8}(?![\w-])|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^()]{3,60}\))/gi;
const oklch = converter('oklch');

/** What is read at most, characters: a style sheet of a whole site, and no more. */
const most = 2_000_000;

/**
 * The colours in a text that somebody copied from his page, CSS, HTML or a list: each once, the likeliest brand first and
 * the greys last, by how often they stand there. What is half transparent or no colour is left out.
 */
export function pastedColors(text: string): readonly PastedColor[] {
  const counted = new Map<string, { times: number; named: boolean }>();
  for (const [, name = '', value = ''] of text.slice(0, most).matchAll(written)) {
    const colour = parse(value.toLowerCase());
    if (colour === undefined || (colour.alpha ?? 1) < 0.5) continue;
    const hex = formatHex(colour);
    const { times, named } = counted.get(hex) ?? { times: 0, named: false };
    counted.set(hex, { times: times + 1, named: named || /brand|primary|accent|theme-color/i.test(name) });
  }
  const found = [...counted].map(([color, { times, named }]) => ({ color, times, brand: weight(color, times, named) }));
  return found.sort((one, other) => other.brand - one.brand || other.times - one.times);
}

/** Strong colours before pale ones, often before seldom, and what is called a brand before all. */
function weight(color: string, times: number, named: boolean): number {
  const { c, l } = oklch(color) ?? { c: 0, l: 0 };
  if (c < 0.03 || l > 0.97 || l < 0.08) return 0;
  return c * Math.sqrt(times) * (named ? 10 : 1);
}
