/** What was, what is, and what was taken back. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** What is being moved right now: a drag of one slider is one step. */
  readonly moving?: string;
}

/** Steps that can be taken back at most. */
const most = 200;

/** A history that begins with `now`. */
export function begun<T>(now: T): History<T> {
  return { past: [], now, future: [] };
}

/** A step further; those with the same `moving` in a row are one. What was taken back before is gone. */
export function changed<T>(history: History<T>, now: T, moving?: string): History<T> {
  const goesOn = moving !== undefined && moving === history.moving;
  const past = goesOn ? history.past : [...history.past, history.now].slice(-most);
  return { past, now, future: [], ...(moving === undefined ? {} : { moving }) };
}

/** What was being moved has come to rest: the next change is a step of its own. */
export function rested<T>({ past, now, future }: History<T>): History<T> {
  return { past, now, future };
}

/** One step back; the same where there is none. */
export function undone<T>(history: History<T>): History<T> {
  const now = history.past.at(-1);
  if (now === undefined) return history;
  return { past: history.past.slice(0, -1), now, future: [history.now, ...history.future] };
}

/** The step that was taken back last, once more; the same where there is none. */
export function redone<T>(history: History<T>): History<T> {
  const [now, ...future] = history.future;
  if (now === undefined) return history;
  return { past: [...history.past, history.now], now, future };
}
