import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { growth } from './growth/growth.ts';
import type { Crowd } from './load/process.ts';
import { flushes } from './routing/disk.ts';
import { cpuPerMessage, type Measured, median, type Pair, perSecond, ratio, rounded } from './routing/pairs.ts';
import { contradictionIn, loseOneMessage, type Proof, storedMessages } from './routing/proof.ts';
import { type Stage, setStage } from './routing/stage.ts';
import type { Usable } from './size/chatter.ts';
import { clicksToUsable } from './size/clicks.ts';

/** What one kind of round is made of. */
interface Mode {
  readonly conversations: number;
  readonly window: number;
  readonly pairs: number;
  readonly ms: number;
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** `row` loses a row of the data file, `answer` an answer: the run has to end with exit code 1. */
    plant: { type: 'string' },
    /** A folder for a CPU profile of the friend. */
    profile: { type: 'string' },
  },
});

// Many short pairs: the noise of a shared machine lasts longer than one of them, and so meets both sides alike.
const [pairs, ms] = values.quick ? [5, 300] : [25, 1_000];
const many: Mode = { conversations: 20, window: 50, pairs, ms };
const one: Mode = { conversations: 1, window: 50, pairs, ms };
const single: Mode = { conversations: 1, window: 1, pairs, ms };

/** What a quick run may take in all, milliseconds. */
const quickMs = 50_000;

/** The floor and the friend in turns; which of them begins changes from pair to pair. */
async function measure(stage: Stage, label: string, mode: Mode): Promise<Pair[]> {
  const measured: Pair[] = [];
  const round = (crowd: Crowd): Promise<Measured> => stage.round(crowd, mode.conversations, mode.window, mode.ms);
  for (let index = 0; index < mode.pairs; index += 1) {
    // A slow machine gets fewer pairs, never none.
    if (values.quick && index > 1 && performance.now() > quickMs * 0.6) break;
    const first = await round(index % 2 === 0 ? 'floor' : 'friend');
    const second = await round(index % 2 === 0 ? 'friend' : 'floor');
    const pair = index % 2 === 0 ? { floor: first, friend: second } : { floor: second, friend: first };
    measured.push(pair);
    console.log(label, shown('floor', pair.floor), shown('friend', pair.friend));
  }
  return measured;
}

function shown(name: string, measured: Measured): string {
  const latency = Number.isNaN(measured.latencyMs) ? '' : `, median ${measured.latencyMs.toFixed(2)} ms`;
  return `  ${name} ${perSecond(measured).toFixed(0)}/s (${cpuPerMessage(measured).toFixed(0)} µs of its CPU)${latency}`;
}

async function warmUp(stage: Stage): Promise<void> {
  for (const crowd of ['floor', 'friend', 'direct'] as const)
    await stage.round(crowd, many.conversations, many.window, 1_000);
}

async function proofOf(stage: Stage): Promise<Proof & { readonly commits: number }> {
  const { answered, received } = await stage.load.ask('seen', { crowd: 'friend' });
  const stats = await stage.friend.ask('stop', undefined);
  if (values.plant === 'row') loseOneMessage(stage.path);
  return { stored: storedMessages(stage.path), answered, received, commits: stats?.commits ?? 0 };
}

/** The same harness must see one lost row. Throws when it does not. */
function plantedViolation(stage: Stage, proof: Proof): string {
  loseOneMessage(stage.path);
  const report = contradictionIn({ ...proof, stored: storedMessages(stage.path) });
  if (report === undefined) throw new Error('A row was removed from the data file, and the proof did not notice.');
  return report;
}

