import { expect, test } from 'vitest';
import { begun, changed, redone, rested, undone } from './history.ts';

test('goes back and forth over what was done', () => {
  const history = changed(changed(begun('a'), 'b'), 'c');

  const back = undone(undone(history));
  const forth = redone(back);

  expect([back.now, forth.now, undone(back), redone(history)]).toEqual(['a', 'b', back, history]);
});

test('takes a whole drag back at once, and two drags one after the other', () => {
  const first = changed(changed(changed(begun(0), 1, 'radius'), 2, 'radius'), 3, 'radius');

  const second = changed(changed(rested(first), 4, 'radius'), 5, 'radius');

  expect([undone(second).now, undone(undone(second)).now]).toEqual([3, 0]);
});

test('forgets what was taken back once something else is done', () => {
  const history = undone(changed(begun('a'), 'b'));

  const other = changed(history, 'c');

  expect([redone(other).now, undone(other).now]).toEqual(['c', 'a']);
});

test('keeps so many steps and no more', () => {
  const steps = Array.from({ length: 500 }, (_, step) => step + 1);

  const { past, now } = steps.reduce((history, step) => changed(history, step), begun(0));

  expect([past.length, past[0], now]).toEqual([200, 300, 500]);
});
