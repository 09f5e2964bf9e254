import type { Clock } from '../core/ports.ts';

/** A clock for tests that moves by hand, or by itself to whatever comes next. */
export interface HandClock extends Clock {
  /** Moves on by `ms` and runs what falls due, in order. */
  advance(ms: number): void;
  /** The instants, in milliseconds from now, for which something is set. */
  due(): number[];
}

/** A hand-moved clock at 0; only `defer` runs by itself, as a real macrotask. */
export function handClock(): HandClock {
  let now = 0;
  let timers: { at: number; task: () => void }[] = [];

  return {
    now: () => now,
    after(ms, task) {
      const timer = { at: now + ms, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    defer: (task) => void setImmediate(task),
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [first] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!first) break;
        now = first.at;
        timers = timers.filter((other) => other !== first);
        first.task();
      }
      now = end;
    },
    due: () => timers.map(({ at }) => at - now).sort((a, b) => a - b),
  };
}

/** The time of this process. */
export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  defer: (task) => void setImmediate(task),
};
