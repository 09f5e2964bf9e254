import { inWords } from './spans.ts';
import type { TestTime } from './test-time.ts';
import { realPause } from './turn.ts';

/** How long somebody waits for what should come, milliseconds of the chat's time. */
export const patience = 60_000;
/** How long a wait that the chat's time cannot end goes on, milliseconds of real time. */
const realPatience = 5_000;
/** How long a reaction that waits for something outside holds up the chat's time, milliseconds of real time. */
const outsidePatience = 2_000;

/**
 * What `look` finds, as soon as it does: everything settles, then time passes as far as it has to. @throws Error that
 * begins with `what`, once a minute of the chat's time has passed, in real time after five seconds; `situation` ends it
 */
export async function waited<T>(
  time: TestTime,
  look: () => T | false | undefined,
  what: string,
  situation: () => string,
): Promise<T> {
  const end = time.now() + (time.isFake ? patience : realPatience);
  const realEnd = performance.now() + realPatience;
  const outsideEnd = performance.now() + outsidePatience;
  for (;;) {
    await time.settle();
    const found = look();
    if (found !== undefined && found !== false) return found;
    const isLate = performance.now() > realEnd;
    if (time.isFake && time.isJoined && !isLate) {
      // A widget needs real time to draw and to speak: the chat's own must not run away from it.
      await realPause(5);
      await time.pass(50);
      continue;
    }
    if (time.isFake && time.isOutside && performance.now() < outsideEnd) {
      await realPause(2);
      continue;
    }
    if (await time.step(end)) continue;
    if (!time.isFake || !time.isOpen || isLate) break;
    await realPause(2);
  }
  const span = time.isFake ? `${inWords(patience)} of the chat’s time` : inWords(realPatience);
  throw new Error(`${what} within ${span}. ${situation()}`);
}
