/** An answer that is due longer than this means a dead stream, milliseconds. */
export const answerLimit = 10_000;

/** How long a gap may fill itself before it is fetched, milliseconds. */
export const gapPatience = 300;

/** What the friend asked to send again later waits at least this long, milliseconds. */
export const retryPause = 1_000;

/** How long to wait after the greeting came back for the `count`th time in a row: 0.5 s, then twice as long up to 3 s. */
export function bouncePause(count: number): number {
  return Math.min(3_000, 500 * 2 ** count);
}

/** Whether an error says that the friend takes nothing at the moment. */
export function isBusy(code: string): boolean {
  return code === 'rate' || code === 'busy' || code === 'storage';
}
