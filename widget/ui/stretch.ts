import type { Entry, Row } from './rows.ts';
import { heightOfAll, type Span, shifted, spanInSight } from './span.ts';

/** What an entry is taken for before it was drawn, px. */
const guess = 60;
/** Entries that are drawn before anything is known of their height. */
const blind = 50;

/**
 * The stretch of a long log that is drawn, and the row in it that must not move under the reader's eye. `log` scrolls;
 * the children of `place` are the rows.
 */
export class Stretch {
  /** What is drawn. */
  span: Span = { from: 0, to: Number.POSITIVE_INFINITY };
  #entries: readonly Entry[] = [];
  readonly #heights = new WeakMap<Entry, number>();
  #anchor: HTMLElement | undefined;
  #edge = 0;

  /** The log as it is now. The same entries stay drawn, and what comes behind the last where that one is drawn. */
  of(entries: readonly Entry[]): void {
    this.span = shifted(this.span, this.#entries, entries);
    this.#entries = entries;
  }

  /** Begins around one entry, or at the end. */
  begin(at?: Entry): void {
    const { length } = this.#entries;
    const index = at ? this.#entries.indexOf(at) : length;
    this.span = {
      from: Math.max(0, index - blind),
      to: index + blind < length ? index + blind : Number.POSITIVE_INFINITY,
    };
  }

  /** The height of what is not drawn before the stretch and behind it, px. */
  around(): number[] {
    const { from, to } = this.span;
    return [this.#entries.slice(0, from), this.#entries.slice(to)].map((some) => heightOfAll(some, this.#heightOf));
  }

  /**
   * Scrolls so that the row at the upper edge stands where it stood while the log was scrolled by `before`, px: by its
   * lower edge, because it may lose its name.
   */
  hold(log: Element, before: number): void {
    if (this.#anchor?.isConnected) log.scrollTop = before + bottomOf(this.#anchor) - this.#edge;
  }

  /**
   * Looks at what is drawn, which is `rows`, and at what is in sight. Returns whether something else is to be drawn.
   * From now on the row at the upper edge is the one that stays.
   */
  look(log: Element, place: HTMLElement, rows: readonly Row[]): boolean {
    const { span } = this;
    const { scrollTop, clientHeight } = log;
    const children = place.children as HTMLCollectionOf<HTMLElement>;
    let edge = children[0]?.offsetTop ?? 0;
    this.#anchor = undefined;
    // Unlike what `getBoundingClientRect` says, these figures are not scaled while the panel is still growing.
    rows.forEach((row, index) => {
      const [child, next] = [children[index], children[index + 1]];
      if (!('entry' in row) || !child) return;
      const bottom = next ? next.offsetTop : bottomOf(child);
      this.#heights.set(row.entry, bottom - edge);
      edge = bottom;
      if (this.#anchor || bottom <= scrollTop) return;
      this.#anchor = child;
      this.#edge = bottomOf(child);
    });
    const top = scrollTop - place.offsetTop;
    this.span = spanInSight(span, this.#entries, this.#heightOf, top, top + clientHeight);
    return this.span.from !== span.from || this.span.to !== span.to;
  }

  readonly #heightOf = (entry: Entry): number => this.#heights.get(entry) ?? guess;
}

function bottomOf({ offsetTop, offsetHeight }: HTMLElement): number {
  return offsetTop + offsetHeight;
}
