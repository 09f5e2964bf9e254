import { join } from 'node:path';
import type { Composition } from '../../server/bin/compose.ts';
import { append } from '../../server/core/effect.ts';
import type { Log } from '../../server/core/ports.ts';
import type { CommittedFact, Effects } from '../../server/core/rule.ts';
import { rounded } from '../routing/pairs.ts';
import { openStand } from './stand.ts';
import { passed, quantile, type Took, type Visitor } from './visitor.ts';

/**
 * What a reaction does to the one conversation that is in trouble. nothing: the control, whose distance from 1 is the noise
 * of the machine · floods: 1,000 messages for each · chains: answers whatever is there twice, its own answers too · spins:
 * keeps the processor for 30 ms, which no fence can hold
 */
const troubles = ['nothing', 'throws', 'hangs', 'floods', 'chains', 'spins'] as const;

type Trouble = (typeof troubles)[number];

/** How the others fared beside it, trouble by calm; `cpu` by processor time. */
export interface Fenced {
  /** 95 of 100 messages had their ✓ by then. */
  readonly tick: number;
  readonly tickCpu: number;
  /** 95 of 100 messages were answered by the logic by then. */
  readonly answer: number;
  readonly answerCpu: number;
  /** ✓ of the conversation in trouble itself, 95 of 100. */
  readonly own: number;
}

export interface FencesFound {
  readonly fences: Readonly<Record<Trouble, Fenced>>;
  readonly calm: { readonly tickP95Ms: number; readonly answerP95Ms: number; readonly messages: number };
  /** How often the reaction did what it should not. */
  readonly injected: Readonly<Record<Trouble, number>>;
  /** Runs that the friend has counted as failed. */
  readonly failed: number;
  readonly ticks: number;
  readonly path: string;
  /** After a real hang of 30 s: the reaction was ended, and the same conversation is answered again. */
  readonly recovered: boolean | undefined;
}

/** What was seen in all slices of one kind. */
interface Seen {
  readonly ticks: Took[];
  readonly answers: Took[];
  readonly own: Took[];
}

const others = 20;
/** Between two messages of one person, milliseconds. */
const pauses = { other: 25, troubled: 50 } as const;
const flood = 1_000;
/** A flood comes at once and is slow after that: its slices are so many times longer, and fewer. */
const floodTimes = 8;

