import { type Start, starts } from '../starts/starts.ts';

/** What somebody has written, and where people meet. */
export interface Draft {
  readonly code: string;
  readonly conversation: Start['conversation'];
}

/** Characters of a configuration. */
export const longestCode = 60_000;

const key = 'befriend:play';
const running = 'befriend:play:running';

/** Where it begins when nothing was written yet. */
export const blank: Draft = { code: starts[0].code, conversation: starts[0].conversation };

/** What was written before, kept in this browser; nothing where there is none or nothing may be kept. */
export class Drawer {
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
  }

  /** The draft of last time. */
  get draft(): Draft | undefined {
    return draftOf(this.#storage?.getItem(key) ?? undefined);
  }

  /** A page that went while logic was being started has not come through it: it is not started again by itself. */
  get isStuck(): boolean {
    return this.#storage?.getItem(running) === 'yes';
  }

  keep(draft: Draft): void {
    this.#put(key, JSON.stringify(draft));
  }

  /** Logic is being started, or that has ended. */
  runs(isRunning: boolean): void {
    if (isRunning) this.#put(running, 'yes');
    else this.#storage?.removeItem(running);
  }

  #put(name: string, value: string): void {
    try {
      this.#storage?.setItem(name, value);
    } catch {
      // A full drawer: what is on the screen stays there.
    }
  }
}

/** A draft of its JSON; nothing where that is none. */
export function draftOf(json: string | undefined): Draft | undefined {
  if (json === undefined) return undefined;
  try {
    const { code, conversation } = JSON.parse(json) as Partial<Draft>;
    if (typeof code !== 'string' || code.length > longestCode) return undefined;
    return { code, conversation: conversation === 'support' ? 'support' : 'room:lobby' };
  } catch {
    return undefined;
  }
}
