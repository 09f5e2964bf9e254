/** The entries of a long list that are drawn: from `from` up to `to`, without `to` itself; Infinity is the end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How high an entry is, px: as it was measured, or a guess. */
export type HeightOf<E> = (entry: E) => number;

/** Entries that come and go together, so that a small step draws nothing anew. */
const step = 16;
/** Entries drawn above what is in sight; below it are as many, however low they are. */
const beyond = 3 * step;
/** No entry is lower, px. */
const lowest = 30;

/** What to draw of `entries` where `height` px are in sight, `top` px below the upper edge of the whole list. */
export function spanInSight<E>(entries: readonly E[], heightOf: HeightOf<E>, top: number, height: number): Span {
  let edge = 0;
  const first = entries.findIndex((entry) => {
    edge += heightOf(entry);
    return edge > top;
  });
  const at = first < 0 ? entries.length : first;
  const from = Math.max(0, at - (at % step) - beyond);
  const to = at + step + beyond + Math.ceil(height / lowest);
  return { from, to: to < entries.length ? to - (to % step) : Number.POSITIVE_INFINITY };
}

/** The same entries after older ones came in front of them, or the oldest were dropped. */
export function shifted<E>({ from, to }: Span, before: readonly (E | undefined)[], now: readonly E[]): Span {
  const more = (now as readonly unknown[]).indexOf(before[0]);
  const by = more < 0 ? -Math.max(0, before.indexOf(now[0])) : more;
  return { from: Math.max(0, from + by), to: to + by };
}

/** The height of all `entries`, px. */
export function heightOfAll<E>(entries: readonly E[], heightOf: HeightOf<E>): number {
  return entries.reduce((height, entry) => height + heightOf(entry), 0);
}
