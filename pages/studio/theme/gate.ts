import { parse } from 'culori';
import { contrast, derived, type Palette, type Scheme, schemes } from '../../../widget/theme/derived.ts';
import { colorsIn } from '../../../widget/theme/given.ts';
import { isMeasured, type Pair, pairs } from '../../../widget/theme/pairs.ts';
import type { Theme } from '../../../widget/theme/theme.ts';
import type { ColorName } from '../../../widget/theme/tokens.ts';

/** A pair of colours as it is in one scheme. */
export interface Measured extends Pair {
  readonly scheme: Scheme;
  /** 1 to 21 (WCAG 2.2, contrast ratio). */
  readonly contrast: number;
  readonly passes: boolean;
}

/** What a theme is in one scheme: its colours and how its pairs are told apart; or why that cannot be said. */
export type Look =
  | { readonly palette: Palette; readonly measured: readonly Measured[]; readonly unclear?: undefined }
  | { readonly palette?: undefined; readonly measured: readonly []; readonly unclear: string };

/** Measures one scheme of a theme. */
export function lookOf(theme: Theme, scheme: Scheme): Look {
  try {
    const given = colorsIn(theme, scheme);
    const palette = derived(given, scheme);
    for (const [name, value] of Object.entries(given))
      if ((parse(value)?.alpha ?? 1) < 1 && isMeasured(name as ColorName))
        throw new RangeError(`befriend.color.${name}: ${value} is seen through. Give the colour that comes of it.`);
    const measured = pairs.map((pair) => {
      const ratio = contrast(palette[pair.over], palette[pair.under]);
      return { ...pair, scheme, contrast: ratio, passes: ratio >= pair.least };
    });
    return { palette, measured };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { measured: [], unclear: error.message };
  }
}

/** Every pair in both schemes. */
export function measuredOf(theme: Theme): readonly Measured[] {
  return schemes.flatMap((scheme) => lookOf(theme, scheme).measured);
}

/** Cut, never rounded: what says 4.5 is no less. */
export function ratioText(ratio: number): string {
  return (Math.floor(ratio * 10) / 10).toFixed(1);
}
