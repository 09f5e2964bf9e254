import type { Waiting } from '../core/view.ts';
import type { Entry, Row } from './rows.ts';
import type { Span } from './span.ts';

/** Of a log with more entries than this only what is in sight is drawn, and there is a `Stretch` soon. */
export const long = 100;

/** What of a log is drawn, and the row in it that must not move under the reader's eye. For a short log: all. */
export class Anchored {
  /** What to draw. */
  span: Span = { from: 0, to: Number.POSITIVE_INFINITY };
  protected entries: readonly Entry[] = [];
  protected anchor: HTMLElement | undefined;
  /** Where its lower edge was within the log, and how far that was scrolled, px. */
  protected edge = 0;
  protected scrolled = 0;

  /** The log as it is now. The same entries stay drawn, and what comes behind the last where that one is drawn. */
  of(entries: readonly Entry[]): void {
    const { from: first, to } = this.span;
    const before = this.entries[first];
    const kept = first > 0 ? entries.indexOf(before as Entry) : 0;
    this.entries = entries;
    if (before && kept >= 0) {
      this.span = { from: kept, to: to + kept - first };
      return;
    }
    let from = entries.length;
    // A head and a composer stand beside it.
    let room = from > long ? innerHeight * 0.8 : Number.POSITIVE_INFINITY;
    while (from > 0 && room > 0) {
      from -= 1;
      // No message of ordinary letters is lower than that; what is still missing is seen soon.
      room -= 32 + ((entries[from] as Partial<Waiting>).text ?? '').length / 3;
    }
    this.span = { from, to: Number.POSITIVE_INFINITY };
  }

  /** Begins around one entry, or at the end. */
  begin(at: Entry | undefined): void {
    const from = at ? this.entries.indexOf(at) - 1 : -1;
    if (from >= 0 && from < this.span.from) this.span = { from, to: from + long };
  }

  /** The padding around what is drawn now, in CSS: the space of what is not. */
  around(): string {
    return '0';
  }

  /**
   * Lets the row that was at the upper edge stand where it stood: by its lower edge, because it may lose its name.
   * `sized`: the browser tells what has got another size, and nothing may get another one now.
   */
  hold(log: HTMLElement, _sized: boolean): void {
    if (!this.anchor?.isConnected) return;
    const edge = this.edgeOf(this.anchor, log);
    // A log that has become shorter has been scrolled back by the browser.
    log.scrollTop = edge - this.edge + (isTooShort(log, this.scrolled) ? this.scrolled : log.scrollTop);
    this.edge = edge;
    this.scrolled = log.scrollTop;
  }

  /**
   * Looks at what is drawn, which is `rows` in the first child of `log`, and at what is in sight. Returns whether
   * something else is to be drawn. From now on the row at the upper edge is the one that stays.
   */
  look(log: HTMLElement, rows: readonly Row[]): boolean {
    const { firstChild, scrollTop } = log;
    const { children } = firstChild as HTMLElement;
    const index = rows.findIndex((row, at) => isEntry(row) && bottomOf(children[at] as HTMLElement) > scrollTop);
    this.anchor = children[index] as HTMLElement | undefined;
    this.edge = this.anchor ? this.edgeOf(this.anchor, log) : 0;
    this.scrolled = scrollTop;
    return false;
  }

  /** Whether the reader has scrolled up since the last look, which the browser is still to tell. */
  isLeft(log: HTMLElement): boolean {
    return log.scrollTop < this.scrolled && !isTooShort(log, this.scrolled);
  }

  /** The lower edge of a row within the log, px. */
  protected edgeOf(row: HTMLElement, _log: HTMLElement): number {
    return bottomOf(row);
  }
}

/** Whether a log cannot be scrolled as far as `scrolled`, px. */
export function isTooShort({ scrollHeight, clientHeight }: Element, scrolled: number): boolean {
  return scrolled > scrollHeight - clientHeight;
}

/** Whether a row is an entry, and not a mark above one. */
export function isEntry({ kind }: Row): boolean {
  return kind === 'message' || kind === 'event';
}

/** The lower edge of a child of the log, px. Not scaled, as a client rectangle is while the panel is still growing. */
export function bottomOf({ offsetTop, offsetHeight }: HTMLElement): number {
  return offsetTop + offsetHeight;
}
