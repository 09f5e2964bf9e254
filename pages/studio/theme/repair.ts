import { derived, type Scheme, schemes } from '../../../widget/theme/derived.ts';
import { colorsIn } from '../../../widget/theme/given.ts';
import { faintIn, type Pair, pairs } from '../../../widget/theme/pairs.ts';
import type { Theme } from '../../../widget/theme/theme.ts';
import type { ColorName } from '../../../widget/theme/tokens.ts';
import { withValueIn } from './editing.ts';
import { lookOf, ratioText } from './gate.ts';
import { isSame, type Moved, movedUntil } from './lightness.ts';
import { colorWords, pairWords } from './words.ts';

/** A theme in which a pair can be read, and what was done for that. */
export interface Repair {
  readonly theme: Theme;
  /** A sentence that names colour, scheme, and what it was and is. */
  readonly says: string;
}

/**
 * Moves one of a pair's colours in lightness, by `movedUntil`: what is above, or where that helps too little what is
 * below. Nothing where the pair passes, or no lightness is enough.
 */
export function repaired(theme: Theme, pair: Pair, scheme: Scheme): Repair | undefined {
  const given = colorsIn(theme, scheme);
  const before = derived(given, scheme);
  if (!faintIn(before).some((one) => isSame(one, pair))) return undefined;
  const above = movedUntil(given, scheme, pair.over, pair);
  const below = above === undefined || above.spoils > 0 ? movedUntil(given, scheme, pair.under, pair) : undefined;
  const takesBelow = below !== undefined && (above === undefined || below.spoils < above.spoils);
  const [token, moved] = takesBelow ? [pair.under, below] : [pair.over, above];
  return moved && { theme: placed(theme, token, moved, scheme), says: said(theme, pair, scheme, token, moved) };
}

/** What others are made of comes before them. */
const order = [...new Set(pairs.map(({ over }) => over))];

/** Repairs whatever can be, in both schemes. */
export function allRepaired(theme: Theme): { readonly theme: Theme; readonly says: readonly string[] } {
  const says: string[] = [];
  let now = theme;
  // What is moved first may be met by what is moved later: once more for that.
  for (const scheme of [...schemes, ...schemes])
    for (const token of order) {
      const { measured } = lookOf(now, scheme);
      const [worst] = measured
        .filter(({ over, passes }) => over === token && !passes)
        .sort((one, other) => one.contrast / one.least - other.contrast / other.least);
      const repair = worst && repaired(now, worst, scheme);
      if (repair === undefined) continue;
      now = repair.theme;
      says.push(repair.says);
    }
  return { theme: now, says };
}

/** Sets the colour in one scheme; in the other one it stays what it is, given or by itself. */
function placed(theme: Theme, token: ColorName, { value }: Pick<Moved, 'value'>, scheme: Scheme): Theme {
  const other = scheme === 'light' ? 'dark' : 'light';
  return withValueIn(theme, `color-${token}`, scheme, value, lookOf(theme, other).palette?.[token] ?? value);
}

function said(theme: Theme, pair: Pair, scheme: Scheme, token: ColorName, { value }: Moved): string {
  const [was, is] = [theme, placed(theme, token, { value }, scheme)].map((one) => {
    const { measured } = lookOf(one, scheme);
    return ratioText(measured.find((each) => isSame(each, pair))?.contrast ?? 1);
  });
  const from = lookOf(theme, scheme).palette?.[token] ?? '';
  return `${pairWords(pair)}, ${scheme}: “${colorWords[token]}” went from ${from} to ${value}, contrast from ${was} to ${is}.`;
}
