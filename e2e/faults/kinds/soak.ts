import { setTimeout as delay } from 'node:timers/promises';
import { Load } from '../load.ts';
import { type Fault, percentile } from '../report.ts';
import { onStage, type Stage } from '../stage.ts';

const sizes = { quick: { clients: 8, ms: 20_000 }, full: { clients: 40, ms: 300_000 } };
const perSecond = 5;
/** Forced reconnects each minute, over all clients. */
const resetsPerMinute = 50;
const answerLimit = 250;
const slopeLimit = 1;

/** Many people for a long time, some of whom always lose their link. */
export const soak: Fault = {
  name: 'soak',
  run: (size) =>
    onStage(async (stage) => {
      const { clients, ms } = sizes[size];
      const crowd = await Promise.all(
        Array.from({ length: clients }, async (_, index) => {
          const door = await stage.ownDoor();
          return { door, client: stage.client(`v${index}`, `r${Math.floor(index / 4)}`, { door }) };
        }),
      );
      await stage.welcome(crowd.map(({ client }) => client));
      const load = new Load(
        crowd.map(({ client }) => client),
        { perSecond },
      );
      const heap: { readonly minute: number; readonly megabytes: number }[] = [];
      const began = performance.now();
      let injected = 0;
      try {
        while (performance.now() - began < ms) {
          await delay(60_000 / resetsPerMinute);
          const { door } = crowd[Math.floor(Math.random() * crowd.length)] ?? {};
          if (door !== undefined && door.open > 0) injected += 1;
          door?.reset();
          heap.push({ minute: (performance.now() - began) / 60_000, megabytes: await heapOf(stage) });
        }
      } finally {
        load.stop();
      }
      const judged = await stage.judge();
      const sent = crowd.flatMap(({ client }) => client.sent);
      const latencies = sent.flatMap(({ at, answeredAt }) => (answeredAt === undefined ? [] : [answeredAt - at]));
      const p99 = percentile(latencies, 0.99);
      const slope = slopeOf(floorOf(heap));
      const broken = [
        ...judged.broken,
        ...(p99 > answerLimit ? [`p99 of the answers is ${p99} ms`] : []),
        ...(slope > slopeLimit ? [`the heap grows by ${slope.toFixed(2)} MB a minute`] : []),
      ];
      const figures = {
        'answer p50': percentile(latencies, 0.5),
        'answer p99': p99,
        'events/s': Math.round((sent.length * 1_000) / ms),
        'heap MB/min': slope.toFixed(2),
      };
      const wanted = Math.floor((ms / 60_000) * resetsPerMinute * 0.9);
      return { injected, wanted, ...judged, broken, figures };
    }),
};

/** The friend's heap in megabytes, as it says itself. */
async function heapOf({ origin }: Stage): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)?.[1]) / 1_048_576;
}

/** The least of each ten seconds, after the first minute: what is left when the garbage is gone. */
function floorOf(heap: readonly { readonly minute: number; readonly megabytes: number }[]): typeof heap {
  const warm = heap.filter(({ minute }) => minute > 1);
  const windows = Map.groupBy(warm.length > 1 ? warm : heap, ({ minute }) => Math.floor(minute * 6));
  return [...windows.values()].map((window) =>
    window.reduce((least, sample) => (sample.megabytes < least.megabytes ? sample : least)),
  );
}

/** Least squares. */
function slopeOf(points: readonly { readonly minute: number; readonly megabytes: number }[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(({ minute }) => minute));
  const y = mean(points.map(({ megabytes }) => megabytes));
  const rise = points.reduce((sum, { minute, megabytes }) => sum + (minute - x) * (megabytes - y), 0);
  const run = points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  return run === 0 ? 0 : rise / run;
}
