/** The entries of a long list that are drawn: from `from` up to `to`, without `to` itself; Infinity is the end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How high an entry is, px: as it was measured, or a guess. */
export type HeightOf<E> = (entry: E) => number;

/** Entries that come and go together, so that a small step draws nothing anew. */
const step = 16;
/** Entries drawn above what is in sight, and below it, however low they are. */
const beyond = 3 * step;

/** What to draw of `entries` where `height` px are in sight, `top` px below the upper edge of the whole list. */
export function spanInSight<E>(entries: readonly E[], heightOf: HeightOf<E>, top: number, height: number): Span {
  let edge = 0;
  const first = entries.findIndex((entry) => {
    edge += heightOf(entry);
    return edge > top;
  });
  const at = first < 0 ? entries.length : first;
  const from = at - (at % step) - beyond;
  // No entry is lower than 32 px.
  const to = from + step + 2 * beyond + (height >> 5);
  return { from: Math.max(0, from), to: to < entries.length ? to : Number.POSITIVE_INFINITY };
}
