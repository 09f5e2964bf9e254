import type { Clock } from '../core/ports.ts';

const idleMs = 30_000;
const limitMs = 10_000;
/** After a backlog: until what was there is read, and how long something more may take. */
const drainMs = 250;
const hurryMs = 1_000;

/** Watches a link that may be dead although its socket is not. */
export interface Probe {
  /** Something arrived: the link lives. */
  heard(): void;
  /**
   * Looks soon whether anything still comes. After a pause of this process the server's TCP may have settled on a window
   * that it thinks too small to be used, and wait for its persist timer (RFC 9293 §3.8.6): on loopback, after 20 s of
   * pause, for 15 s more, which a new link ends at once.
   */
  hurry(): void;
  stop(): void;
}

/**
 * Calls `ping` when nothing was heard for 30–60 s, and `silent` when then nothing is heard for 10 s either. Anything that
 * arrives counts as an answer.
 */
export function probe(clock: Clock, ping: () => void, silent: () => void): Probe {
  let hasHeard = false;
  let isStopped = false;
  let isHurried = false;
  let cancel = clock.after(idleMs, idle);

  function idle(): void {
    if (hasHeard) {
      again();
      return;
    }
    ask(limitMs);
  }

  function ask(ms: number): void {
    ping();
    // Deferred, as after a pause of the whole process the answer may be readable and not read yet.
    cancel = clock.after(ms, () => clock.defer(judge));
  }

  function again(): void {
    hasHeard = false;
    isHurried = false;
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
    hurry() {
      if (isHurried || isStopped) return;
      isHurried = true;
      cancel();
      cancel = clock.after(drainMs, () => {
        // It was judged meanwhile.
        if (!isHurried) return;
        hasHeard = false;
        ask(hurryMs);
      });
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