async function figures(stage: Stage): Promise<Record<string, unknown>> {
  await warmUp(stage);
  if (values.plant === 'answer') await stage.load.ask('plant', { crowd: 'friend', answers: 1 });
  const twenty = await measure(stage, '20 conversations', many);
  const disk = flushes(folder, 20);
  const alone = await measure(stage, '1 conversation  ', one);
  const inTurn = await measure(stage, 'one in flight   ', single);
  disk.push(...flushes(folder, 20));
  const direct: Measured[] = [];
  for (let index = 0; index < pairs; index += 1)
    direct.push(await stage.round('direct', many.conversations, many.window, ms));
  const proof = await proofOf(stage);
  const contradiction = contradictionIn(proof);
  if (contradiction !== undefined) {
    console.error(`The figures do not hold: ${contradiction}.`);
    process.exitCode = 1;
  }
  const { commits, ...counts } = proof;
  const of = (all: readonly Pair[], side: keyof Pair, figure: (measured: Measured) => number): number =>
    rounded(median(all.map((pair) => figure(pair[side]))));
  return {
    throughputRatio: rounded(ratio(twenty, perSecond)),
    throughputRatioOne: rounded(ratio(alone, perSecond)),
    latencyRatio: rounded(ratio(inTurn, (measured) => measured.latencyMs)),
    floorPerSecond: of(twenty, 'floor', perSecond),
    friendPerSecond: of(twenty, 'friend', perSecond),
    directPerSecond: rounded(median(direct.map(perSecond))),
    floorPerSecondOne: of(alone, 'floor', perSecond),
    friendPerSecondOne: of(alone, 'friend', perSecond),
    floorLatencyMs: of(inTurn, 'floor', (measured) => measured.latencyMs),
    friendLatencyMs: of(inTurn, 'friend', (measured) => measured.latencyMs),
    floorCpuMicros: of(twenty, 'floor', cpuPerMessage),
    friendCpuMicros: of(twenty, 'friend', cpuPerMessage),
    ...counts,
    fsyncs: commits,
    fsyncMs: rounded(median(disk)),
    planted: contradiction ?? plantedViolation(stage, proof),
    quick: values.quick,
  };
}

/** What is measured from the click on the launcher. */
type Clicks = Record<
  `click${'ToUsable' | 'ToComposer' | 'Driven' | 'Longest' | 'AtOnce' | 'AtOnceLongest'}Ms` | 'clickRoundTrips',
  number | null
>;

/** How long a page stands there before somebody clicks, milliseconds. */
const rest = 1_000;

const notMeasured: Clicks = {
  clickToUsableMs: null,
  clickToComposerMs: null,
  clickDrivenMs: null,
  clickLongestMs: null,
  clickAtOnceMs: null,
  clickAtOnceLongestMs: null,
  clickRoundTrips: null,
};

/** How long after the click on the launcher somebody can talk; null where there is no widget or no Chromium. */
async function clicks(count: number): Promise<Clicks> {
  try {
    const usable = await clicksToUsable(count, rest);
    const hasty = values.quick ? [] : await clicksToUsable(count, 0);
    const of = (key: keyof Usable, clicked = usable): number => rounded(median(clicked.map((click) => click[key])));
    return {
      clickToUsableMs: of('ms'),
      clickToComposerMs: of('composerMs'),
      clickDrivenMs: of('drivenMs'),
      clickLongestMs: of('longestMs'),
      clickAtOnceMs: of('ms', hasty),
      clickAtOnceLongestMs: of('longestMs', hasty),
      clickRoundTrips: of('roundTrips'),
    };
  } catch (error) {
    console.error('Click to usable was not measured:', error instanceof Error ? error.message : error);
    return notMeasured;
  }
}

/** The figures of a site that grows, which has nothing to do with a network. */
async function growthIn(cache: string): Promise<Record<string, unknown>> {
  const empty = mkdtempSync(join(cache, 'growth-'));
  try {
    return await growth({ folder: empty, quick: false, planted: false });
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

/** What a full run has to keep: at least, or at most. */
const wanted: Readonly<Record<string, { readonly least: number } | { readonly most: number }>> = {
  throughputRatio: { least: 0.8 },
  throughputRatioOne: { least: 0.8 },
  latencyRatio: { most: 1.6 },
  clickToUsableMs: { most: 400 },
  clickLongestMs: { most: 50 },
};

/** Names what misses it. */
function missedIn(line: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(wanted).flatMap(([name, limit]) => {
    const figure = Number(line[name] ?? Number.NaN);
    const holds = 'least' in limit ? figure >= limit.least : figure <= limit.most;
    return holds
      ? []
      : [`${name} is ${figure}; ${'least' in limit ? `${limit.least} or more` : `${limit.most} or less`} is wanted`];
  });
}

const base = fileURLToPath(new URL('../.cache/bench', import.meta.url));
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'run-'));
const serverFolder = join(base, 'server');
const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];
const stage = await setStage({ serverFolder, folder }, many.conversations, profile);
let line: Record<string, unknown>;
try {
  line = await figures(stage);
} finally {
  await stage.end();
  rmSync(folder, { recursive: true, force: true });
}
const grown = values.quick ? {} : await growthIn(base);
const hasTime = !values.quick || performance.now() < quickMs - 17_000;
const click = hasTime ? await clicks(values.quick ? 3 : 20) : notMeasured;
const all = { ...line, ...click, ...grown };
const missed = values.quick ? [] : missedIn(all);
for (const miss of missed) console.error(`${miss}.`);
if (missed.length > 0) process.exitCode = 1;
console.log(JSON.stringify(all));
