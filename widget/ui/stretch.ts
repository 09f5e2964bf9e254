import { Anchored, bottomOf, isEntry, isTooShort } from './anchored.ts';
import { type Entry, keyOf, type Row } from './rows.ts';
import { leastHeight, type Span, spanAround } from './span.ts';

/** What is drawn on each side of what is in sight as long as nobody has begun to read there, px. */
const beside = 80;
/** Entries that come in on each side at one look, where all that is in sight is drawn: a frame has room for no more. */
const slice = 4;
/** Entries that come and go together while somebody reads. */
const step = 4;
/** Of how much higher entries were than their words alone, this much is expected of the next ones, and no more than that. */
const [expected, most] = [0.9, 2];
/** More than so many are not drawn just because they were already. */
const many = 60;

/**
 * The stretch of a long log that is drawn. The space for what is not drawn is a guess, and what is learnt of a height
 * is made up for in that space: to scroll would stop the movement that the reader has begun.
 */
export class Stretch extends Anchored {
  /** The space for all that comes before what is to be drawn, and for one entry behind it, px. */
  #above = 0;
  #mean = 60;
  /** How much higher entries are expected to be than their words alone. */
  #scale = 1;
  /** The first entry that is in the page. */
  #first = 0;
  /** How wide the log is, px. */
  #width = 400;
  /** Where the reader has come to, at the first look; little is drawn there until he begins to read. */
  #landed: number | undefined;
  #reads = false;
  /** What is drawn is of a place of which nothing has been learnt. Once in each: what is drawn there depends on it. */
  #isNew = true;
  /** How far the log was scrolled when it was drawn anew, beside all that had been drawn. */
  #jumped: number | undefined;
  /** What was looked at is in its place: another look would only cost another layout. */
  #settled = false;

  /** Takes over from what drew the log as long as it was short. */
  constructor(before: Anchored) {
    super();
    Object.assign(this, before);
    this.#begin(this.span.from, this.span.to - this.span.from);
  }

  override of(entries: readonly Entry[]): void {
    const { from, to } = this.span;
    const more = placeIn(entries, this.entries[0]) - placeIn(this.entries, entries[0]);
    this.entries = entries;
    this.#landed = undefined;
    if (more !== 0) this.#begin(from + more, to - from);
  }

  override begin(at: Entry | undefined): void {
    const place = at ? placeIn(this.entries, at) : this.entries.length;
    // Nothing is known of the log yet but that it is lower than the window.
    const { from, to } = this.#around(place, innerHeight, at ? beside : innerHeight);
    this.#begin(from, to - from);
  }

  override around(): string {
    const { from, to } = this.span;
    this.#first = from;
    return `${this.#above}px ${Math.max(0, this.entries.length - to) * this.#mean}px`;
  }

  override hold(log: HTMLElement, sized: boolean): void {
    if (!this.anchor?.isConnected) return;
    const above = this.#above + this.edge - this.edgeOf(this.anchor, log);
    // Too little space would be used up before the first entry is reached.
    const isUsedUp = this.span.from === 0 || above < (this.span.from * this.#mean) / 2;
    if (sized || isUsedUp || isTooShort(log, this.scrolled)) super.hold(log, sized);
    else if (Math.abs(above - this.#above) > 0.1) {
      this.#settled = true;
      this.#above = above;
      (log.firstChild as HTMLElement).style.paddingTop = `${above}px`;
    }
  }

  override look(log: HTMLElement, rows: readonly Row[]): boolean {
    const isSettled = this.#settled;
    this.#settled = false;
    super.look(log, rows);
    if (isSettled) return false;
    const { scrollTop, clientWidth, clientHeight, scrollHeight } = log;
    const place = log.firstChild as HTMLElement;
    const drawn = ([...place.children] as HTMLElement[]).filter((_, index) => rows[index] && isEntry(rows[index]));
    const top = (place.firstChild as HTMLElement | null)?.offsetTop ?? 0;
    const last = drawn.at(-1);
    const before = this.span;
    const { length } = this.entries;
    this.#width = clientWidth;
    if (last) this.#mean = Math.round((bottomOf(last) - top) / drawn.length);
    const isSame = this.#jumped === scrollTop;
    if (last && this.#isNew && !isSame) this.#expect(bottomOf(last) - top, drawn.length);
    if (this.anchor && this.anchor.offsetTop < scrollTop + clientHeight) {
      const at = this.#first + drawn.indexOf(this.anchor);
      const isCovered =
        top <= scrollTop && last && bottomOf(last) >= Math.min(scrollTop + clientHeight, place.offsetHeight);
      this.#landed ??= at;
      this.#reads ||= at !== this.#landed;
      if (isCovered && !this.#reads && drawn.length < many) return false;
      const { from, to } = this.#around(at, clientHeight, clientHeight);
      const more = isCovered ? slice : length;
      this.span = { from: Math.max(from, before.from - more), to: Math.min(to, before.to + more) };
      if (this.span.to >= length) this.span = { ...this.span, to: Number.POSITIVE_INFINITY };
      const first = this.span.from;
      this.#above = this.#first > 0 ? Math.round(((top - place.offsetTop) * first) / this.#first) : first * this.#mean;
    } else {
      // Beside all that is drawn, as by pulling the scroll bar: only what is in sight, and that at once.
      this.anchor = undefined;
      this.#landed = undefined;
      this.#reads = false;
      this.#jumped = scrollTop;
      this.#isNew = true;
      // What was drawn for this very place did not reach it.
      if (isSame) this.#scale = 1;
      this.span = this.#around(Math.floor((length * scrollTop) / scrollHeight), clientHeight, beside, 1);
      const { from } = this.span;
      this.#above = from > 0 ? Math.max(0, Math.round(scrollTop) - beside) : 0;
      this.#settled = from > 0;
    }
    return this.span.from !== before.from || this.span.to !== before.to;
  }

  /** To a fraction of a px: with so many changes, their roundings would move what is read. */
  protected override edgeOf(row: HTMLElement, log: HTMLElement): number {
    const { top, width } = log.getBoundingClientRect();
    // Rectangles are scaled while the panel is still growing.
    return log.scrollTop + ((row.getBoundingClientRect().bottom - top) * log.offsetWidth) / (width || 1);
  }

  #around(at: number, height: number, beyond: number, by = step): Span {
    return spanAround(this.entries, { at, width: this.#width, height, beyond, step: by, scale: this.#scale });
  }

  /** So many entries that are drawn are so high together, px. */
  #expect(height: number, count: number): void {
    this.#isNew = false;
    const words = this.entries.slice(this.#first, this.#first + count);
    const least = words.reduce((sum, entry) => sum + leastHeight(entry, this.#width), 0);
    this.#scale = Math.min(Math.max(1, (expected * height) / least), most);
  }

  #begin(from: number, count: number): void {
    const first = Math.max(0, from);
    this.span = { from: first, to: first + count };
    this.#isNew = true;
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
