import { setTimeout as delay } from 'node:timers/promises';
import type { HeadlessClient } from '../client.ts';
import type { Seen } from '../history.ts';
import { Load } from '../load.ts';
import { RealPage } from '../page.ts';
import { type Fault, spreadOf } from '../report.ts';
import { onStage, type Stage } from '../stage.ts';

const sizes = {
  quick: { clients: 6, perRoom: 3, each: 50, kills: 2, perSecond: 10, pause: 1_200 },
  full: { clients: 20, perRoom: 5, each: 500, kills: 20, perSecond: 8, pause: 1_800 },
};

/** The friend is killed again and again while people talk. */
export const friendKilled: Fault = {
  name: 'friend-killed',
  run: (size) =>
    onStage(async (stage) => {
      const { clients, perRoom, each, kills, perSecond, pause } = sizes[size];
      const crowd = await stage.gather({ clients, perRoom });
      const page = size === 'full' ? await RealPage.open(stage, 'r0') : undefined;
      const load = new Load(crowd, { perSecond, each });
      const backs: number[] = [];
      try {
        for (let kill = 0; kill < kills; kill += 1) {
          await delay(pause * (0.5 + Math.random()));
          await stage.friend.kill();
          await stage.friend.mustStart();
          backs.push(...(await answersAfter(crowd, performance.now())));
        }
        await load.sent;
        const seen = page === undefined ? [] : [await pageSaw(page, stage)];
        const judged = await stage.judge({ seen });
        const backWithin = spreadOf(backs);
        const broken = [...judged.broken, ...(backWithin.p95 > 3_000 ? ['p95 of being back is over 3 s'] : [])];
        const figures: Record<string, number> =
          page === undefined ? {} : { 'seen by Chromium': seen[0]?.texts.length ?? 0 };
        return { injected: kills, wanted: kills, ...judged, backWithin, broken, figures };
      } finally {
        load.stop();
        await page?.close();
      }
    }),
};

/** How long after `since` each client got its next ✓; who has nothing left to send is not asked. */
export async function answersAfter(crowd: readonly HeadlessClient[], since: number): Promise<number[]> {
  const waits = crowd
    .filter((client) => client.open > 0)
    .map((client) => Promise.race([client.nextAnswer(), delay(30_000, Number.POSITIVE_INFINITY, { ref: false })]));
  return (await Promise.all(waits)).map((at) => Math.max(0, at - since));
}

async function pageSaw(page: RealPage, stage: Stage): Promise<Seen> {
  const room = stage.clients.filter((client) => client.sent[0]?.log === 'c_room_r0');
  await Promise.all(room.map((client) => client.settles(45_000)));
  return page.reads(
    room.reduce((sum, client) => sum + client.sent.length, 0),
    20_000,
  );
}
