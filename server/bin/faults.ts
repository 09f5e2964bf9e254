import { type Crash, type CrashPoint, crashPoints } from '../core/ports.ts';
import { CommitUnknown } from '../core/store.ts';
import { SettingError } from './environment.ts';

/** A fault that is planted on purpose, to prove what becomes of it. */
export interface Fault {
  readonly point: CrashPoint;
  /** From 0, never, to 1, always. */
  readonly probability: number;
  /** How often the point is passed before it may fire. */
  readonly passes: number;
}

/** Reads `BEFRIEND_FAULT`: `POINT:PROBABILITY` or `POINT:PROBABILITY:PASSES`, separated by commas. @throws SettingError */
export function faultsOf(text = ''): readonly Fault[] {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : faultOf(part.trim(), text)));
}

function faultOf(part: string, text: string): Fault {
  const [name, probability = '', passes = '0', ...rest] = part.split(':');
  const point = crashPoints.find((known) => known === name);
  const isProbability = /^(0(\.\d+)?|1(\.0+)?)$/.test(probability);
  if (point !== undefined && isProbability && /^\d{1,9}$/.test(passes) && rest.length === 0) {
    return { point, probability: Number(probability), passes: Number(passes) };
  }
  throw new SettingError(
    `BEFRIEND_FAULT is ${JSON.stringify(text)}; set it to POINT:PROBABILITY[:PASSES] with a point of ${crashPoints.join(', ')}, and a probability from 0 to 1: after_commit:0.1.`,
  );
}

/**
 * What the friend and its store call where they pass a point; undefined where no fault is planted. `fsync` fails as the
 * disk would, every other point ends the process.
 * @param chance returns a number from 0 up to 1
 * @param kill ends this process without a trace
 */
export function crashBy(faults: readonly Fault[], chance: () => number, kill: () => void): Crash | undefined {
  if (faults.length === 0) return undefined;
  const passed = new Map<Fault, number>();
  return (point) => {
    for (const fault of faults) {
      if (fault.point !== point) continue;
      const before = passed.get(fault) ?? 0;
      passed.set(fault, before + 1);
      if (before < fault.passes || chance() >= fault.probability) continue;
      if (point === 'fsync') throw new CommitUnknown('A failed fsync was planted.');
      kill();
    }
  };
}
