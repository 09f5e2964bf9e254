import type { Clock } from '../core/ports.ts';

const idleMs = 30_000;
const limitMs = 10_000;

/** Watches a link that may be dead although its socket is not. */
export interface Probe {
  /** Something arrived: the link lives. */
  heard(): void;
  stop(): void;
}

/**
 * Calls `ping` when nothing was heard for 30–60 s, and `silent` when then nothing is heard for 10 s either. Anything that
 * arrives counts as an answer.
 */
export function probe(clock: Clock, ping: () => void, silent: () => void): Probe {
  let hasHeard = false;
  let isStopped = false;
  let cancel = clock.after(idleMs, idle);

  function idle(): void {
    if (hasHeard) {
      again();
      return;
    }
    ping();
    // Deferred, as after a pause of the whole process the answer may be readable and not read yet.
    cancel = clock.after(limitMs, () => clock.defer(judge));
  }

  function again(): void {
    hasHeard = false;
    cancel = clock.after(idleMs, idle);
  }

  function judge(): void {
    if (isStopped) return;
    if (hasHeard) again();
    else silent();
  }

  return {
    heard() {
      hasHeard = true;
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
