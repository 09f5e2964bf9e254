import { join } from 'node:path';
import { median, rounded } from '../routing/pairs.ts';
import { openStand, type Stand } from './stand.ts';
import type { Visitor } from './visitor.ts';

export interface PendingFound {
  /** What so many schedules add to the processor time of a message, as a part of it: median over pairs of rounds. */
  readonly share: number;
  /** The same with a friend that reads all of them every 10 ms: what the harness has to report. */
  readonly planted: number;
  readonly cpuMicros: { readonly without: number; readonly with: number };
  readonly pending: number;
  readonly ticks: number;
  readonly paths: { readonly without: string; readonly with: string };
}

/** Schedules that wait. */
const many = 10_000;
const window = 20;
const aDay = 86_400_000;

/** Two friends with a data file each, one of which has 10,000 schedules before it: messages in turns. */
export async function pending(folder: string, rounds: number, ms: number): Promise<PendingFound> {
  const paths = { without: join(folder, 'without.sqlite'), with: join(folder, 'with.sqlite') };
  const [bare, laden] = [await openStand(paths.without, {}), await openStand(paths.with, {})];
  const crowds = { bare: await bare.visitors(window), laden: await laden.visitors(window) };
  await fill(laden, crowds.laden[0]?.user ?? '');
  const round = (who: keyof typeof crowds): Promise<number> => cpuOf(crowds[who], ms);
  await round('bare');
  await round('laden');
  const pairs: { readonly bare: number; readonly laden: number }[] = [];
  for (let index = 0; index < rounds; index += 1) pairs.push(await pairOf(round, index));
  const polled: typeof pairs = [];
  const reading = setInterval(() => void laden.store.scheduled(many), 10);
  for (let index = 0; index < 3; index += 1) polled.push(await pairOf(round, index));
  clearInterval(reading);
  await Promise.all([bare.close(), laden.close()]);
  const share = (all: typeof pairs): number => rounded(median(all.map((pair) => pair.laden / pair.bare)) - 1);
  return {
    share: share(pairs),
    planted: share(polled),
    cpuMicros: {
      without: rounded(median(pairs.map((pair) => pair.bare))),
      with: rounded(median(pairs.map((pair) => pair.laden))),
    },
    pending: many,
    ticks: [...crowds.bare, ...crowds.laden].reduce((sum, { ticks }) => sum + ticks, 0),
    paths,
  };
}

async function pairOf(
  round: (who: 'bare' | 'laden') => Promise<number>,
  index: number,
): Promise<{ readonly bare: number; readonly laden: number }> {
  if (index % 2 === 0) return { bare: await round('bare'), laden: await round('laden') };
  const laden = await round('laden');
  return { laden, bare: await round('bare') };
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
