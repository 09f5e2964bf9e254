import { expect, test } from 'vitest';
import { growthOf, type Sample, worseIn } from './ratios.ts';

const flat: Sample = { throughput: 1_000, cpu: 100, latency: 2, open: 4 };

test('finds nothing worse where large and small differ by less than a fifth, or large is better', () => {
  const long = { throughput: 850, cpu: 110, latency: 2.3, open: 4.7 };
  const wide = { throughput: 2_000, cpu: 50, latency: 1, open: 1 };

  const worse = worseIn(growthOf([{ small: flat, long, wide }]));

  expect(worse).toEqual([]);
});

test.each([
  ['throughput', { ...flat, throughput: 700 }, 'throughput long is 0.70 of the small site’s'],
  ['latency', { ...flat, latency: 3 }, 'latency long is 1.50 times the small site’s'],
  ['open', { ...flat, open: 400 }, 'opening long takes 100.00 times as long as in the small site'],
])('reports a %s that grows', (_, long, report) => {
  const worse = worseIn(growthOf([{ small: flat, long, wide: flat }]));

  expect(worse).toEqual([report]);
});

test('compares round by round, so that a slow spell of the machine does not count', () => {
  const slow = { throughput: 100, cpu: 900, latency: 20, open: 40 };
  const rounds = [flat, slow, flat].map((same) => ({ small: same, long: same, wide: same }));

  const { long } = growthOf(rounds);

  expect(long).toEqual({ throughput: 1, cpu: 1, latency: 1, open: 1 });
});
