import './node-version.cjs';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dockerEngine, dockerIsRequired, missingPackages } from './machine.ts';
import { nothing, plus, readFailures, readReport, type Tally, tallyOf } from './tally.ts';
import { root, runTool } from './tool.ts';

const reports = join(root, '.cache/reports');
/** What failed, in the order of the steps: said once more at the end. */
const failures: string[] = [];
const interrupted = new AbortController();

/** Runs the tests of one vitest project. */
async function unit(project: string): Promise<Tally> {
  const report = join(reports, `${project}.json`);
  const words = ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'];
  return step(`vitest, ${project}`, [...words, `--outputFile.json=${report}`], report);
}

/** Runs the journeys in real browsers, against one kind of XMPP server. */
async function journeys(project: string, env: Readonly<Record<string, string>> = {}): Promise<Tally> {
  const report = join(reports, `e2e-${project}.json`);
  const words = ['playwright', 'test', `--project=${project}`, '--reporter=list,json'];
  return step(`playwright, ${project}`, words, report, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
}

async function dockerJourneys(): Promise<Tally> {
  const engine = await dockerEngine();
  if (typeof engine !== 'string') {
    const run = async (): Promise<Tally> =>
      plus(await journeys('docker-short', engine.env), await journeys('docker-account-short', engine.env));
    return run().finally(engine.stop);
  }
  console.log(`\n== playwright, docker: not run, ${engine}`);
  return { ...nothing, [dockerIsRequired ? 'failed' : 'skipped']: 1 };
}

/** The figures, measured shortly: one test, which fails where what they rest on does not hold. */
async function figures(): Promise<Tally> {
  const { code } = await announced('bench, quick', ['node', 'bench/run.ts', '--quick'], {});
  if (code !== 0) failures.push('bench, quick');
  return tallyOf(code, { ...nothing, [code === 0 ? 'passed' : 'failed']: 1 });
}

/** The fault suite in its quick sizes; its last line is its tally. */
async function faults(): Promise<Tally> {
  if (interrupted.signal.aborted) return { ...nothing, failed: 1 };
  console.log('\n== faults, quick');
  const { code, output } = await runTool(['node', 'e2e/faults/run.ts', '--quick'], { signal: interrupted.signal });
  console.log(output.trimEnd());
  if (code !== 0) failures.push(...output.split('\n').filter((line) => line.startsWith('FAIL')), 'faults, quick');
  const [, passed, failed, skipped] = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(output) ?? [];
  const counted = { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
  return tallyOf(code, passed === undefined ? undefined : counted);
}

async function step(
  name: string,
  words: readonly string[],
  report: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Tally> {
  rmSync(report, { force: true });
  const { code } = await announced(name, words, env);
  if (code !== 0) failures.push(...[name, ...readFailures(report)].map((text) => text.replace(`${root}/`, '')));
  return tallyOf(code, readReport(report));
}

async function announced(
  name: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number }> {
  if (interrupted.signal.aborted) return { code: 1 };
  console.log(`\n== ${name}`);
  return runTool(words, { stream: true, env, signal: interrupted.signal });
}

async function all(): Promise<Tally> {
  const missing = await missingPackages();
  if (missing !== undefined) {
    console.error(missing);
    return { ...nothing, failed: 1 };
  }
  mkdirSync(reports, { recursive: true });
  let sum = nothing;
  const steps = [
    () => unit('node'),
    () => unit('page'),
    () => journeys('gallery-short'),
    () => journeys('native'),
    () => journeys('keys-short'),
    () => journeys('prosody-short'),
    () => journeys('account-short'),
    dockerJourneys,
    faults,
    figures,
  ];
  for (const run of steps) sum = plus(sum, await run());
  return sum;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

const { passed, failed, skipped } = await all();
if (failures.length > 0) console.log(`\nfailed:\n${failures.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
