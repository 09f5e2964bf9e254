import { join } from 'node:path';
import { rounded } from '../routing/pairs.ts';
import { openStand, type Stand } from './stand.ts';
import type { Visitor } from './visitor.ts';

export interface PendingFound {
  /** What so many schedules add to the processor time of a message, as a part of it, over all rounds. */
  readonly share: number;
  /** The same of one more friend without any: what is not 0 is noise. */
  readonly control: number;
  /** The same with a friend that reads all of them every 10 ms: what the harness has to report. */
  readonly planted: number;
  /** Processor time of one message, microseconds. */
  readonly cpuMicros: number;
  readonly pending: number;
  readonly ticks: number;
  readonly paths: Readonly<Record<Side, string>>;
}

type Side = 'bare' | 'twin' | 'laden';

/** Schedules that wait. */
const many = 10_000;
const window = 20;
const aDay = 86_400_000;
const sides: readonly Side[] = ['bare', 'twin', 'laden'];

/** Three friends with a data file each, one of which has 10,000 schedules before it: messages in turns. */
export async function pending(folder: string, rounds: number, ms: number): Promise<PendingFound> {
  const open = async (side: Side): Promise<{ stand: Stand; crowd: readonly Visitor[] }> => {
    const stand = await openStand(join(folder, `pending-${side}.sqlite`), {});
    return { stand, crowd: await stand.visitors(window) };
  };
  const all = { bare: await open('bare'), twin: await open('twin'), laden: await open('laden') };
  const { stand: laden, crowd } = all.laden;
  await fill(laden, crowd[0]?.user ?? '');
  const measured = async (count: number): Promise<Record<Side, number>> => {
    const sums = { bare: 0, twin: 0, laden: 0 };
    for (let index = 0; index < count; index += 1) {
      for (let turn = 0; turn < sides.length; turn += 1) {
        const side = sides[(index + turn) % sides.length] ?? 'bare';
        sums[side] += await cpuOf(all[side].crowd, ms);
      }
    }
    return sums;
  };
  await measured(1);
  const sums = await measured(rounds);
  const reading = setInterval(() => void laden.store.scheduled(many), 10);
  const polled = await measured(3);
  clearInterval(reading);
  await Promise.all(sides.map((side) => all[side].stand.close()));
  return {
    share: rounded(sums.laden / sums.bare - 1),
    control: rounded(sums.twin / sums.bare - 1),
    planted: rounded(polled.laden / polled.bare - 1),
    cpuMicros: rounded(sums.bare / rounds),
    pending: many,
    ticks: sides.flatMap((side) => all[side].crowd).reduce((sum, { ticks }) => sum + ticks, 0),
    paths: { bare: all.bare.stand.path, twin: all.twin.stand.path, laden: laden.path },
  };
}

/** By the store's own commit: the rows are those that as many effects would have left. */
async function fill({ store }: Stand, user: string): Promise<void> {
  const dueAt = Date.now() + aDay;
  const puts = Array.from({ length: many }, (_, index) => ({
    table: 'schedule' as const,
    row: { id: `reminder ${index}`, dueAt: dueAt + index, user, type: 'reminder.due', body: '{"text":"Come back"}' },
  }));
  await store.commit([{ id: 'fill', digest: '', reads: [], appends: [], puts }], []);
}

/** Processor time of one message, people and all, microseconds; each keeps one in flight. */
export async function cpuOf(crowd: readonly Visitor[], ms: number, act = said): Promise<number> {
  const began = performance.now();
  const before = process.cpuUsage();
  let messages = 0;
  const one = async (person: Visitor): Promise<void> => {
    while (performance.now() - began < ms) {
      await act(person);
      messages += 1;
    }
  };
  await Promise.all(crowd.map(one));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / messages;
}

async function said(person: Visitor): Promise<void> {
  await person.says('Is the grey one back in stock?');
}
