import { setTimeout as delay } from 'node:timers/promises';
import { Load } from '../load.ts';
import { type Fault, spreadOf } from '../report.ts';
import { onStage } from '../stage.ts';
import { answersAfter } from './friend-killed.ts';

const sizes = { quick: { clients: 6, cuts: 3 }, full: { clients: 20, cuts: 40 } };

/** Slow and narrow links that break in the middle of a stanza, on the clients' side and on the friend's. */
export const linksCut: Fault = {
  name: 'links-cut',
  run: (size) =>
    onStage(async (stage) => {
      const { clients, cuts } = sizes[size];
      const crowd = await stage.gather({ clients, perRoom: 5 });
      const load = new Load(crowd, { perSecond: 4 });
      const backs: number[] = [];
      let injected = 0;
      try {
        for (let cut = 0; cut < cuts; cut += 1) {
          const door = cut % 2 === 0 ? stage.door : stage.backDoor;
          const dials = door.connects.length;
          door.shape({ latencyMs: Math.random() * 60, bytesPerSecond: 100_000 });
          await delay(300);
          if (cut % 4 < 2) door.cutAfter(500 + Math.floor(Math.random() * 20_000));
          else door.reset();
          await delay(700);
          door.shape();
          backs.push(...(await answersAfter(crowd, performance.now())));
          if (door.connects.length > dials) injected += 1;
        }
      } finally {
        load.stop();
      }
      return { injected, wanted: cuts, ...(await stage.judge()), backWithin: spreadOf(backs) };
    }),
};
