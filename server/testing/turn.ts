const waiting: (() => void)[] = [];
let wake: (() => void) | undefined;

/**
 * Runs `task` in the next macrotask: by `setImmediate` where there is one, else by a message channel, because a nested
 * `setTimeout` waits 4 ms at least.
 */
export function macrotask(task: () => void): void {
  if (typeof setImmediate === 'function') {
    setImmediate(task);
    return;
  }
  waiting.push(task);
  wake ??= channel();
  wake();
}

function channel(): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return () => port2.postMessage(undefined);
}

/** Resolves after `ms` of real time. */
export function realPause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
