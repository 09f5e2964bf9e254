import { expect, test } from 'vitest';
import { SettingError } from './environment.ts';
import { crashBy, faultsOf } from './faults.ts';

test('plants nothing where nothing is set', () => {
  const faults = [faultsOf(), faultsOf(''), faultsOf(' , ')];

  expect(faults).toEqual([[], [], []]);
  expect(crashBy([], Math.random, () => undefined)).toBeUndefined();
});

test('reads points, probabilities and how often to pass before', () => {
  const faults = faultsOf('after_commit:0.1, in_transaction:1:50');

  expect(faults).toEqual([
    { point: 'after_commit', probability: 0.1, passes: 0 },
    { point: 'in_transaction', probability: 1, passes: 50 },
  ]);
});

test.each(['after_comit:1', 'parsed', 'parsed:2', 'parsed:-1', 'parsed:1:x', 'parsed:1:1:1', 'parsed:0.1;fsync:1'])(
  'says in one line which points there are for %j',
  (text) => {
    const read = () => faultsOf(text);

    expect(read).toThrow(SettingError);
    expect(read).toThrow(/^BEFRIEND_FAULT is "[^\n]*parsed, in_transaction, after_commit, answered, [^\n]*$/);
  },
);

test('fires by chance at its own point, once that was passed often enough', () => {
  const chances = [0.4, 0.05, 0.05];
  let killed = 0;
  const crash = crashBy(
    faultsOf('after_commit:0.1:1'),
    () => chances.shift() ?? 1,
    () => {
      killed += 1;
    },
  );

  const kills = (
    ['parsed', 'after_commit', 'after_commit', 'after_commit', 'after_commit', 'after_commit'] as const
  ).map((point) => {
    crash?.(point);
    return killed;
  });

  expect(kills).toEqual([0, 0, 0, 1, 2, 2]);
});

test('lets the disk fail instead of ending the process at the point of the fsync', () => {
  const crash = crashBy(
    faultsOf('fsync:1'),
    () => 0,
    () => {
      throw new Error('killed');
    },
  );

  expect(() => crash?.('fsync')).toThrow('A failed fsync was planted.');
});
