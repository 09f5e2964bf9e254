/** The machine's own time; `stop` cancels all that still waits and leaves no timer behind. */
export interface RealClock {
  now(): number;
  after(ms: number, task: () => void): () => void;
  stop(): void;
}

/** Real time. */
export function realClock(): RealClock {
  const running = new Set<ReturnType<typeof setTimeout>>();
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
    stop() {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
