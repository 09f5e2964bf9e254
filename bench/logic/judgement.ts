import type { CostsFound } from './costs.ts';
import type { DialoguesFound } from './dialogues.ts';
import type { Fenced, FencesFound } from './fences.ts';
import type { PendingFound } from './pending.ts';
import type { Printed } from './printed.ts';

/** All that was measured in one run; what is printed by tests is not measured in a quick one. */
export interface Found {
  readonly fences: FencesFound;
  readonly pending: PendingFound;
  readonly dialogues: DialoguesFound;
  readonly costs: CostsFound;
  readonly printed?: Printed;
}

/** Rows that were counted in the data files, by another connection after the friend had ended. */
export interface Counted {
  readonly fences: number;
  readonly pending: number;
  readonly schedules: number;
  readonly dialogues: number;
  /** Messages of bots and of the floor's reaction. */
  readonly said: number;
  readonly costs: number;
  readonly tracked: number;
}

/** What the issue asks for. */
const goals = {
  /** Others beside a bad reaction: so many times as long as without. */
  fence: 1.1,
  /** What 10,000 schedules add to a message, as a part of it. */
  pending: 0.02,
  /** 99 of 100 answers of 500 dialogues, milliseconds after the ✓. */
  dialogues: 50,
  /** A hundred tests in a page, seconds. */
  hundred: 10,
  /** Of those who wait in line, who was told how long within a factor of two. */
  estimate: 0.8,
} as const;

/** Above this load of the machine times by the clock say more about other work than about the friend. */
const quiet = 1.5;

/** What contradicts "every ✓ stands for a row, every answer for one"; empty where nothing does. */
export function contradictionsIn(
  { fences, pending, dialogues, costs }: Pick<Found, 'fences' | 'pending' | 'dialogues' | 'costs'>,
  rows: Counted,
): string[] {
  const pairs: readonly (readonly [what: string, rows: number, seen: number])[] = [
    ['✓ beside bad reactions', rows.fences, fences.ticks],
    ['✓ beside schedules', rows.pending, pending.ticks],
    ['schedules that wait', rows.schedules, pending.pending],
    ['✓ in dialogues', rows.dialogues, dialogues.ticks],
    ['answers in dialogues', rows.said, dialogues.answers],
    ['✓ of costs', rows.costs, costs.ticks],
    ['own events', rows.tracked, costs.tracked],
  ];
  const wrong = pairs.filter(([, stored, seen]) => stored !== seen || stored === 0);
  const idle = Object.entries(fences.injected).filter(([, times]) => times === 0);
  return [
    ...wrong.map(([what, stored, seen]) => `${what}: ${stored} rows are stored, ${seen} were seen`),
    ...idle.map(([kind]) => `the reaction that ${kind} never ran`),
    ...(fences.failed < fences.injected.throws ? [`${fences.injected.throws} threw, ${fences.failed} failed`] : []),
    ...(fences.recovered === false ? ['a conversation is not answered after a reaction has hung for 30 s'] : []),
  ];
}

/** What does not reach its goal; empty where all does. `load`: of the machine. */
export function worseIn({ fences, pending, dialogues, printed }: Omit<Found, 'costs'>, load: number): string[] {
  const isQuiet = load <= quiet;
  const late = isQuiet ? dialogues.bot.p99 : dialogues.bot.p99Cpu;
  const estimates = printed?.estimates.filter((share) => share < goals.estimate) ?? [];
  return [
    ...(['throws', 'hangs', 'floods', 'chains'] as const).flatMap((kind) =>
      slowedBy(kind, fences.fences[kind], fences.fences.nothing, isQuiet),
    ),
    ...(pending.share > goals.pending + Math.abs(pending.control)
      ? [`schedules that wait cost ${percent(pending.share)} of a message`]
      : []),
    ...(late > goals.dialogues ? [`a bot answers 99 of 100 within ${late} ms`] : []),
    ...((printed?.hundredSeconds ?? 0) > goals.hundred ? [`100 tests take ${printed?.hundredSeconds} s`] : []),
    ...estimates.map((share) => `${percent(share)} of the estimates are within a factor of two`),
  ];
}

/** Whether the harness has seen what was planted to be bad; empty where it has. */
export function unnoticedIn({ fences, pending, dialogues, costs }: Omit<Found, 'printed'>): string[] {
  const { spins, nothing } = fences.fences;
  return [
    ...(slowedBy('spins', spins, nothing, true).length > 0 ? [] : ['a reaction that keeps the processor']),
    ...(pending.planted > goals.pending ? [] : ['a friend that reads all schedules again and again']),
    ...(dialogues.planted > goals.dialogues ? [] : ['a bot whose answer takes 60 ms']),
    ...(costs.planted > 0.1 ? [] : ['a filter that keeps the processor']),
  ];
}

/** The control's own distance from 1 is noise: so much more is allowed. */
function slowedBy(kind: string, fenced: Fenced, control: Fenced, isQuiet: boolean): string[] {
  const figures = isQuiet ? (['tick', 'answer'] as const) : (['tickCpu', 'answerCpu'] as const);
  return figures.flatMap((figure) => {
    const allowed = goals.fence + Math.abs(control[figure] - 1);
    const times = fenced[figure];
    return times > allowed ? [`beside a reaction that ${kind}, ${figure} takes others ${times} times as long`] : [];
  });
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
