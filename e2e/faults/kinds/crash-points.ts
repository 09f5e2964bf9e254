import { setTimeout as delay } from 'node:timers/promises';
import type { FaultyFriend } from '../friend.ts';
import { Load } from '../load.ts';
import type { Fault, FaultResult } from '../report.ts';
import { onStage, type Stage } from '../stage.ts';

/** Points that the friend passes while it works, with how often each is passed before it may fire. */
const points = ['parsed', 'in_transaction', 'after_commit', 'answered', 'mid_telling'] as const;

const sizes = {
  quick: { clients: 6, perRoom: 3, eachPoint: 1 },
  full: { clients: 12, perRoom: 4, eachPoint: 20 },
};

/** How long a planted crash is waited for, milliseconds. */
const patience = 15_000;

/** The friend dies at each of its named points while people talk, type, read and look around. */
export const crashPoints: Fault = {
  name: 'crash-points',
  async run(size) {
    const { clients, perRoom, eachPoint } = sizes[size];
    const died: Record<string, number> = {};
    // A crashed migration leaves the file as it was, so that the next start migrates again.
    const before = async (friend: FaultyFriend): Promise<void> => {
      for (let crash = 0; crash < eachPoint; crash += 1) {
        const ready = await friend.start({ BEFRIEND_FAULT: 'in_migration:1' });
        if (!ready && friend.exit.signal === 'SIGKILL') died.in_migration = (died.in_migration ?? 0) + 1;
        await friend.kill();
      }
    };
    const crash = async (stage: Stage): Promise<FaultResult> => {
      const crowd = await stage.gather({ clients, perRoom });
      const load = new Load(crowd, { perSecond: 6, mixed: true });
      try {
        for (let crash = 0; crash < eachPoint * points.length; crash += 1) {
          const point = points[crash % points.length] ?? 'parsed';
          await stage.friend.kill();
          await stage.friend.start({ BEFRIEND_FAULT: `${point}:0.2:${10 + (crash % 7) * 8}` });
          await Promise.race([stage.friend.ended, delay(patience, undefined, { ref: false })]);
          if (!stage.friend.runs && stage.friend.exit.signal === 'SIGKILL') died[point] = (died[point] ?? 0) + 1;
        }
        await stage.friend.kill();
        await stage.friend.mustStart();
      } finally {
        load.stop();
      }
      const judged = await stage.judge();
      const injected = Object.values(died).reduce((sum, count) => sum + count, 0);
      return { injected, wanted: eachPoint * (points.length + 1), ...judged, figures: died };
    };
    return onStage(crash, { before });
  },
};
