import type { Item, Waiting } from '../core/view.ts';
import type { Entry, Row } from './rows.ts';
import { heightBetween, type Span, shifted, spanInSight } from './span.ts';

/** What an entry is taken for before it was drawn, px. */
const guess = 60;
/** Entries that are drawn before anything is known of their height. */
const blind = 50;

/**
 * The stretch of a long log that is drawn, and the row in it that must not move under the reader's eye. `log` scrolls;
 * the children of `place` are the rows.
 */
export class Stretch {
  /** What is drawn. The heights of the rest are where they would be. */
  span: Span = { from: 0, to: Number.POSITIVE_INFINITY };
  #items: readonly Item[] = [];
  #waiting: readonly Waiting[] = [];
  readonly #heights = new Map<Entry, number>();
  #width = 0;
  #anchor: Element | undefined;
  #edge = 0;

  /** The log as it is now. The same entries stay drawn, and what comes behind the last where that one is drawn. */
  of(items: readonly Item[], waiting: readonly Waiting[]): void {
    if (items !== this.#items) this.span = shifted(this.span, this.#items, items);
    this.#items = items;
    this.#waiting = waiting;
  }

  /** Begins around one item, or at the end. */
  begin(at?: Item): void {
    const index = at ? this.#items.indexOf(at) : this.#count;
    const to = index + blind;
    this.span = { from: Math.max(0, index - blind), to: to < this.#count ? to : Number.POSITIVE_INFINITY };
  }

  /** The height of what is not drawn before the stretch and behind it, px. */
  around(): readonly [above: number, below: number] {
    const { from, to } = this.span;
    return [heightBetween(this.#heightOf, 0, from), heightBetween(this.#heightOf, to, this.#count)];
  }

  /** Forgets heights when lines break anew. Returns whether they do. */
  resized({ clientWidth }: Element): boolean {
    if (clientWidth === this.#width) return false;
    this.#width = clientWidth;
    this.#heights.clear();
    return true;
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
  look(log: Element, place: Element, rows: readonly Row[]): boolean {
    const { from, to } = this.span;
    this.#anchor = undefined;
    this.#measure(place, rows, log.scrollTop);
    const top = log.scrollTop - topOf(place);
    this.span = spanInSight(this.span, this.#count, this.#heightOf, top, top + log.clientHeight);
    return this.span.from !== from || this.span.to !== to;
  }

  #measure({ children }: Element, rows: readonly Row[], upperEdge: number): void {
    let top = topOf(children[0]);
    rows.forEach((row, index) => {
      if (!('entry' in row)) return;
      const [child, next] = [children[index], children[index + 1]];
      const bottom = next ? topOf(next) : bottomOf(child);
      this.#heights.set(row.entry, bottom - top);
      top = bottom;
      if (this.#anchor || bottom <= upperEdge) return;
      this.#anchor = child;
      this.#edge = bottomOf(child);
    });
  }

  get #count(): number {
    return this.#items.length + this.#waiting.length;
  }

  readonly #heightOf = (index: number): number => {
    const item = this.#items[index];
    return this.#heights.get(item ? item.seq : (this.#waiting[index - this.#items.length]?.id ?? '')) ?? guess;
  };
}

// Unlike what `getBoundingClientRect` says, these are not scaled while the panel is still growing.
function topOf(element: Element | undefined): number {
  return (element as HTMLElement | undefined)?.offsetTop ?? 0;
}

function bottomOf(element: Element | undefined): number {
  return topOf(element) + ((element as HTMLElement | undefined)?.offsetHeight ?? 0);
}
