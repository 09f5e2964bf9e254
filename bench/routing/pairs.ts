import type { Round } from '../load/process.ts';

/** What one program did in one round. */
export interface Measured extends Round {
  /** Processor time of the measured program itself. */
  readonly ownCpuMicros: number;
}

/** One round of the floor and one of the friend, right after each other. */
export interface Pair {
  readonly floor: Measured;
  readonly friend: Measured;
}

/** Messages a second. */
export function perSecond({ messages, ms }: Pick<Round, 'messages' | 'ms'>): number {
  return (messages / ms) * 1_000;
}

/** Microseconds of processor time that a message cost the measured program. */
export function cpuPerMessage({ messages, ownCpuMicros }: Measured): number {
  return ownCpuMicros / messages;
}

/** The middle one, or the mean of the two in the middle. NaN where there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The median over pairs of friend divided by floor: noise of the machine that lasts longer than a pair cancels out. */
export function ratio(pairs: readonly Pair[], figure: (measured: Measured) => number): number {
  return median(pairs.map(({ floor, friend }) => figure(friend) / figure(floor)));
}

/** `value` with so many significant digits as its noise allows. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
