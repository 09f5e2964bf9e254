import type { Clock } from '../core/ports.ts';

/** The page's clock; `stop` cancels all that still waits and leaves no timer behind. */
export interface PageClock extends Clock {
  stop(): void;
}

/** Real time in a page. `defer` goes by a message channel: a nested `setTimeout` waits 4 ms at least. */
export function pageClock(): PageClock {
  const { port1, port2 } = new MessageChannel();
  const running = new Set<ReturnType<typeof setTimeout>>();
  let deferred: (() => void)[] = [];
  port1.onmessage = () => deferred.shift()?.();

  return {
    now: () => Date.now(),
    after(ms, task) {
      const timer = setTimeout(() => {
        running.delete(timer);
        task();
      }, ms);
      running.add(timer);
      return () => {
        running.delete(timer);
        clearTimeout(timer);
      };
    },
    defer(task) {
      deferred.push(task);
      port2.postMessage(undefined);
    },
    stop() {
      for (const timer of running) clearTimeout(timer);
      running.clear();
      deferred = [];
      port1.close();
    },
  };
}
