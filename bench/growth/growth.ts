import { loadavg } from 'node:os';
import { join } from 'node:path';
import { median, rounded } from '../routing/pairs.ts';
import { storedMessages } from '../routing/proof.ts';
import type { SiteSize } from './fill.ts';
import { type Growth, growthOf, type Round, type Sample, worseIn } from './ratios.ts';
import { openSite, type Site, type Where } from './site.ts';

export interface GrowthOptions {
  /** An empty folder for the data files. */
  readonly folder: string;
  readonly quick: boolean;
  /** Measures with the numbers of facts taken away, which has to be reported as worse. */
  readonly planted: boolean;
}

interface Mode {
  readonly large: SiteSize;
  readonly rounds: number;
  /** Of one kind of talk in one round. */
  readonly ms: number;
  readonly looks: number;
}

const small: SiteSize = { conversations: 10, messages: 1_000 };
const modes = {
  full: { large: { conversations: 10_000, messages: 1_000_000 }, rounds: 20, ms: 250, looks: 20 },
  quick: { large: { conversations: 1_000, messages: 100_000 }, rounds: 7, ms: 120, looks: 10 },
} satisfies Record<string, Mode>;

/**
 * Measures the same people on a small site and on a large one, in turns.
 * @throws Error where a message is missing on disk, or where it goes unnoticed that facts have no numbers
 */
export async function growth({ folder, quick, planted }: GrowthOptions): Promise<Record<string, unknown>> {
  const mode: Mode = planted ? { ...modes.quick, rounds: 3, looks: 3 } : quick ? modes.quick : modes.full;
  const began = performance.now();
  const paths = { small: join(folder, 'small.sqlite'), large: join(folder, 'large.sqlite') };
  const sites = { small: await openSite(paths.small, small), large: await openSite(paths.large, mode.large) };
  const filled = performance.now();
  if (planted) sites.large.unnumber();
  const rounds: Round[] = [];
  for (let index = 0; index < mode.rounds; index += 1) rounds.push(await roundOf(sites, mode, index));
  // The first rounds warm up what the later ones use.
  const counted = rounds.slice(mode.rounds > 5 ? 2 : 0);
  const found = growthOf(counted);
  const report = planted ? worseIn(found) : await unnoticed(sites.large, counted);
  const held = { small: sites.small.messages, large: sites.large.messages };
  await Promise.all([sites.small.close(), sites.large.close()]);
  for (const site of ['small', 'large'] as const) {
    const stored = storedMessages(paths[site]);
    if (stored !== held[site]) throw new Error(`The ${site} site holds ${stored} messages of ${held[site]}.`);
  }
  return {
    ...figuresOf(found),
    growthSmall: sampleOf(counted.map((round) => round.small)),
    growthFrom: small,
    growthTo: mode.large,
    growthFillMs: Math.round(filled - began),
    growthLoad: rounded(loadavg()[0] ?? Number.NaN),
    growthWorse: worseIn(found),
    growthPlanted: report,
  };
}

async function roundOf({ small, large }: { small: Site; large: Site }, mode: Mode, index: number): Promise<Round> {
  const parts = [
    ['small', small, 'ten'],
    ['long', large, 'ten'],
    ['wide', large, 'all'],
  ] as const;
  const samples: Partial<Record<keyof Round, Sample>> = {};
  // Each begins as often as the others.
  for (let part = 0; part < parts.length; part += 1) {
    const [name, site, where] = parts[(index + part) % parts.length] ?? parts[0];
    samples[name] = await sampled(site, where, mode);
  }
  const { small: few = none, long = none, wide = none } = samples;
  return { small: few, long, wide };
}

const none: Sample = { throughput: Number.NaN, cpu: Number.NaN, latency: Number.NaN, open: Number.NaN };

async function sampled(site: Site, where: Where, { ms, looks }: Mode): Promise<Sample> {
  const { perSecond: throughput, cpuMicros: cpu } = await site.talk(where, 10, ms);
  const { latencyMs: latency } = await site.talk(where, 1, ms);
  return { throughput, cpu, latency, open: await site.look(where, looks) };
}

/** The same judgement must see that facts have no numbers. */
async function unnoticed(large: Site, rounds: readonly Round[]): Promise<readonly string[]> {
  large.unnumber();
  const open = await large.look('ten', 3);
  const report = worseIn(growthOf(rounds.map(({ small: few }) => ({ small: few, long: { ...few, open }, wide: few }))));
  if (report.length > 0) return report;
  throw new Error('The numbers of facts were taken away, and the figures did not notice.');
}

function figuresOf({ long, wide }: Growth): Record<string, number> {
  const sides = Object.entries({ Long: long, Wide: wide });
  return Object.fromEntries(
    sides.flatMap(([side, { throughput, cpu, latency, open }]) => [
      [`growth${side}Throughput`, rounded(throughput)],
      [`growth${side}Cpu`, rounded(cpu)],
      [`growth${side}Latency`, rounded(latency)],
      [`growth${side}Open`, rounded(open)],
    ]),
  );
}

function sampleOf(samples: readonly Sample[]): Sample {
  const of = (figure: keyof Sample): number => rounded(median(samples.map((sample) => sample[figure])));
  return { throughput: of('throughput'), cpu: of('cpu'), latency: of('latency'), open: of('open') };
}
