import { buildWidget } from '../../server/bin/build-widget.ts';
import { clocks } from './kinds/clocks.ts';
import { crashPoints } from './kinds/crash-points.ts';
import { diskFull } from './kinds/disk-full.ts';
import { friendKilled } from './kinds/friend-killed.ts';
import { fsyncFailed } from './kinds/fsync-failed.ts';
import { halfOpen } from './kinds/half-open.ts';
import { linksCut } from './kinds/links-cut.ts';
import { reloads } from './kinds/reloads.ts';
import { schedules } from './kinds/schedules.ts';
import { serverRestarted } from './kinds/server-restarted.ts';
import { soak } from './kinds/soak.ts';
import { stopped } from './kinds/stopped.ts';
import { type Entry, type Fault, failuresOf, lineOf, writeReport } from './report.ts';
import { endStages } from './stage.ts';

/** The faults of a quick run: those of a lane one after the other, the lanes beside each other. */
const quickLanes: readonly (readonly Fault[])[] = [
  [friendKilled, crashPoints],
  [halfOpen, schedules],
  [serverRestarted],
];

/** The faults of a full run, one after the other. */
const whole: readonly Fault[] = [
  ...[friendKilled, crashPoints, serverRestarted, halfOpen, reloads, schedules],
  ...[diskFull, fsyncFailed, clocks, stopped, linksCut],
];

const all: readonly Fault[] = [...whole, soak];

async function carryOut(fault: Fault, size: 'quick' | 'full'): Promise<Entry> {
  const { name } = fault;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1_000;
  try {
    const result = await fault.run(size);
    const failures = failuresOf(result);
    console.log(lineOf(name, result, seconds()));
    for (const failure of failures) console.log(`     ${failure}`);
    return { name, seconds: seconds(), result, failures };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(`FAIL ${name} could not be carried out: ${failure}`);
    return { name, seconds: seconds(), failures: [failure] };
  }
}

async function lane(faults: readonly Fault[], size: 'quick' | 'full'): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const fault of faults) entries.push(await carryOut(fault, size));
  return entries;
}

async function main(words: readonly string[]): Promise<void> {
  const size = words.includes('--quick') ? 'quick' : 'full';
  const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : undefined;
  await buildWidget();
  const entries = (await Promise.all(lanesOf(size, only).map((faults) => lane(faults, size)))).flat();
  writeReport(size, entries);
  const failed = entries.filter(({ failures }) => failures.length > 0).length;
  const skipped = size === 'full' && only === undefined ? 1 : 0;
  if (skipped > 0) console.log('skip soak               takes five minutes by itself: npm run faults -- --only soak');
  console.log(`${entries.length - failed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function lanesOf(size: 'quick' | 'full', only: string | undefined): readonly (readonly Fault[])[] {
  if (only === undefined) return size === 'quick' ? quickLanes : [whole];
  const chosen = all.filter(({ name }) => name === only);
  if (chosen.length > 0) return [chosen];
  throw new Error(`No fault is called ${only}. There are: ${all.map(({ name }) => name).join(', ')}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void endStages().finally(() => process.exit(1)));
}

await main(process.argv.slice(2));
