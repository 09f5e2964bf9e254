import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Load } from '../load.ts';
import { type Fault, type FaultResult, spreadOf } from '../report.ts';
import { onStage, type Stage } from '../stage.ts';
import { answersAfter } from './friend-killed.ts';

const sizes = { quick: { clients: 6, times: 1 }, full: { clients: 20, times: 3 } };
const backLimit = 5_000;

/** The disk is full while people talk: no ✓, reads go on, and all is well again when there is room. */
export const diskFull: Fault = {
  name: 'disk-full',
  async run(size) {
    const disk = mkdtempSync(join(tmpdir(), 'befriend-disk-'));
    asRoot(['mount', '-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]);
    try {
      return await onStage((stage) => fill(stage, disk, sizes[size]), { data: disk });
    } finally {
      asRoot(['umount', disk]);
      rmdirSync(disk);
    }
  },
};

async function fill(stage: Stage, disk: string, { clients, times }: (typeof sizes)['full']): Promise<FaultResult> {
  const crowd = await stage.gather({ clients, perRoom: 5 });
  const load = new Load(crowd, { perSecond: 6 });
  const backs: number[] = [];
  let injected = 0;
  let reads = 0;
  try {
    for (let time = 0; time < times; time += 1) {
      await delay(500);
      const ballast = join(disk, 'ballast');
      fillUp(ballast);
      const isSilent = await nobodyIsAnswered(() => crowd.reduce((sum, client) => sum + client.answered, 0));
      if (isSilent && stage.friend.log.includes('The disk is full.')) injected += 1;
      if (await crowd[0]?.lists(2_000)) reads += 1;
      await delay(1_500);
      rmSync(ballast);
      backs.push(...(await answersAfter(crowd, performance.now())));
    }
  } finally {
    load.stop();
  }
  const judged = await stage.judge();
  const backWithin = spreadOf(backs);
  const broken = [
    ...judged.broken,
    ...(backWithin.max > backLimit ? [`back only after ${backWithin.max} ms`] : []),
    ...(reads < times ? ['reads did not go on'] : []),
  ];
  return { injected, wanted: times, ...judged, backWithin, broken };
}

/** Runs a program of the system that only root may. @throws Error where it fails */
function asRoot([program = '', ...words]: readonly string[]): void {
  execFileSync(program, words);
}

/** Writes until nothing more fits. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let bytes = 262_144; bytes >= 512; bytes /= 2) writeWhileItFits(file, Buffer.alloc(bytes, 1));
  } finally {
    closeSync(file);
  }
}

function writeWhileItFits(file: number, piece: Buffer): void {
  try {
    while (writeSync(file, piece) === piece.length);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error;
  }
}

/** Waits until no ✓ comes for a second: what was allocated before is used up first. */
async function nobodyIsAnswered(answered: () => number): Promise<boolean> {
  for (let second = 0; second < 30; second += 1) {
    const before = answered();
    await delay(1_000);
    if (answered() === before) return true;
  }
  return false;
}
