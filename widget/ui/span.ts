/** The entries of a long list that are drawn: from `from` up to `to`, without `to` itself; Infinity is the end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How high an entry is, px: as it was measured, or a guess. */
export type HeightOf<E> = (entry: E) => number;

/** Drawn beyond what is in sight on both sides, px, and how near to its end it is drawn anew. */
const ahead = 2_000;
const least = 1_000;
/** More entries than this are drawn only where they are in sight. */
const most = 200;

/**
 * What to draw of `entries` while `top` to `bottom` of the whole list, px, are in sight: `span` as long as that is
 * enough, so that a small step draws nothing anew.
 */
export function spanInSight<E>(
  span: Span,
  entries: readonly E[],
  heightOf: HeightOf<E>,
  top: number,
  bottom: number,
): Span {
  const needed = between(entries, heightOf, top - least, bottom + least);
  const enough = span.from <= needed.from && span.to >= needed.to;
  if (enough && Math.min(span.to, entries.length) - span.from <= most) return span;
  const { from, to } = between(entries, heightOf, top - ahead, bottom + ahead);
  return { from, to: to < entries.length ? to : Number.POSITIVE_INFINITY };
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

function between<E>(entries: readonly E[], heightOf: HeightOf<E>, top: number, bottom: number): Span {
  let from = 0;
  let edge = 0;
  let to = 0;
  for (const entry of entries) {
    if (edge >= bottom) break;
    edge += heightOf(entry);
    to += 1;
    if (edge <= top) from = to;
  }
  return { from: Math.min(from, Math.max(0, entries.length - 1)), to };
}
