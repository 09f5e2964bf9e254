import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rounded } from '../routing/pairs.ts';
import { costs } from './costs.ts';
import { dialogues } from './dialogues.ts';
import { fences } from './fences.ts';
import { type Counted, contradictionsIn, type Found, unnoticedIn, worseIn } from './judgement.ts';
import { pending } from './pending.ts';
import { printedByTests } from './printed.ts';
import { loseOne, rowsIn, saidByLogic, saidByPeople } from './stand.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** `row` loses a row of a data file, `goal` measures a reaction that no fence can hold: it has to end with exit code 1. */
    plant: { type: 'string' },
  },
});

const sizes = values.quick
  ? { slices: 4, ms: 80, pairs: 6, pairMs: 40, dialogues: 1, every: 500, costs: 3 }
  : { slices: 64, ms: 150, pairs: 120, pairMs: 100, dialogues: 3, every: 2_000, costs: 60 };

async function measured(folder: string): Promise<Found> {
  const { slices, ms, pairs, pairMs, every } = sizes;
  const fenced = await fences(folder, slices, ms, !values.quick);
  console.error('fences', JSON.stringify(fenced.fences));
  const waiting = await pending(folder, pairs, pairMs);
  console.error('pending', JSON.stringify(waiting));
  const spoken = await dialogues(folder, sizes.dialogues, every);
  console.error('dialogues', JSON.stringify(spoken));
  const cost = await costs(folder, sizes.costs, pairMs);
  return {
    ...{ fences: fenced, pending: waiting, dialogues: spoken, costs: cost },
    ...(values.quick ? {} : { printed: await printedByTests() }),
  };
}

function counted({ fences: fenced, pending: waiting, dialogues: spoken, costs: cost }: Found): Counted {
  const sum = (paths: readonly string[], from: string): number =>
    paths.reduce((rows, path) => rows + rowsIn(path, from), 0);
  return {
    fences: rowsIn(fenced.path, saidByPeople),
    pending: sum(Object.values(waiting.paths), saidByPeople),
    schedules: rowsIn(waiting.paths.laden, `schedule WHERE type = 'reminder.due'`),
    dialogues: sum(spoken.paths, saidByPeople),
    said: sum(spoken.paths, saidByLogic),
    costs: sum(cost.paths, saidByPeople),
    tracked: sum(cost.paths, `fact WHERE type = 'order.tracked'`),
  };
}

/** The same proof must see one lost row. @throws Error where it does not */
function plantedRow(found: Found): string {
  loseOne(found.fences.path, saidByPeople);
  const [report] = contradictionsIn(found, counted(found));
  if (report === undefined) throw new Error('A row was removed from a data file, and the proof did not notice.');
  return report;
}

/** What no fence holds in the place of what one does: the judgement has to fail. */
function withPlanted(found: Found): Found {
  const { fences: fenced } = found;
  return { ...found, fences: { ...fenced, fences: { ...fenced.fences, hangs: fenced.fences.spins } } };
}

const base = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'logic-'));
try {
  const before = loadavg()[0] ?? Number.NaN;
  const began = performance.now();
  const found = await measured(folder);
  const load = Math.max(before, loadavg()[0] ?? Number.NaN);
  if (values.plant === 'row') loseOne(found.pending.paths.laden, saidByPeople);
  const rows = counted(found);
  const wrong = contradictionsIn(found, rows);
  const worse = worseIn(values.plant === 'goal' ? withPlanted(found) : found, load);
  // Few rounds are noise: a quick run is there for the proof.
  const unnoticed = values.quick ? [] : unnoticedIn(found);
  for (const what of wrong) console.error(`The figures do not hold: ${what}.`);
  for (const what of unnoticed) console.error(`The harness did not notice ${what}.`);
  for (const what of worse) console.error(`It misses its goal: ${what}.`);
  // Noise that misses some other goal is no proof that the planted one was seen.
  const isPlanted = values.plant === 'goal' ? worse.some((what) => what.includes('a reaction that hangs')) : undefined;
  const isMissed = isPlanted ?? (worse.length > 0 && !values.quick);
  if (wrong.length + unnoticed.length > 0 || isMissed) process.exitCode = 1;
  const { path: _, ...fenced } = found.fences;
  const { paths: _pending, ...waiting } = found.pending;
  const { paths: _dialogues, ...spoken } = found.dialogues;
  const { paths: _costs, ...cost } = found.costs;
  const line = {
    ...fenced,
    ...{ pending: waiting, dialogues: spoken, costs: cost, printed: found.printed, rows },
    ...{ worse, planted: wrong[0] ?? plantedRow(found), quick: values.quick },
    load: rounded(load),
    seconds: rounded((performance.now() - began) / 1_000),
  };
  console.log(JSON.stringify(line));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
