import { expect, test } from 'vitest';
import { type Day, shareWithinTwo, simulated } from './contract-day.ts';
import { waits } from './estimate.ts';

const minute = 60_000;

/** 24 hours; a case takes 9 minutes in the middle, half of them between 6 and 14. */
const day = {
  desk: { capacity: 3 },
  colleagues: 6,
  handling: { median: 9 * minute, spread: 0.6 },
} as const;

const spread = (from: number, until: number, people: number): number[] =>
  Array.from({ length: 24 }, (_, hour) => (hour >= from && hour < until ? people : 12));

const days: readonly [name: string, day: Omit<Day, 'seed'>][] = [
  ['plain: nearly as many come as can be answered', { ...day, arrivals: spread(8, 18, 97) }],
  ['with a rush at noon', { ...day, arrivals: spread(8, 18, 80).map((people, hour) => (hour === 12 ? 260 : people)) }],
  [
    'of two colleagues who each have one case at a time',
    { ...day, desk: { capacity: 1 }, colleagues: 2, arrivals: spread(8, 18, 10).map((people) => Math.min(people, 10)) },
  ],
  [
    'two queues of the same colleagues',
    {
      ...day,
      desk: {
        ...day.desk,
        queues: [
          { id: 'one', name: 'One' },
          { id: 'two', name: 'Two' },
        ],
      },
      arrivals: spread(8, 18, 97),
    },
  ],
];

test.each(days)('says within a factor of two how long four in five will wait on a day %s', (name, plan) => {
  const three = [1, 2, 3].map((seed) => simulated({ ...plan, seed }));
  const told = three.flat();

  const share = Math.min(...three.map(shareWithinTwo));
  const known = told.filter(({ estimate }) => estimate !== undefined).length;

  console.info(
    `${name}: ${told.length} people waited, ${known} were told how long, ${(share * 100).toFixed(1)} % within a factor of two on the worst day`,
  );
  expect(known).toBeGreaterThan(told.length * 0.9);
  expect(share).toBeGreaterThanOrEqual(0.8);
});

test('says nothing before enough is known, and is not fooled by a place beyond those it looks at', () => {
  const samples = [5, 6, 7, 8, 9].map((count) => count * minute);
  const few = waits({ elapsed: [minute], free: 0, samples: samples.slice(1) });

  const known = waits({ elapsed: [minute, minute], free: 0, samples });

  expect(few).toBeUndefined();
  expect(known?.(1)).toBeLessThan(known?.(2) ?? 0);
  expect((known?.(200) ?? 0) / (known?.(50) ?? 1)).toBeCloseTo(4, 0);
});