/** Twenty visitors go on talking while one conversation has a bad reaction: calm and trouble in turns of `ms`. */
export async function fences(folder: string, slices: number, ms: number, long: boolean): Promise<FencesFound> {
  const path = join(folder, 'fences.sqlite');
  const injected = { nothing: 0, throws: 0, hangs: 0, floods: 0, chains: 0, spins: 0 };
  let trouble: Trouble = 'nothing';
  let held = Promise.withResolvers<void>();
  async function troubled(fact: CommittedFact): Promise<Effects> {
    injected[trouble] += 1;
    const answer = append(fact.log, 'message.sent', { text: 'bad' }, { item: true });
    if (trouble === 'throws') throw new Error('planted');
    if (trouble === 'floods' && fact.by !== 'friend') return Array.from({ length: flood }, () => answer);
    if (trouble === 'chains') return [answer, answer];
    if (trouble === 'spins') spin(30);
    if (trouble === 'hangs') await held.promise;
    return fact.by === 'friend' ? [] : [answer];
  }
  const setup: NonNullable<Composition['setup']> = (friend) =>
    friend.after('message.sent', ({ fact }) => {
      const text = String((fact.body as { readonly text?: string }).text);
      if (text === 'forever') return new Promise<Effects>(() => undefined);
      if (text === 'bad') return troubled(fact);
      return fact.by === 'friend' ? [] : [append(fact.log, 'message.sent', { text: 'yes' }, { item: true })];
    });
  const stand = await openStand(path, { setup, log: expected });
  const [usual, hung, ...people] = await stand.visitors(others + 2);
  if (usual === undefined || hung === undefined) throw new RangeError('There are too few people.');
  const all = [usual, hung, ...people];
  const begun = performance.now();
  if (long) await hung.says('forever');

  let seen: Seen | undefined;
  let isOver = false;
  const talk = async (person: Visitor): Promise<void> => {
    while (!isOver) {
      const sentIn = seen;
      const { stored, answered } = await person.turn('good');
      sentIn?.ticks.push(stored);
      sentIn?.answers.push(answered);
      await passed(pauses.other);
    }
  };
  const slice = async (kind: Trouble, into: Seen, span: number): Promise<void> => {
    const [complainer = usual] = kind === 'floods' ? await stand.visitors(1) : [usual];
    if (complainer !== usual) all.push(complainer);
    await passed(pauses.other);
    held = Promise.withResolvers();
    [trouble, seen] = [kind, into];
    for (const until = performance.now() + span; performance.now() < until; ) {
      into.own.push(await complainer.says('bad'));
      await passed(pauses.troubled);
    }
    [trouble, seen] = ['nothing', undefined];
    held.resolve();
    // Reactions of a log run in its order: once this is answered, all of the trouble is over. A flood's waits by itself.
    if (complainer === usual) await usual.turn('over');
  };

  const talking = Promise.all(people.map(talk));
  await slice('nothing', empty(), ms * 2);
  const found = new Map<Trouble, { readonly calm: Seen; readonly bad: Seen }>();
  for (const kind of troubles) found.set(kind, { calm: empty(), bad: empty() });
  for (let index = 0; index < slices; index += 1) {
    for (const [kind, { calm, bad }] of found) {
      if (kind === 'floods' && index % floodTimes !== 0) continue;
      const span = kind === 'floods' ? ms * floodTimes : ms;
      if (index % 2 === 1) await slice(kind, bad, span);
      await slice('nothing', calm, span);
      if (index % 2 === 0) await slice(kind, bad, span);
    }
  }
  isOver = true;
  await talking;
  const recovered = long ? await isAnsweredAgain(hung, begun) : undefined;
  const failed = stand.friend.meter.of('failed');
  await stand.close();
  const calm = Array.from(found.values(), (side) => side.calm);
  const compared = (kind: Trouble): Fenced => comparison(found.get(kind) ?? { calm: empty(), bad: empty() });
  return {
    fences: {
      nothing: compared('nothing'),
      throws: compared('throws'),
      hangs: compared('hangs'),
      floods: compared('floods'),
      chains: compared('chains'),
      spins: compared('spins'),
    },
    calm: {
      tickP95Ms: rounded(p95(calm.flatMap(({ ticks }) => ticks))),
      answerP95Ms: rounded(p95(calm.flatMap(({ answers }) => answers))),
      messages: calm.flatMap(({ ticks }) => ticks).length,
    },
    ...{ injected, failed, path, recovered },
    ticks: all.reduce((sum, person) => sum + person.ticks, 0),
  };
}

function empty(): Seen {
  return { ticks: [], answers: [], own: [] };
}

async function isAnsweredAgain(hung: Visitor, begun: number): Promise<boolean> {
  await passed(Math.max(0, begun + 31_000 - performance.now()));
  const { answered } = await hung.turn('good');
  return answered.wall < 1_000;
}

function comparison({ calm, bad }: { readonly calm: Seen; readonly bad: Seen }): Fenced {
  const of = (what: keyof Seen, by: keyof Took): number => rounded(p95(bad[what], by) / p95(calm[what], by));
  return {
    tick: of('ticks', 'wall'),
    tickCpu: of('ticks', 'cpu'),
    answer: of('answers', 'wall'),
    answerCpu: of('answers', 'cpu'),
    own: of('own', 'wall'),
  };
}

function p95(all: readonly Took[], by: keyof Took = 'wall'): number {
  const values = all.map((took) => took[by]);
  return quantile(values, 0.95);
}

/** By processor time: beside other work, little of the clock's 30 ms would be this process's. */
function spin(ms: number): void {
  const before = process.cpuUsage();
  for (let spent = 0; spent < ms * 1_000; ) {
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
}

/** What is planted fails as it should; anything else is said. */
const expected: Log = {
  info: () => undefined,
  warn: (message, fields) => console.error('warning:', message, fields ?? ''),
  error: (message, fields) => {
    if (!/^A reaction failed$|follow from each other/.test(message)) console.error('error:', message, fields ?? '');
  },
};
