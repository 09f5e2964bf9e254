import { expect, test } from 'vitest';
import { check, violationsIn } from './checker.ts';
import type { History } from './history.ts';
import { plantedFound, plantedIn } from './planted.ts';

/** Two people who said two things each, all of it well. */
const truth: History = {
  sent: [
    { text: 'a-0', sender: 'a', log: 'c_room_x', at: 1, id: 'i0', answeredAt: 2 },
    { text: 'b-0', sender: 'b', log: 'c_room_x', at: 1, id: 'i1', answeredAt: 2 },
    { text: 'a-1', sender: 'a', log: 'c_room_x', at: 3, id: 'i2', answeredAt: 4 },
    { text: 'b-1', sender: 'b', log: 'c_room_x', at: 3, id: 'i3', answeredAt: 4 },
  ],
  seen: ['a', 'b'].map((reader) => ({ reader, log: 'c_room_x', texts: ['a-0', 'b-0', 'a-1', 'b-1'] })),
  stored: ['a-0', 'b-0', 'a-1', 'b-1'].map((text, index) => ({
    ...{ log: 'c_room_x', seq: index + 2, action: `i${index}`, text },
  })),
  logs: [{ log: 'c_room_x', lastSeq: 5, seqs: [1, 2, 3, 4, 5] }],
};

test('finds nothing where nothing is wrong', () => {
  expect(violationsIn(check(truth))).toBe(0);
});

test.each(plantedIn(truth))('finds $name', ({ history, violation }) => {
  expect(check(history)[violation]).toBeGreaterThan(0);
});

test('says which planted violation it missed', () => {
  const blind = { ...truth, seen: truth.seen.map((one) => ({ ...one, texts: ['a-0', 'a-0', 'a-0'] })) };

  expect(plantedFound(truth)).toEqual({ planted: 7, missed: [] });
  expect(plantedFound(blind).missed.length).toBeGreaterThan(0);
});

test('counts one sender’s messages that were stored the other way round', () => {
  const [first, second] = truth.sent.filter(({ sender }) => sender === 'a');
  const swapped = truth.sent.map((one) => (one === first ? { ...one, text: 'a-1', id: 'i2' } : one));
  const sent = swapped.map((one) => (one === second ? { ...one, text: 'a-0', id: 'i0' } : one));

  expect(check({ ...truth, sent }).orderDifferences).toBe(1);
});

test('forgives what was never promised, and what a reader did not fetch', () => {
  const forgotten = { text: 'a-2', sender: 'a', log: 'c_room_x', at: 5, forgotten: true };
  const refused = { text: 'a-3', sender: 'a', log: 'c_room_x', at: 6, id: 'i9', refused: 'schema' };
  const tail = { reader: 'late', log: 'c_room_x', texts: ['a-1', 'b-1'], tail: true };

  const verdict = check({ ...truth, sent: [...truth.sent, forgotten, refused], seen: [...truth.seen, tail] });

  expect(verdict.examples).toEqual([]);
});
