import type { Clock } from '../core/ports.ts';

/** The page's clock: milliseconds since 1970, and timers of the window. */
export const clock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
