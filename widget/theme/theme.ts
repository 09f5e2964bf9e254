import type { TokenGroup, tokens } from './tokens.ts';

/** A CSS value, or one for each scheme. */
export type Value = string | { readonly light: string; readonly dark: string };

/** Which scheme: the person's own, one of both, or what the element has around it, with its surface, text and font. */
export const schemeNames = ['auto', 'light', 'dark', 'inherit'] as const;

/** What is chosen instead of measured, each from a few; the first is what it is where nobody chooses. */
export const looks = {
  density: ['regular', 'compact', 'roomy'],
  bubbles: ['round', 'plain', 'square'],
  header: ['plain', 'accent', 'large'],
  avatars: ['circle', 'rounded', 'square', 'none'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type LookName = keyof typeof looks;

/** The tokens that are set, by group and name. */
export type SetTokens = {
  readonly [G in TokenGroup]?: { readonly [N in (typeof tokens)[G][number]]?: Value };
};

/**
 * How a widget looks, as a program says it: `{ scheme: 'dark', color: { brand: '#0a7d5a' }, density: 'compact' }`. What
 * is absent is as it is by itself; a later theme takes the place of the whole earlier one.
 */
export interface Theme extends SetTokens {
  readonly scheme?: (typeof schemeNames)[number];
  readonly density?: (typeof looks.density)[number];
  readonly bubbles?: (typeof looks.bubbles)[number];
  readonly header?: (typeof looks.header)[number];
  readonly avatars?: (typeof looks.avatars)[number];
}

/** Something in a theme that is left out, and why; the rest of it holds. */
export interface Problem {
  /** What it is about: `befriend.color.accent`, `density`. */
  readonly token: string;
  /** What is wrong and what there could be instead, a sentence. */
  readonly reason: string;
  /** Where it stands in a file (RFC 6901). */
  readonly pointer?: string;
}
