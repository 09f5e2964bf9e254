import type { Flow } from './flow.ts';

/** Which steps of flows were reached, for tests that want to know what they have not tried. */
export interface FlowCoverage {
  /** Counts a flow's steps from now on, also those that nobody reaches. */
  watch(flow: Flow): void;
  reached(flow: string, step: string): void;
  /** Steps that nobody has reached, as `flow.step`. */
  missing(): readonly string[];
  /** A line for each flow: its steps, how many of them were reached, and which were not. */
  table(): string;
}

/** Gathers which steps are reached: hand it to `bots({ bots, coverage })` and print its table after the tests. */
export function flowCoverage(): FlowCoverage {
  const flows = new Map<string, Map<string, number>>();
  const left = (steps: ReadonlyMap<string, number>): string[] =>
    [...steps].flatMap(([step, times]) => (times === 0 ? step : []));
  return {
    watch({ name, steps }) {
      const known = flows.get(name);
      flows.set(name, new Map(Object.keys(steps).map((step) => [step, known?.get(step) ?? 0])));
    },
    reached(flow, step) {
      const steps = flows.get(flow);
      steps?.set(step, (steps.get(step) ?? 0) + 1);
    },
    missing: () => [...flows].flatMap(([flow, steps]) => left(steps).map((step) => `${flow}.${step}`)),
    table() {
      const rows = [...flows].map(([flow, steps]) => {
        const missed = left(steps);
        const share = steps.size === 0 ? 100 : Math.floor((100 * (steps.size - missed.length)) / steps.size);
        return [flow, String(steps.size), `${share} %`, missed.join(', ') || '–'];
      });
      return lined([['flow', 'steps', 'reached', 'not reached'], ...rows]);
    },
  };
}

function lined(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
