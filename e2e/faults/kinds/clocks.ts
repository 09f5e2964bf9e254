import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Load } from '../load.ts';
import { type Fault, type FaultResult, spreadOf } from '../report.ts';
import { onStage, type Stage } from '../stage.ts';
import { answersAfter } from './friend-killed.ts';

const sizes = { quick: { clients: 6, jumps: 2 }, full: { clients: 20, jumps: 8 } };
const backLimit = 5_000;
const day = 86_400_000;

/** Where the friend's clock jumps to, one after the other: days from now. */
const days = [2, -2, 0, 2, 0, -2, 2, 0];

/** Clients whose clocks are two days off, and a friend whose clock jumps by up to four. */
export const clocks: Fault = {
  name: 'clocks',
  async run(size) {
    const [library] = globSync('/usr/lib/*/faketime/libfaketime.so.1');
    if (library === undefined) throw new Error('libfaketime is missing: apt-get install faketime');
    const folder = mkdtempSync(join(tmpdir(), 'befriend-clock-'));
    const file = join(folder, 'offset');
    writeFileSync(file, '+0d');
    const environment = {
      ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1' },
      ...{ DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
    };
    try {
      return await onStage((stage) => jump(stage, file, sizes[size]), { environment });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function jump(stage: Stage, file: string, { clients, jumps }: (typeof sizes)['full']): Promise<FaultResult> {
  const crowd = await stage.gather({ clients, perRoom: 5 }, (index) => ((index % 3) - 1) * 2 * day);
  const load = new Load(crowd, { perSecond: 8 });
  const backs: number[] = [];
  let injected = 0;
  try {
    for (const to of days.slice(0, jumps)) {
      await delay(1_000);
      for (const client of crowd) client.says();
      const since = performance.now();
      writeFileSync(file, `${to < 0 ? to : `+${to}`}d`);
      const back = await answersAfter(crowd, since);
      backs.push(...back);
      await delay(1_500);
      if (Math.abs((await friendsClock(stage)) - Date.now() - to * day) < day / 2) injected += 1;
    }
  } finally {
    load.stop();
  }
  const judged = await stage.judge();
  const backWithin = spreadOf(backs);
  const late = backWithin.max > backLimit ? [`back only after ${backWithin.max} ms`] : [];
  return { injected, wanted: jumps, ...judged, backWithin, broken: [...judged.broken, ...late] };
}

/** What the friend's process takes for the time, from its web side. */
async function friendsClock({ origin }: Stage): Promise<number> {
  const { headers } = await fetch(`${origin}/healthz`);
  return Date.parse(headers.get('date') ?? '');
}
