/** The machine's own time; `stop` cancels all that still waits and leaves no timer behind. */
export interface RealClock {
  now(): number;
  after(ms: number, task: () => void): () => void;
  stop(): void;
}

/** Real time, by the timers that there are now, whatever stands in their place later. */
export function realClock(): RealClock {
  const [set, clear] = [globalThis.setTimeout.bind(globalThis), globalThis.clearTimeout.bind(globalThis)];
  const running = new Set<ReturnType<typeof setTimeout>>();
  return {
    now: () => Date.now(),
    after(ms, task) {
      const timer = set(() => {
        running.delete(timer);
        task();
      }, ms);
      running.add(timer);
      return () => {
        running.delete(timer);
        clear(timer);
      };
    },
    stop() {
      for (const timer of running) clear(timer);
      running.clear();
    },
  };
}
