import { expect, test } from 'vitest';
import { groupContradictionIn } from './proof.ts';

const honest = { stored: 3, sent: 3, received: 30, occupants: 10 };

test('finds nothing where every message is stored once and has reached everybody once', () => {
  const found = groupContradictionIn(honest);

  expect(found).toBeUndefined();
});

test.each([
  ['a lost row', { stored: 2 }, '3 messages were sent, but 2 rows are stored'],
  ['a row too many', { stored: 4 }, '3 messages were sent, but 4 rows are stored'],
  ['a lost delivery', { received: 29 }, '30 deliveries are due, but 29 arrived'],
  ['a delivery too many', { received: 31 }, '30 deliveries are due, but 31 arrived'],
  ['silence', { stored: 0, sent: 0, received: 0 }, 'nothing was sent'],
])('finds %s', (_, change, report) => {
  const found = groupContradictionIn({ ...honest, ...change });

  expect(found).toBe(report);
});
