import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTask, setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unremembered } from '../../server/core/after-commit.ts';
import type { Put } from '../../server/core/store.ts';
import { sqliteStore } from '../../server/stores/sqlite.ts';
import { median, rounded } from '../routing/pairs.ts';
import { type Counted, Crowd, type Member } from './crowd.ts';

/** People, whom each of them looks at, and how often one of them is looked at by all. */
const size = 500;
const looksAt = 20;
const rounds = 20;

/** Frames that arrive in one turn of the event loop: what one read of a socket holds. */
const atOnce = 50;

/** Longer than somebody who goes is shown, milliseconds. */
const untilGone = 6_000;

const { values } = parseArgs({
  options: {
    /** One person forgets one thing that he was told: the run has to end with exit code 1. */
    plant: { type: 'boolean', default: false },
  },
});

/** The longest turn of the event loop, milliseconds: by the clock, and of this thread's own processor time. */
interface Block {
  readonly blockMs: number;
  readonly blockCpuMs: number;
}

/** Runs `task`, then waits for `ms`. */
async function longestBlock(task: () => Promise<void>, ms: number): Promise<Block> {
  let [blockMs, blockCpuMs] = [0, 0];
  let [last, lastCpu] = [performance.now(), threadCpuMs()];
  let isOn = true;
  const beat = (): void => {
    const [now, cpu] = [performance.now(), threadCpuMs()];
    blockMs = Math.max(blockMs, now - last);
    blockCpuMs = Math.max(blockCpuMs, cpu - lastCpu);
    [last, lastCpu] = [now, cpu];
    if (isOn) setImmediate(beat);
  };
  setImmediate(beat);
  await task();
  await pause(ms);
  isOn = false;
  return { blockMs, blockCpuMs };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function watchedBy(crowd: Crowd, index: number): Member[] {
  return Array.from({ length: looksAt }, (_, step) => crowd.members[(index + step + 1) % size] as Member);
}

/** Everybody comes at once, and looks at his twenty where `looks` says so. */
async function allCome(crowd: Crowd, looks: boolean): Promise<void> {
  for (const [index, member] of crowd.members.entries()) {
    const users = watchedBy(crowd, index).map(({ user }) => user);
    crowd.send(member, crowd.opening(member), ...(looks ? [['presence.watch', { users }] as const] : []));
    if (index % atOnce === atOnce - 1) await nextTask();
  }
}

function allGo(crowd: Crowd): void {
  for (const member of crowd.members) crowd.gone(member);
}

/** A friend on the data file that knows nothing yet of what is in it. */
async function started(path: string, users: readonly string[] = []): Promise<Crowd> {
  const crowd = new Crowd(path, size);
  for (const [index, user] of users.entries()) (crowd.members[index] as Member).user = user;
  await crowd.friend.start();
  return crowd;
}

/** Makes the people, and contacts of each and his twenty, and of the first one and all. */
async function prepared(path: string): Promise<string[]> {
  const crowd = await started(path);
  await allCome(crowd, false);
  await pause(500);
  allGo(crowd);
  await pause(500);
  const users = crowd.members.map(({ user }) => user);
  await crowd.friend.stop();
  const contact = (owner: string, other: string): Put => ({
    table: 'relation',
    row: { owner, other, slot: 'closeness', kind: 'contact', since: 0 },
  });
  const pairs = crowd.members.flatMap(({ user }, index) =>
    watchedBy(crowd, index).map((other) => [user, other.user] as const),
  );
  const first = users[0] ?? '';
  for (const user of users.slice(1)) pairs.push([first, user]);
  const puts = pairs.flatMap(([one, other]) => [contact(one, other), contact(other, one)]);
  const store = sqliteStore({ path });
  await store.open();
  await store.commit([unremembered('contacts', puts)], []);
  await store.close();
  return users;
}

/** How many things somebody does not know at the end that he should know. */
function unknownIn(crowd: Crowd): number {
  let unknown = 0;
  for (const [index, { knows }] of crowd.members.entries()) {
    for (const { user } of watchedBy(crowd, index)) if (knows.get(user)?.show !== 'available') unknown += 1;
  }
  return unknown;
}

interface Return extends Counted, Block {
  readonly ms: number;
}

async function returns(crowd: Crowd, looks: boolean): Promise<Return> {
  crowd.count();
  const begun = performance.now();
  const block = await longestBlock(() => allCome(crowd, looks), 5_000);
  const counted = crowd.count();
  return { ...counted, ...block, ms: counted.lastAt - begun };
}

/** From the action of the first one until the last of all others was told, milliseconds. */
async function changes(crowd: Crowd): Promise<number[]> {
  const [first, ...others] = crowd.members as [Member, ...Member[]];
  for (const other of others) crowd.send(other, ['presence.watch', { users: [first.user] }]);
  await pause(1_000);
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    crowd.count();
    const begun = performance.now();
    crowd.send(first, ['presence.set', { show: round % 2 === 0 ? 'dnd' : 'available' }]);
    await pause(400);
    const { frames, lastAt } = crowd.count();
    if (frames !== others.length) throw new Error(`${frames} frames told ${others.length} people of a change.`);
    taken.push(lastAt - begun);
  }
  return taken;
}

/** The floor of a change: one event that is told to as many, without rights, and without gathering. */
async function typing(crowd: Crowd): Promise<number[]> {
  const [first] = crowd.members as [Member, ...Member[]];
  crowd.send(first, ['message.send', { conversation: 'room:bench', text: 'Hello' }]);
  for (const member of crowd.members) crowd.send(member, ['conversation.open', { conversation: 'room:bench' }]);
  await pause(1_000);
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    let lastAt = 0;
    crowd.heard = (_, events) => {
      if (events.some(({ type }) => type === 'typing.changed')) lastAt = performance.now();
    };
    const begun = performance.now();
    crowd.send(first, ['typing.set', { conversation: 'c_room_bench', on: round % 2 === 0 }]);
    await pause(100);
    taken.push(lastAt - begun);
  }
  return taken;
}

const base = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'presence-'));
const path = join(folder, 'friend.sqlite');
try {
  const users = await prepared(path);
  const floor = await started(path, users);
  const bare = await returns(floor, false);
  allGo(floor);
  await pause(untilGone);
  await floor.friend.stop();

  const crowd = await started(path, users);
  const cold = await returns(crowd, true);
  if (values.plant) crowd.members[0]?.knows.clear();
  const unknown = unknownIn(crowd);
  allGo(crowd);
  await pause(3_000);
  const reload = await returns(crowd, true);
  const change = await changes(crowd);
  const told = await typing(crowd);
  await crowd.friend.stop();
  const line = {
    people: size,
    looksAt,
    floorBlockMs: rounded(bare.blockMs),
    floorBlockCpuMs: rounded(bare.blockCpuMs),
    returnBlockMs: rounded(cold.blockMs),
    returnBlockCpuMs: rounded(cold.blockCpuMs),
    returnFrames: cold.frames,
    returnEvents: cold.events,
    returnFramesOfOne: cold.most,
    returnMs: rounded(cold.ms),
    reloadFrames: reload.frames,
    reloadOffline: reload.offline,
    reloadBlockMs: rounded(reload.blockMs),
    reloadBlockCpuMs: rounded(reload.blockCpuMs),
    changeMs: rounded(median(change)),
    changeWorstMs: rounded(Math.max(...change)),
    floorTellMs: rounded(median(told)),
    unknown,
  };
  console.log(JSON.stringify(line));
  if (unknown > 0) {
    console.error(`The figures do not hold: ${unknown} of ${size * looksAt} things are not known at the end.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
