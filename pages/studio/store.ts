import type { Theme } from '../../widget/theme/theme.ts';
import { themeOf } from './theme/editing.ts';
import { begun, changed, type History, redone, rested, undone } from './theme/history.ts';

/** Where unsaved work stays; what a browser offers, or nothing. */
export type Drawer = Pick<Storage, 'getItem' | 'setItem'>;

const key = 'befriend-studio';

/** The theme in the making and how it came about: the only writer of both. */
export class Studio {
  readonly #drawer: Drawer | undefined;
  readonly #redraws = new Set<() => void>();
  #history: History<Theme>;
  #said = '';

  /** Begins with `given`, else with what was left in the drawer: it stays there until something is changed. */
  constructor(drawer?: Drawer, given?: Theme) {
    this.#drawer = drawer;
    const left = themeIn(drawer);
    const isOther = given !== undefined && JSON.stringify(given) !== JSON.stringify(left);
    this.#history = isOther ? changed(begun(left), given) : begun(left);
  }

  get theme(): Theme {
    return this.#history.now;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** What was done last that is not seen by itself, in words. */
  get said(): string {
    return this.#said;
  }

  /** Calls `redraw` after each change; returns what ends that. */
  subscribe(redraw: () => void): () => void {
    this.#redraws.add(redraw);
    return () => this.#redraws.delete(redraw);
  }

  /** Another theme. `moving` names what is being dragged: all of one drag is one step. */
  change(theme: Theme, moving?: string): void {
    this.#put(changed(this.#history, theme, moving));
  }

  /** A drag is over. */
  rest(): void {
    this.#history = rested(this.#history);
  }

  undo(): void {
    this.#put(undone(this.#history));
  }

  redo(): void {
    this.#put(redone(this.#history));
  }

  say(words: string): void {
    this.#said = words;
    this.#redraw();
  }

  #put(history: History<Theme>): void {
    this.#history = history;
    this.#said = '';
    try {
      this.#drawer?.setItem(key, JSON.stringify(history.now));
    } catch {
      // Full or forbidden: it lasts as long as the page.
    }
    this.#redraw();
  }

  #redraw(): void {
    for (const redraw of this.#redraws) redraw();
  }
}

function themeIn(drawer: Drawer | undefined): Theme {
  try {
    return themeOf(JSON.parse(drawer?.getItem(key) ?? '{}'));
  } catch {
    return {};
  }
}
