import type { Timers } from '../core/timers.ts';
import type { Locks } from './ports.ts';

export interface Election {
  /** Waits for the lock. */
  stand(): void;
  /** The leader gave a sign of life. */
  heard(): void;
  /** Gives the lock back, or waits no longer. */
  withdraw(): void;
}

export interface ElectionOptions {
  readonly locks: Locks;
  /** The lock's name. */
  readonly name: string;
  /** `watch` is the election's. */
  readonly timers: Timers;
  /** How long a leader that was asked may stay silent, milliseconds; a little different in each tab. */
  readonly patience: number;
  /** Asks who leads; the answer is told to `heard`. */
  readonly ask: () => void;
  /** This tab holds the lock: it leads. */
  readonly elected: () => void;
  /** The lock was stolen: another tab leads. */
  readonly deposed: () => void;
}

/** A leader that was silent this long is asked, milliseconds. */
const askAfter = 700;

/** One tab in the election: whoever holds the lock leads; the others wait in a queue that the browser keeps. */
export function election({ locks, name, timers, patience, ask, elected, deposed }: ElectionOptions): Election {
  let leave: (() => void) | undefined;

  function withdraw(): void {
    timers.cancel('watch');
    leave?.();
    leave = undefined;
  }

  /** It answers when it is asked, because the timers of a hidden tab sleep for up to a minute, and messages do not. */
  function heard(): void {
    timers.again('watch', askAfter, () => {
      ask();
      timers.again('watch', patience, () => request(true));
    });
  }

  function request(steal: boolean): void {
    withdraw();
    const waiting = new AbortController();
    let left = false;
    let leads = false;
    let release = (): void => waiting.abort();
    leave = () => {
      left = true;
      release();
    };
    const lead = (): void => {
      leads = true;
      timers.cancel('watch');
      elected();
    };
    const held = (): Promise<void> =>
      new Promise((resolve) => {
        release = resolve;
        if (left) resolve();
        else lead();
      });
    heard();
    locks.request(name, steal ? { steal } : { signal: waiting.signal }, held).catch(() => {
      if (left) return;
      // Not robbed, yet refused: a browser that lets nobody lock. Each tab for itself.
      if (leads) deposed();
      else lead();
    });
  }

  return { stand: () => request(false), heard, withdraw };
}
