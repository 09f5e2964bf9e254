import { type Entry, type EntryKey, keyOf, type Row } from './rows.ts';
import { type Span, spanInSight } from './span.ts';

/** What an entry is taken for before it was drawn, px. */
const guess = 60;
/** Entries that are drawn before anything is known of their height. */
const blind = 48;

/** The stretch of a long log that is drawn, and the row in it that must not move under the reader's eye. */
export class Stretch {
  /** What is drawn. */
  span: Span = { from: 0, to: Number.POSITIVE_INFINITY };
  #entries: readonly Entry[] = [];
  readonly #heights = new Map<EntryKey, number>();
  #anchor: HTMLElement | undefined;
  /** How far its lower edge is below the upper edge of the log, px. */
  #gap = 0;

  /** The log as it is now. The same entries stay drawn, and what comes behind the last where that one is drawn. */
  of(entries: readonly Entry[]): void {
    const { from, to } = this.span;
    const first = this.#entries[from];
    this.#entries = entries;
    this.#draw(first ? this.#indexOf(first) : 0, to - from);
  }

  /** Begins around one entry, or at the end. */
  begin(at: Entry | undefined): void {
    this.#draw((at ? this.#indexOf(at) : this.#entries.length) - blind, 2 * blind);
  }

  /** The height of what is not drawn before the stretch and behind it: a CSS padding. */
  around(): string {
    const { from, to } = this.span;
    const height = (...range: [from: number, to?: number]): number =>
      this.#entries.slice(...range).reduce((sum, entry) => sum + this.#heightOf(entry), 0);
    return `${height(0, from)}px ${height(to)}px`;
  }

  /** Scrolls so that the row at the upper edge stands where it stood: by its lower edge, because it may lose its name. */
  hold(log: Element): void {
    if (this.#anchor?.isConnected) log.scrollTop = bottomOf(this.#anchor) - this.#gap;
  }

  /**
   * Looks at what is drawn, which is `rows` in the first child of `log`, and at what is in sight. Returns whether
   * something else is to be drawn. From now on the row at the upper edge is the one that stays.
   */
  look(log: Element, rows: readonly Row[]): boolean {
    const { from, to } = this.span;
    const { scrollTop, clientHeight } = log;
    const place = log.firstChild as HTMLElement;
    const children = place.children as HTMLCollectionOf<HTMLElement>;
    let edge = children[0]?.offsetTop ?? 0;
    this.#anchor = undefined;
    // Unlike what `getBoundingClientRect` says, these figures are not scaled while the panel is still growing.
    rows.forEach((row, index) => {
      const child = children[index];
      if (!('entry' in row) || !child) return;
      const bottom = children[index + 1]?.offsetTop ?? bottomOf(child);
      this.#heights.set(row.entry, bottom - edge);
      edge = bottom;
      if (this.#anchor || bottom <= scrollTop) return;
      this.#anchor = child;
      this.#gap = bottomOf(child) - scrollTop;
    });
    this.span = spanInSight(this.#entries, this.#heightOf, scrollTop - place.offsetTop, clientHeight);
    return this.span.from !== from || this.span.to !== to;
  }

  #draw(from: number, count: number): void {
    this.span = { from: Math.max(0, from), to: Math.max(0, from) + count };
  }

  #indexOf(entry: Entry): number {
    const key = keyOf(entry);
    return this.#entries.findIndex((one) => keyOf(one) === key);
  }

  readonly #heightOf = (entry: Entry): number => this.#heights.get(keyOf(entry)) ?? guess;
}

function bottomOf({ offsetTop, offsetHeight }: HTMLElement): number {
  return offsetTop + offsetHeight;
}
