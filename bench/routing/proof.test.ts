import { expect, test } from 'vitest';
import { ratio } from './pairs.ts';
import { contradictionIn } from './proof.ts';

test('finds nothing to say where every answer is a row and every fact arrived', () => {
  const proof = { stored: 3, answered: 3, received: 3 };

  const contradiction = contradictionIn(proof);

  expect(contradiction).toBeUndefined();
});

test.each([
  ['a lost row', { stored: 2, answered: 3, received: 3 }, '2 rows are stored, but 3 answers arrived'],
  ['a lost answer', { stored: 3, answered: 2, received: 3 }, '3 rows are stored, but 2 answers arrived'],
  ['a lost fact', { stored: 3, answered: 3, received: 2 }, '3 answers arrived, but 2 facts at the other side'],
  ['nothing at all', { stored: 0, answered: 0, received: 0 }, 'nothing was stored'],
])('reports %s', (_, proof, report) => {
  const contradiction = contradictionIn(proof);

  expect(contradiction).toBe(report);
});

test('takes the median of the ratios pair by pair, so that a slow spell of the machine does not count', () => {
  const round = (messages: number) => ({ messages, ms: 1_000, latencyMs: 0, cpuMicros: 0, ownCpuMicros: 0 });
  const pairs = [
    { floor: round(100), friend: round(90) },
    { floor: round(10), friend: round(9) },
    { floor: round(100), friend: round(10) },
  ];

  const found = ratio(pairs, ({ messages }) => messages);

  expect(found).toBe(0.9);
});
