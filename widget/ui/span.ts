/** The entries of a long list that are drawn: from `from` up to `to`, without `to` itself; Infinity is the end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What of an entry tells how high it is at least; what has no words has one line of ours. */
interface Worded {
  readonly at: number;
  readonly text?: string;
}

/** What is drawn: around which entry, how much of it is in sight and how much beside that is wanted, px. */
interface Sight {
  /** The uppermost entry in sight. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** Above what is in sight, and under it. */
  readonly beyond: number;
  /** How many entries come and go together, so that a small step draws nothing anew. */
  readonly step: number;
  /** How much higher entries are than `leastHeight`. */
  readonly scale: number;
}

/** An entry of one line is as high as this at least, each other line as this, and no letter is as wide as this, px. */
const [least, line, letter] = [32, 18, 8];

/** How high an entry is by its words alone, in a log of this width; px. */
export function leastHeight({ text = '' }: Partial<Worded>, width: number): number {
  return least + line * Math.floor((text.length * letter) / Math.max(width, 1));
}

/** What to draw of `entries`, which are as high as their words let expect. */
export function spanAround(entries: readonly Worded[], { at, width, height, beyond, step, scale }: Sight): Span {
  const heightOf = (index: number): number => scale * leastHeight(entries[index] ?? {}, width);
  const { length } = entries;
  const first = Math.min(at - (at % step), length);
  let from = first;
  for (let room = beyond; (room > 0 || from % step > 0) && from > 0; room -= heightOf(from)) from -= 1;
  let to = Math.min(first + step, length);
  for (let room = height + beyond; (room > 0 || to % step > 0) && to < length; room -= heightOf(to - 1)) to += 1;
  return { from, to: to < length ? to : Number.POSITIVE_INFINITY };
}
