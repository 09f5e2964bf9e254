import { parse } from 'culori';
import { derived, type Scheme, schemes } from '../widget/theme/derived.ts';
import { colorsIn } from '../widget/theme/given.ts';
import { type Faint, faintIn, isMeasured, pairs } from '../widget/theme/pairs.ts';
import type { Theme } from '../widget/theme/theme.ts';
import type { ColorName } from '../widget/theme/tokens.ts';

/** What is wrong with the contrast of a theme in one scheme. */
export interface Unread {
  readonly scheme: Scheme;
  /** The colours that it is about and that the theme gives, the likeliest to be changed first. */
  readonly given: readonly ColorName[];
  readonly reason: string;
  /** Absent where nothing could be measured. */
  readonly pair?: Faint & { readonly scheme: Scheme };
}

/** What follows from what, where it is not given: the colours that `name` is made of. */
const madeOf: Partial<Record<ColorName, readonly ColorName[]>> = {
  accent: ['brand'],
  'on-accent': ['accent'],
  'accent-text': ['accent'],
  surface: ['brand'],
  'on-surface': ['brand'],
  raised: ['surface', 'on-surface'],
  overlay: ['surface', 'on-surface'],
  quiet: ['on-surface', 'surface'],
  'bubble-in': ['surface', 'on-surface'],
  'on-bubble-in': ['on-surface'],
  'bubble-out': ['accent'],
  'on-bubble-out': ['on-accent'],
  focus: ['accent-text'],
};

/** How many pairs there are, in both schemes. */
export const measured = pairs.length * schemes.length;

/** Which pairs of colours cannot be told apart well enough, in which scheme; what cannot be measured counts too. */
export function unreadIn(theme: Theme): readonly Unread[] {
  return schemes.flatMap((scheme) => {
    const colors = colorsIn(theme, scheme);
    const names = Object.keys(colors) as ColorName[];
    const unknown = names.filter((name) => parse(colors[name] ?? '') === undefined);
    if (unknown.length > 0)
      return unknown.map((name) => ({
        scheme,
        given: [name],
        reason: `${colors[name]} is no colour, so nothing was measured.`,
      }));
    const clear = names.filter((name) => isMeasured(name) && (parse(colors[name] ?? '')?.alpha ?? 1) < 1);
    const seenThrough = clear.map((name) => ({
      scheme,
      given: [name],
      reason: `${colors[name]} is seen through: how it is read depends on what is behind. Give the colour that comes of it.`,
    }));
    const faint = faintIn(derived(colors, scheme)).map((one) => ({
      scheme,
      given: [...new Set([one.over, one.under].flatMap((name) => givenFor(name, names)))],
      reason: `${one.over} on ${one.under} has ${rounded(one.contrast)}:1 in ${scheme}; it takes ${one.least}:1.`,
      pair: { scheme, ...one },
    }));
    return [...seenThrough, ...faint];
  });
}

function givenFor(name: ColorName, given: readonly ColorName[]): readonly ColorName[] {
  return given.includes(name) ? [name] : (madeOf[name] ?? []).flatMap((one) => givenFor(one, given));
}

/** Downwards: nothing that falls short may look as if it did not. */
function rounded(contrast: number): string {
  return (Math.floor(contrast * 100) / 100).toFixed(2);
}
