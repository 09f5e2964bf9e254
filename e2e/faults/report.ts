import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Verdict, violationsIn } from './checker.ts';

/** How long it took, milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** What one fault came to. */
export interface FaultResult {
  /** How often the fault happened, and how often the table wants it. */
  readonly injected: number;
  readonly wanted: number;
  /** Messages sent, and how many of them got their ✓. */
  readonly operations: number;
  readonly answered: number;
  readonly verdict: Verdict;
  /** From the end of the fault until each client was served again. */
  readonly backWithin?: Spread;
  /** Violations planted in this very history, and those that the checker missed. */
  readonly planted: number;
  readonly missed: readonly string[];
  /** What else was promised and does not hold; empty where all does. */
  readonly broken: readonly string[];
  /** Figures of this fault alone. */
  readonly figures?: Readonly<Record<string, number | string>>;
}

/** A fault of the table. */
export interface Fault {
  readonly name: string;
  /** @throws Error where it could not be carried out at all */
  run(size: 'quick' | 'full'): Promise<FaultResult>;
}

/** Median, 95th percentile and the longest of `values`. @throws RangeError where there are none */
export function spreadOf(values: readonly number[]): Spread {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), max: percentile(values, 1) };
}

/** The value that a share of `values` does not exceed (nearest rank). @throws RangeError where there are none */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('There is nothing to take a percentile of.');
  return Math.round(value);
}

/** What keeps a result from passing. */
export function failuresOf(result: FaultResult): readonly string[] {
  const { injected, wanted, answered, operations, verdict, planted, missed, broken } = result;
  return [
    ...(injected < wanted ? [`injected ${injected} of ${wanted}`] : []),
    ...(operations === 0 || answered === 0 ? ['nothing was sent and answered'] : []),
    ...(violationsIn(verdict) > 0 ? verdict.examples : []),
    ...(planted === 0 ? ['nothing was planted'] : []),
    ...missed.map((name) => `the checker missed: ${name}`),
    ...broken,
  ];
}

/** One line for people. */
export function lineOf(name: string, result: FaultResult, seconds: number): string {
  const { injected, operations, answered, verdict, backWithin, planted, missed, figures = {} } = result;
  const back = backWithin && `back p50 ${backWithin.p50} p95 ${backWithin.p95} max ${backWithin.max} ms`;
  const { lost, doubled, orderDifferences, falseChecks, gaps } = verdict;
  const parts = [
    `${injected} injected`,
    `${answered} of ${operations} answered`,
    `lost ${lost}, doubled ${doubled}, order ${orderDifferences}, false ✓ ${falseChecks}, gaps ${gaps}`,
    ...(back === undefined ? [] : [back]),
    ...Object.entries(figures).map(([figure, value]) => `${figure} ${value}`),
    `planted ${planted - missed.length} of ${planted} found`,
    `${seconds.toFixed(1)} s`,
  ];
  return `${failuresOf(result).length === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(18)} ${parts.join(' · ')}`;
}

/** What is written down of each fault that ran. */
export interface Entry {
  readonly name: string;
  readonly seconds: number;
  readonly result?: FaultResult;
  readonly failures: readonly string[];
}

/** Writes the report to `.cache/faults.json`. */
export function writeReport(size: string, entries: readonly Entry[]): void {
  const folder = join(import.meta.dirname, '..', '..', '.cache');
  mkdirSync(folder, { recursive: true });
  const faults = entries.map(({ name, seconds, result, failures }) => {
    if (result === undefined) return { name, seconds, failures };
    const { verdict, planted, missed, broken: _, ...others } = result;
    const { examples: __, ...counts } = verdict;
    return { name, seconds, ...others, ...counts, planted, plantedFound: planted - missed.length, failures };
  });
  writeFileSync(join(folder, 'faults.json'), `${JSON.stringify({ size, faults }, undefined, 2)}\n`);
}
