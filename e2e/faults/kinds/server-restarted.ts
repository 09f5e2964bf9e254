import { setTimeout as delay } from 'node:timers/promises';
import type { HeadlessClient } from '../client.ts';
import { type Fault, percentile, spreadOf } from '../report.ts';
import { onStage } from '../stage.ts';

const sizes = {
  quick: { clients: 10, restarts: 1 },
  full: { clients: 50, restarts: 10 },
};

/** One person in ten writes while the server is away; the others only wait. */
const writes = 10;
const limitMs = 15_000;
const connectsLimit = 15;

/** The XMPP server is killed and started again: everybody comes back, and not all at once. */
export const serverRestarted: Fault = {
  name: 'server-restarted',
  run: (size) =>
    onStage(async (stage) => {
      const { clients, restarts } = sizes[size];
      const crowd = await stage.gather({ clients, perRoom: 5 });
      const backs: number[] = [];
      const windows: number[] = [];
      let late = 0;
      for (let restart = 0; restart < restarts; restart += 1) {
        for (const client of crowd) client.says();
        const killedAt = performance.now();
        stage.xmpp.kill?.();
        const restarted = stage.xmpp.restart?.();
        await lost(crowd);
        for (const client of crowd) if (Math.random() * writes < 1) client.says();
        await restarted;
        const back = await Promise.all(crowd.map((client) => backAt(client, killedAt + 60_000)));
        const allBackAt = Math.max(...back);
        backs.push(...back.map((at) => at - killedAt));
        late += back.filter((at) => at - killedAt > limitMs).length;
        windows.push(...connectsPerSecond(stage.door.connects, killedAt, allBackAt));
        await Promise.all(crowd.map((client) => client.settles(20_000)));
      }
      const judged = await stage.judge();
      const p99 = percentile(windows, 0.99);
      const broken = [
        ...judged.broken,
        ...(late > 0 ? [`${late} of ${backs.length} came back after more than 15 s`] : []),
        ...(p99 > connectsLimit ? [`p99 of one-second windows holds ${p99} connects`] : []),
      ];
      const figures = { 'connects/s p99': p99, 'connects/s max': Math.max(...windows), late };
      return { injected: restarts, wanted: restarts, ...judged, backWithin: spreadOf(backs), broken, figures };
    }),
};

async function lost(crowd: readonly HeadlessClient[]): Promise<void> {
  while (crowd.some((client) => client.online)) await delay(5);
}

/** When the client was online again; `until` where it was not by then. */
async function backAt(client: HeadlessClient, until: number): Promise<number> {
  while (!client.online && performance.now() < until) await delay(10);
  return client.online ? (client.turns.at(-1)?.at ?? until) : until;
}

/** Connects in each window of one second between `from` and `to`, a window every 50 ms. */
function connectsPerSecond(connects: readonly number[], from: number, to: number): number[] {
  const counts: number[] = [];
  for (let begin = from; begin < Math.max(to, from + 1_000); begin += 50) {
    counts.push(connects.filter((at) => at >= begin && at < begin + 1_000).length);
  }
  return counts;
}
