import type { Item } from '../core/view.ts';

/** The entries of a long list that are drawn: from `from` up to `to`, without `to` itself; Infinity is the end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How high an entry is, px: as it was measured, or a guess. */
export type HeightOf = (index: number) => number;

/** Drawn beyond what is in sight on both sides, px, and how near to its end it is drawn anew. */
const ahead = 2_000;
const least = 1_000;
/** More entries than this are drawn only where they are in sight. */
const most = 200;

/**
 * What to draw of `count` entries while `top` to `bottom` of the whole list, px, are in sight: `span` as long as that
 * is enough, so that a small step draws nothing anew.
 */
export function spanInSight(span: Span, count: number, heightOf: HeightOf, top: number, bottom: number): Span {
  const needed = between(count, heightOf, top - least, bottom + least);
  const enough = span.from <= needed.from && span.to >= needed.to;
  if (enough && Math.min(span.to, count) - span.from <= most) return span;
  const { from, to } = between(count, heightOf, top - ahead, bottom + ahead);
  return { from, to: to === count ? Number.POSITIVE_INFINITY : to };
}

/** The same entries after older ones came in front of them, or the oldest were dropped. */
export function shifted({ from, to }: Span, before: readonly Item[], now: readonly Item[]): Span {
  const by = placeOf(now, before[0]?.seq ?? 0) - placeOf(before, now[0]?.seq ?? 0);
  return { from: Math.max(0, from + by), to: to + by };
}

/** The height of the entries from `from` up to, without, `to`, px. */
export function heightBetween(heightOf: HeightOf, from: number, to: number): number {
  let height = 0;
  for (let index = from; index < to; index += 1) height += heightOf(index);
  return height;
}

function between(count: number, heightOf: HeightOf, top: number, bottom: number): Span {
  let from = 0;
  let edge = 0;
  for (; from < count - 1; from += 1) {
    const next = edge + heightOf(from);
    if (next > top) break;
    edge = next;
  }
  let to = from;
  for (; to < count && edge < bottom; to += 1) edge += heightOf(to);
  return { from, to };
}

/** The index of the first item that is not older than `seq`. */
function placeOf(items: readonly Item[], seq: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
