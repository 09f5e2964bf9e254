/** The entries of a long list that are drawn: from `from` up to `to`, without `to` itself; Infinity is the end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Entries that come and go together, so that a small step draws nothing anew. */
const step = 4;

/**
 * What to draw of `count` entries where `height` px are in sight, and the entry `at` is the uppermost in it: `beyond`
 * entries more on both sides, however low they are.
 */
export function spanAround(at: number, count: number, height: number, beyond = 16): Span {
  const from = at - (at % step) - beyond;
  // No entry is lower than 32 px.
  const to = from + step + 2 * beyond + (height >> 5);
  return { from: Math.max(0, from), to: to < count ? to : Number.POSITIVE_INFINITY };
}
