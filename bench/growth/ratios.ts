import { median } from '../routing/pairs.ts';

/** What one round of one site came to. */
export interface Sample {
  /** Messages a second, ten in flight. */
  readonly throughput: number;
  /** Processor time of one of them, microseconds: what other work on the machine changes least. */
  readonly cpu: number;
  /** One in flight: from sending to the answer, median milliseconds. */
  readonly latency: number;
  /** From asking for a conversation to its newest page, median milliseconds. */
  readonly open: number;
}

/** One round of the small site and of both kinds of talk in the large one, right after each other. */
export interface Round {
  readonly small: Sample;
  /** In ten conversations that are long. */
  readonly long: Sample;
  /** In all of very many conversations. */
  readonly wide: Sample;
}

/** The large site by the small one: 1 where nothing grows. */
export type Growth = Readonly<Record<'long' | 'wide', Sample>>;

/** How far a figure may be worse than that of the small site. */
const tolerance = 0.2;

/** Medians over rounds of large divided by small: noise of the machine that lasts longer than a round cancels out. */
export function growthOf(rounds: readonly Round[]): Growth {
  const of = (side: 'long' | 'wide', figure: keyof Sample): number =>
    median(rounds.map((round) => round[side][figure] / round.small[figure]));
  const sample = (side: 'long' | 'wide'): Sample => ({
    throughput: of(side, 'throughput'),
    cpu: of(side, 'cpu'),
    latency: of(side, 'latency'),
    open: of(side, 'open'),
  });
  return { long: sample('long'), wide: sample('wide') };
}

/** What has become worse with size by more than a fifth; empty where all is flat. */
export function worseIn(growth: Growth): string[] {
  return (['long', 'wide'] as const).flatMap((side) => {
    const { throughput, latency, open } = growth[side];
    return [
      ...(throughput < 1 - tolerance ? [`throughput ${side} is ${throughput.toFixed(2)} of the small site’s`] : []),
      ...(latency > 1 + tolerance ? [`latency ${side} is ${latency.toFixed(2)} times the small site’s`] : []),
      ...(open > 1 + tolerance ? [`opening ${side} takes ${open.toFixed(2)} times as long as in the small site`] : []),
    ];
  });
}
