import { clampChroma, converter, formatHex } from 'culori';
import { derived, type GivenColors, type Scheme } from '../../../widget/theme/derived.ts';
import { type Faint, faintIn, type Pair } from '../../../widget/theme/pairs.ts';
import type { ColorName } from '../../../widget/theme/tokens.ts';

/** A colour at another lightness, and which pairs fall short with it. */
export interface Moved {
  readonly value: string;
  readonly left: readonly Faint[];
  /** How many pairs fall short because of it that did not before. */
  readonly spoils: number;
}

interface Place extends Moved {
  readonly lightness: number;
}

const oklch = converter('oklch');
const coarse = 50;
const halvings = 6;

/**
 * Moves a colour of `given` in lightness (OKLCH) until a pair passes, no further than it must: the hue stays, and the
 * chroma as far as a screen has it at that lightness. Of the ways there it takes the first of these: the colour can be
 * read wherever it stands and no other pair is spoilt; this pair passes and none is spoilt; this pair passes.
 */
export function movedUntil(given: GivenColors, scheme: Scheme, token: ColorName, pair: Pair): Moved | undefined {
  const before = derived(given, scheme);
  const own = oklch(before[token]);
  const faint = faintIn(before);
  const at = (lightness: number): Place => {
    const value = formatHex(clampChroma({ mode: 'oklch', l: lightness, c: own?.c ?? 0, h: own?.h ?? 0 }, 'oklch'));
    const left = faintIn(derived({ ...given, [token]: value }, scheme));
    return { lightness, value, left, spoils: left.filter((one) => !faint.some((was) => isSame(was, one))).length };
  };
  const passes = ({ left }: Moved): boolean => !left.some((one) => isSame(one, pair));
  const goals: readonly ((moved: Moved) => boolean)[] = [
    (moved) => passes(moved) && moved.spoils === 0 && !moved.left.some(({ over }) => over === token),
    (moved) => passes(moved) && moved.spoils === 0,
    passes,
  ];
  const start = own?.l ?? 0;
  const places = Array.from({ length: coarse + 1 }, (_, step) => at(step / coarse)).sort(
    (one, other) => Math.abs(one.lightness - start) - Math.abs(other.lightness - start),
  );
  for (const goal of goals) {
    const found = places.find(goal);
    if (found !== undefined) return nearest(found, start, at, goal);
  }
  return undefined;
}

/** Halves what lies between what is enough and where the colour came from. */
function nearest(
  enough: Place,
  start: number,
  at: (lightness: number) => Place,
  goal: (moved: Moved) => boolean,
): Place {
  let [best, short] = [enough, start];
  for (let halving = 0; halving < halvings; halving += 1) {
    const between = at((best.lightness + short) / 2);
    if (goal(between)) best = between;
    else short = between.lightness;
  }
  return best;
}

/** Whether both are the same two colours. */
export function isSame(one: Pair, other: Pair): boolean {
  return one.over === other.over && one.under === other.under;
}
