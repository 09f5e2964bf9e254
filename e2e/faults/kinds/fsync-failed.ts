import { setTimeout as delay } from 'node:timers/promises';
import { Load } from '../load.ts';
import { type Fault, spreadOf } from '../report.ts';
import { onStage } from '../stage.ts';
import { answersAfter } from './friend-killed.ts';

const sizes = { quick: { clients: 6, times: 2 }, full: { clients: 20, times: 10 } };
const backLimit = 5_000;

/** The exit code that asks for another start (EX_IOERR). */
const unknownCommit = 74;

/** A commit's fsync fails: the friend answers nobody of that batch, ends, and is started again. */
export const fsyncFailed: Fault = {
  name: 'fsync-failed',
  run: (size) =>
    onStage(async (stage) => {
      const { clients, times } = sizes[size];
      const crowd = await stage.gather({ clients, perRoom: 5 });
      const load = new Load(crowd, { perSecond: 6 });
      const backs: number[] = [];
      let injected = 0;
      try {
        for (let time = 0; time < times; time += 1) {
          await stage.friend.kill();
          await stage.friend.mustStart({ BEFRIEND_FAULT: `fsync:1:${40 + time * 7}` });
          await Promise.race([stage.friend.ended, delay(20_000, undefined, { ref: false })]);
          if (stage.friend.exit.code === unknownCommit) injected += 1;
          await stage.friend.kill();
          await stage.friend.mustStart();
          backs.push(...(await answersAfter(crowd, performance.now())));
        }
      } finally {
        load.stop();
      }
      const judged = await stage.judge();
      const backWithin = spreadOf(backs);
      const late = backWithin.max > backLimit ? [`back only after ${backWithin.max} ms`] : [];
      return { injected, wanted: times, ...judged, backWithin, broken: [...judged.broken, ...late] };
    }),
};
