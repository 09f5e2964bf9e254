import { expect, test } from 'vitest';
import type { Fenced } from './fences.ts';
import { type Counted, contradictionsIn, type Found, unnoticedIn, worseIn } from './judgement.ts';

const even: Fenced = { tick: 1, tickCpu: 1, answer: 1, answerCpu: 1, own: 1 };
const waited = { p50: 2, p99: 20, p99Cpu: 15, tickP99: 20 };

/** A run in which all is as it should be. */
const good: Required<Found> = {
  fences: {
    fences: {
      ...{ nothing: even, throws: even, hangs: even, floods: even, chains: even },
      spins: { ...even, tick: 3, answer: 3 },
    },
    calm: { tickP95Ms: 5, answerP95Ms: 8, messages: 100 },
    injected: { nothing: 9, throws: 9, hangs: 9, floods: 9, chains: 9, spins: 9 },
    ...{ failed: 10, ticks: 100, path: '', recovered: true },
  },
  pending: {
    ...{ share: 0.01, control: 0, planted: 0.3, cpuMicros: 100, pending: 10_000, ticks: 100 },
    paths: { bare: '', twin: '', laden: '' },
  },
  dialogues: {
    ...{ dialogues: 500, pace: 250, bot: waited, floor: waited, planted: 70 },
    ...{ ticks: 100, answers: 100, paths: [] },
  },
  costs: {
    ...{ trace: 0, reaction: 0, filteredRule: 0, filteredReaction: 0, schema: 0, planted: 0.4 },
    cpuMicros: { message: 100, own: 90 },
    ...{ traced: 100, tracked: 100, ticks: 100, paths: [] },
  },
  printed: { hundredSeconds: 4, estimates: [0.85] },
};

const rows: Counted = {
  ...{ fences: 100, pending: 100, schedules: 10_000, dialogues: 100, said: 100, costs: 100, tracked: 100 },
};

test('finds nothing wrong, nothing worse and nothing unnoticed in a run that is as it should be', () => {
  const wrong = contradictionsIn(good, rows);
  const worse = worseIn(good, 1);
  const unnoticed = unnoticedIn(good);

  expect([wrong, worse, unnoticed]).toEqual([[], [], []]);
});

test.each([
  ['a lost message', { ...rows, fences: 99 }, '✓ beside bad reactions: 99 rows are stored, 100 were seen'],
  ['a lost schedule', { ...rows, schedules: 9_999 }, 'schedules that wait: 9999 rows are stored, 10000 were seen'],
  ['an answer too many', { ...rows, said: 101 }, 'answers in dialogues: 101 rows are stored, 100 were seen'],
])('reports %s', (_, counted, report) => {
  const wrong = contradictionsIn(good, counted);

  expect(wrong).toEqual([report]);
});

test('reports a fault that was not injected, one that was not counted, and a conversation that stays hung', () => {
  const injected = { ...good.fences.injected, hangs: 0 };

  const wrong = contradictionsIn({ ...good, fences: { ...good.fences, injected, failed: 8, recovered: false } }, rows);

  expect(wrong).toEqual([
    'the reaction that hangs never ran',
    '9 threw, 8 failed',
    'a conversation is not answered after a reaction has hung for 30 s',
  ]);
});

test('reports each figure that misses its goal', () => {
  const slow = { ...good.fences.fences, floods: { ...even, tick: 1.2 } };

  const worse = worseIn(
    {
      fences: { ...good.fences, fences: slow },
      pending: { ...good.pending, share: 0.03 },
      dialogues: { ...good.dialogues, bot: { ...waited, p99: 60 } },
      printed: { hundredSeconds: 11, estimates: [0.85, 0.7] },
    },
    1,
  );

  expect(worse).toEqual([
    'beside a reaction that floods, tick takes others 1.2 times as long',
    'schedules that wait cost 3.0 % of a message',
    'a bot answers 99 of 100 within 60 ms',
    '100 tests take 11 s',
    '70.0 % of the estimates are within a factor of two',
  ]);
});

test('goes by processor time where other work is done beside it, and allows what the control shows to be noise', () => {
  const noisy = {
    ...good.fences.fences,
    nothing: { ...even, tickCpu: 0.8 },
    hangs: { ...even, tick: 5, tickCpu: 1.25 },
  };
  const dialogues = { ...good.dialogues, bot: { ...waited, p99: 500 } };

  const worse = worseIn({ ...good, dialogues, fences: { ...good.fences, fences: noisy } }, 12);

  expect(worse).toEqual([]);
});

test('says what was planted and not seen', () => {
  const blind = { ...good.fences.fences, spins: even };

  const unnoticed = unnoticedIn({
    fences: { ...good.fences, fences: blind },
    pending: { ...good.pending, planted: 0 },
    dialogues: { ...good.dialogues, planted: 4 },
    costs: { ...good.costs, planted: 0 },
  });

  expect(unnoticed).toHaveLength(4);
});
