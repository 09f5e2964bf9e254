import type { Entry, Row } from './rows.ts';
import { heightOfAll, type Span, shifted, spanInSight } from './span.ts';

/** What an entry is taken for before it was drawn, px. */
const guess = 60;
/** Entries that are drawn before anything is known of their height. */
const blind = 48;

/** The stretch of a long log that is drawn, and the row in it that must not move under the reader's eye. */
export class Stretch {
  /** What is drawn. */
  span: Span = { from: 0, to: Number.POSITIVE_INFINITY };
  #entries: readonly Entry[] = [];
  readonly #heights = new WeakMap<Entry, number>();
  #anchor: HTMLElement | undefined;
  #edge = 0;
  #top = 0;

  /** The log as it is now. The same entries stay drawn, and what comes behind the last where that one is drawn. */
  of(entries: readonly Entry[]): void {
    this.span = shifted(this.span, this.#entries, entries);
    this.#entries = entries;
  }

  /** Begins around one entry, or at the end. */
  begin(at: Entry | undefined): void {
    const index = at ? this.#entries.indexOf(at) : Number.POSITIVE_INFINITY;
    this.span = { from: Math.max(0, Math.min(index, this.#entries.length) - blind), to: index + blind };
  }

  /** The height of what is not drawn before the stretch and behind it: a CSS padding. */
  around(): string {
    const { from, to } = this.span;
    const height = (...range: [from: number, to?: number]): number =>
      heightOfAll(this.#entries.slice(...range), this.#heightOf);
    return `${height(0, from)}px ${height(to)}px`;
  }

  /** Scrolls so that the row at the upper edge stands where it stood: by its lower edge, because it may lose its name. */
  hold(log: Element): void {
    // Not from where the log is scrolled to now: one that got shorter was scrolled back by the browser.
    if (this.#anchor?.isConnected) log.scrollTop = this.#top + bottomOf(this.#anchor) - this.#edge;
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
    this.#top = scrollTop;
    // Unlike what `getBoundingClientRect` says, these figures are not scaled while the panel is still growing.
    rows.forEach((row, index) => {
      const child = children[index];
      if (!('entry' in row) || !child) return;
      const bottom = children[index + 1]?.offsetTop ?? bottomOf(child);
      this.#heights.set(row.entry, bottom - edge);
      edge = bottom;
      if (this.#anchor || bottom <= scrollTop) return;
      this.#anchor = child;
      this.#edge = bottomOf(child);
    });
    this.span = spanInSight(this.#entries, this.#heightOf, scrollTop - place.offsetTop, clientHeight);
    return this.span.from !== from || this.span.to !== to;
  }

  readonly #heightOf = (entry: Entry): number => this.#heights.get(entry) ?? guess;
}

function bottomOf({ offsetTop, offsetHeight }: HTMLElement): number {
  return offsetTop + offsetHeight;
}
