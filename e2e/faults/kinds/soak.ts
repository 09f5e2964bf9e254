import { setTimeout as delay } from 'node:timers/promises';
import type { HeadlessClient } from '../client.ts';
import { HeapGauge, type HeapSample, slopeOf } from '../heap.ts';
import { Load } from '../load.ts';
import type { TcpProxy } from '../proxy.ts';
import { type Fault, type FaultResult, percentile } from '../report.ts';
import { onStage, type Stage } from '../stage.ts';

const sizes = {
  quick: { clients: 8, ms: 40_000, warmMs: 15_000, leakMs: 15_000, slopeLimit: 8, resetsPerMinute: 10 },
  full: { clients: 40, ms: 300_000, warmMs: 60_000, leakMs: 60_000, slopeLimit: 1, resetsPerMinute: 50 },
};
type Size = (typeof sizes)['full'];

const perSecond = 5;
const answerLimit = 250;

/** A client behind a door of its own. */
interface Caller {
  readonly client: HeadlessClient;
  readonly door: TcpProxy;
}

/** Many people for a long time, some of whom always lose their link; then the same with a leak in the friend. */
export const soak: Fault = {
  name: 'soak',
  run: (size) =>
    onStage((stage) => outlast(stage, sizes[size]), { environment: { NODE_OPTIONS: '--inspect=127.0.0.1:0' } }),
};

async function outlast(stage: Stage, size: Size): Promise<FaultResult> {
  const { clients, ms, warmMs, leakMs, slopeLimit, resetsPerMinute } = size;
  const gauge = await HeapGauge.open(stage.friend.log);
  const callers = await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const door = await stage.ownDoor();
      return { door, client: stage.client(`v${index}`, `r${Math.floor(index / 4)}`, { door }) };
    }),
  );
  const crowd = callers.map(({ client }) => client);
  await stage.welcome(crowd);
  const load = new Load(crowd, { perSecond });
  const resets = new Resets(callers, resetsPerMinute);
  try {
    const heap = await samplesOf(gauge, ms, ms / 30);
    const { injected } = resets;
    const sent = crowd.flatMap((client) => client.sent);
    await gauge.leak(slopeLimit * 3);
    const leaking = slopeOf(await samplesOf(gauge, leakMs, leakMs / 15));
    resets.stop();
    load.stop();
    const judged = await stage.judge();
    const slope = slopeOf(heap.filter(({ minute }) => minute * 60_000 > warmMs));
    const latencies = sent.flatMap(({ at, answeredAt }) => (answeredAt === undefined ? [] : [answeredAt - at]));
    const p99 = percentile(latencies, 0.99);
    const broken = [
      ...judged.broken,
      ...(p99 > answerLimit ? [`p99 of the answers is ${p99} ms`] : []),
      ...(slope > slopeLimit ? [`the live heap grows by ${slope.toFixed(2)} MB a minute`] : []),
    ];
    const figures = {
      'answer p50': percentile(latencies, 0.5),
      'answer p99': p99,
      'events/s': Math.round((sent.length * 1_000) / ms),
      'live heap MB': (heap.at(-1)?.megabytes ?? 0).toFixed(1),
      'MB/min': slope.toFixed(2),
      [`MB/min with a leak of ${slopeLimit * 3}`]: leaking.toFixed(2),
    };
    const missed = leaking > slopeLimit ? judged.missed : [...judged.missed, 'a leak in the friend'];
    const wanted = Math.floor((ms / 60_000) * resetsPerMinute * 0.9);
    return { injected, wanted, ...judged, planted: judged.planted + 1, missed, broken, figures };
  } finally {
    resets.stop();
    load.stop();
    gauge.close();
  }
}

/** Cuts one link after the other, without a word to either side. */
class Resets {
  readonly #timer: NodeJS.Timeout;
  /** Links that stood when they were cut. */
  injected = 0;

  constructor(callers: readonly Caller[], perMinute: number) {
    this.#timer = setInterval(() => {
      const { door } = callers[Math.floor(Math.random() * callers.length)] ?? {};
      if (door !== undefined && door.open > 0) this.injected += 1;
      door?.reset();
    }, 60_000 / perMinute);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

async function samplesOf(gauge: HeapGauge, ms: number, pause: number): Promise<HeapSample[]> {
  const samples: HeapSample[] = [];
  const began = performance.now();
  while (performance.now() - began < ms) {
    await delay(pause);
    samples.push({ megabytes: await gauge.megabytes(), minute: (performance.now() - began) / 60_000 });
  }
  return samples;
}
