import { Anchored, bottomOf, isEntry, isTooShort } from './anchored.ts';
import { type Entry, keyOf, type Row } from './rows.ts';
import { spanAround } from './span.ts';

/** Entries that are drawn on each side of where one begins, before anything is known of their height. */
const blind = 24;
/** Entries that are drawn on each side of what is in sight after a jump, and how far it may be read from there. */
const beside = 6;
const ashore = 4;

/**
 * The stretch of a long log that is drawn. The space for what is not drawn is a guess, and what is learnt of a height
 * is made up for in that space: to scroll would stop the movement that the reader has begun.
 */
export class Stretch extends Anchored {
  /** The space for all that comes before what is to be drawn, and for one entry behind it, px. */
  #above = 0;
  #mean = 60;
  /** The first entry that is in the page. */
  #first = 0;
  /** Where a jump has led: little is drawn there until somebody begins to read. */
  #landed: number | undefined;
  /** What was looked at is in its place: another look would only cost another layout. */
  #settled = false;

  /** Takes over from what drew the log as long as it was short. */
  constructor(before: Anchored) {
    super();
    Object.assign(this, before);
  }

  override of(entries: readonly Entry[]): void {
    const { from, to } = this.span;
    const more = placeIn(entries, this.entries[0]) - placeIn(this.entries, entries[0]);
    this.entries = entries;
    if (more !== 0) this.#begin(from + more, to - from);
  }

  override begin(at: Entry | undefined): void {
    this.#begin((at ? placeIn(this.entries, at) : this.entries.length) - blind, 2 * blind);
  }

  override around(): string {
    const { from, to } = this.span;
    this.#first = from;
    return `${this.#above}px ${Math.max(0, this.entries.length - to) * this.#mean}px`;
  }

  override hold(log: HTMLElement, sized: boolean): void {
    if (!this.anchor?.isConnected) return;
    const above = this.#above + this.edge - bottomOf(this.anchor);
    // Too little space would be used up before the first entry is reached.
    const isUsedUp = this.span.from === 0 || above < (this.span.from * this.#mean) / 2;
    if (sized || isUsedUp || isTooShort(log, this.scrolled)) super.hold(log, sized);
    else if (above !== this.#above) {
      this.#settled = true;
      this.#above = above;
      (log.firstChild as HTMLElement).style.paddingTop = `${above}px`;
    }
  }

  override look(log: HTMLElement, rows: readonly Row[]): boolean {
    const isSettled = this.#settled;
    this.#settled = false;
    if (isSettled) return false;
    super.look(log, rows);
    const { scrollTop, clientHeight, scrollHeight } = log;
    const place = log.firstChild as HTMLElement;
    const drawn = ([...place.children] as HTMLElement[]).filter((_, index) => rows[index] && isEntry(rows[index]));
    const top = (place.firstChild as HTMLElement | null)?.offsetTop ?? 0;
    const last = drawn.at(-1);
    if (last) this.#mean = Math.round((bottomOf(last) - top) / drawn.length);
    const before = this.span;
    const { length } = this.entries;
    if (this.anchor && this.anchor.offsetTop < scrollTop + clientHeight) {
      const at = this.#first + drawn.indexOf(this.anchor);
      const isCovered =
        top <= scrollTop && last && bottomOf(last) >= Math.min(scrollTop + clientHeight, place.offsetHeight);
      if (isCovered && Math.abs(at - (this.#landed ?? Number.NaN)) <= ashore) return false;
      this.#landed = undefined;
      this.span = spanAround(at, length, clientHeight);
      const { from } = this.span;
      this.#above = this.#first > 0 ? Math.round(((top - place.offsetTop) * from) / this.#first) : from * this.#mean;
    } else {
      // Beside all that is drawn, as by pulling the scroll bar: only what is in sight, and that at once.
      this.anchor = undefined;
      const at = Math.floor((length * scrollTop) / scrollHeight);
      this.#landed = at;
      this.span = spanAround(at, length, (32 * clientHeight) / this.#mean, beside);
      const { from } = this.span;
      this.#above = from > 0 ? Math.max(0, Math.round(scrollTop) - (at - from) * this.#mean) : 0;
      this.#settled = from > 0;
    }
    return this.span.from !== before.from || this.span.to !== before.to;
  }

  #begin(from: number, count: number): void {
    const first = Math.max(0, from);
    this.span = { from: first, to: first + count };
    this.#above = first * this.#mean;
  }
}

function placeIn(entries: readonly Entry[], entry: Entry | undefined): number {
  return entry
    ? Math.max(
        0,
        entries.findIndex((one) => keyOf(one) === keyOf(entry)),
      )
    : 0;
}
