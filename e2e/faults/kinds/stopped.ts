import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { vmsOf } from '../../../server/bin/xmpp/erlang-vm.ts';
import { signalAll } from '../../../server/bin/xmpp/processes.ts';
import { Load } from '../load.ts';
import { type Fault, type FaultResult, spreadOf } from '../report.ts';
import { onStage, type Stage } from '../stage.ts';
import { answersAfter } from './friend-killed.ts';

const sizes = { quick: { clients: 6, ms: 4_000 }, full: { clients: 20, ms: 20_000 } };
const backLimit = 5_000;

/** Each process stands still (SIGSTOP) and goes on: its sockets stay, and nobody answers. */
export const stopped: Fault = {
  name: 'stopped',
  run: (size) => onStage((stage) => standStill(stage, sizes[size])),
};

async function standStill(stage: Stage, { clients, ms }: (typeof sizes)['full']): Promise<FaultResult> {
  const crowd = await stage.gather({ clients, perRoom: 5 });
  const pids = { friend: [stage.friend.pid], ejabberd: vmsOf(join(stage.folder, 'ejabberd', 'spool')) };
  const load = new Load(crowd, { perSecond: 2 });
  const backs: number[] = [];
  const figures: Record<string, number> = {};
  const seen: string[] = [];
  try {
    for (const [name, processes] of Object.entries(pids)) {
      await delay(1_000);
      signalAll(processes, 'SIGSTOP');
      try {
        await delay(ms);
      } finally {
        signalAll(processes, 'SIGCONT');
      }
      // What is the matter is seen only while it lasts.
      const watch = setTimeout(() => seen.push(...situationOf(stage, name)), backLimit);
      const back = await answersAfter(crowd, performance.now());
      clearTimeout(watch);
      figures[`${name} max`] = spreadOf(back).max;
      backs.push(...back);
    }
  } finally {
    load.stop();
  }
  const judged = await stage.judge();
  const backWithin = spreadOf(backs);
  const late = backWithin.max > backLimit ? [`back only after ${backWithin.max} ms`, ...seen] : [];
  const injected = Object.values(pids).filter((processes) => processes.length > 0).length;
  return { injected, wanted: 2, ...judged, backWithin, broken: [...judged.broken, ...late], figures };
}

/** Who waits for what, and what the friend last said. */
function situationOf(stage: Stage, name: string): string[] {
  const waiting = stage.clients.filter((client) => client.open > 0).map((client) => client.situation.slice(0, 200));
  return [`${backLimit} ms after ${name} went on:`, ...waiting, stage.friend.log];
}
