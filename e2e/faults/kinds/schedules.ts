import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../report.ts';

const sizes = { quick: 100, full: 2_000 };
const root = join(import.meta.dirname, '..', '..', '..');

interface Totals {
  readonly schedules: number;
  readonly deliveries: number;
  readonly operations: number;
  readonly answered: number;
  readonly planted: number;
  readonly found: readonly string[];
}

/**
 * Random schedules of repeats, overtaking and losses between people and two friends on one store, in process, against
 * a model. SQLite lets one process in only, so that the two share the store in memory.
 */
export const schedules: Fault = {
  name: 'schedules',
  async run(size) {
    const folder = mkdtempSync(join(tmpdir(), 'befriend-schedules-'));
    const report = join(folder, 'report.json');
    const env = { ...process.env, FAULT_SCHEDULES: String(sizes[size]), FAULT_REPORT: report };
    const words = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', 'e2e/faults/schedules.test.ts'];
    const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        output += piece.toString();
      });
    }
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      if (code !== 0) throw new Error(output.slice(-3_000));
      const totals = JSON.parse(readFileSync(report, 'utf8')) as Totals;
      const { deliveries, operations, answered, planted, found } = totals;
      return {
        ...{ injected: totals.schedules, wanted: sizes[size], operations, answered, planted, broken: [] },
        // The run fails at the first violation, and then there is no report.
        verdict: { lost: 0, doubled: 0, orderDifferences: 0, falseChecks: 0, gaps: 0, examples: [] },
        missed: Array.from({ length: planted - found.length }, () => 'a planted store'),
        figures: { deliveries },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
