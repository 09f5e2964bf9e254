import { contrast, type Palette } from './derived.ts';
import type { ColorName } from './tokens.ts';

/** Two colours that meet on the screen, and how well they have to be told apart at least (WCAG 2.2 §1.4.3, §1.4.11). */
export interface Pair {
  readonly over: ColorName;
  readonly under: ColorName;
  /** 4.5 for words, 3 for what is no text. */
  readonly least: 4.5 | 3;
}

/** Where there are words, and the line around what has the focus. */
export const pairs: readonly Pair[] = [
  ...(['surface', 'raised', 'overlay'] as const).flatMap((under) => [
    ...words(under, 'on-surface', 'quiet', 'accent-text'),
    { over: 'focus', under, least: 3 } as const,
  ]),
  ...words('surface', 'danger'),
  ...words('overlay', 'danger'),
  ...words('bubble-in', 'on-bubble-in', 'quiet', 'accent-text'),
  { over: 'focus', under: 'bubble-in', least: 3 },
  ...words('bubble-out', 'on-bubble-out'),
  ...words('accent', 'on-accent'),
  ...words('danger', 'on-danger'),
];

/** Whether a colour is in any pair, or makes those that are. */
export function isMeasured(name: ColorName): boolean {
  return name === 'brand' || pairs.some(({ over, under }) => over === name || under === name);
}

/** A pair that is not told apart well enough. */
export interface Faint extends Pair {
  readonly contrast: number;
}

/** Which pairs of a palette fall short. */
export function faintIn(palette: Palette): readonly Faint[] {
  const measured = pairs.map((pair) => ({ ...pair, contrast: contrast(palette[pair.over], palette[pair.under]) }));
  return measured.filter((pair) => pair.contrast < pair.least);
}

function words(under: ColorName, ...over: ColorName[]): Pair[] {
  return over.map((one) => ({ over: one, under, least: 4.5 }));
}
