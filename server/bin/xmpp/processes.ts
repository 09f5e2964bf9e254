import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** All processes that have `path` among their arguments: a server and the chains of shells that started it. */
export function processesOf(path: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    const words = commandLine(pid);
    return words.includes(path) || words.includes(`"${path}"`);
  });
}

/** Sends `signal` to each process; one that is gone already is no error. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

/** Resolves true once no process of `path` runs, false when one still does after `withinMs`. */
export async function processesEnded(path: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (processesOf(path).length > 0) {
    if (performance.now() > until) return false;
    await delay(20);
  }
  return true;
}

/**
 * Names a process so that a reused pid is not taken for it: pid and start time (`proc(5)`, field 22 of `stat`).
 * Nothing when there is no such process, or it is a zombie.
 */
export function processIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${pid} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** The arguments of a process, the program first; none when it is gone. */
export function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
