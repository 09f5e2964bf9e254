import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostileValues } from './hostile-values.ts';
import { badValues, goodValues, pieces, types } from './sample-values.ts';
import { isTaken } from './taken-values.ts';
import { type TokenType, typeOfGroup } from './tokens.ts';
import { refusalOf } from './values.ts';

const groups = Object.entries<TokenType>(typeOfGroup);
const oddValues = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((some) => some.join('')),
);

test('takes what is written out, and nothing of another type', () => {
  const wrong = groups.flatMap(([group, type]) => [
    ...goodValues[type].filter((value) => !isTaken(group, value)),
    ...badValues[type].filter((value) => isTaken(group, value)),
  ]);

  expect(wrong).toEqual([]);
});

test('takes no hostile value for any token', () => {
  const taken = groups.flatMap(([group]) => hostileValues.filter((value) => isTaken(group, value)));

  expect(hostileValues.length).toBeGreaterThan(200);
  expect(taken).toEqual([]);
});

test('takes all that there is no refusal of, and nothing that could end a declaration or ask for what stands elsewhere', () => {
  let taken = 0;

  fc.assert(
    fc.property(oddValues, fc.constantFrom(...groups), (value, [group, type]) => {
      if (refusalOf(type, value) === undefined) expect([value, isTaken(group, value)]).toEqual([value, true]);
      if (!isTaken(group, value)) return;
      taken += 1;
      expect(value).not.toMatch(/[;{}\\@!<>:]|\/\*|url|var\(|env\(|attr\(|image|expression|[\n\r\f\0]/i);
      expect(value.split('(').length).toBe(value.split(')').length);
      expect(value.split('"').length % 2).toBe(1);
    }),
    { numRuns: 5_000 },
  );

  expect(types.length).toBe(6);
  expect(taken).toBeGreaterThan(10);
});

test('is done with a long value at once', () => {
  const long = [
    '1'.repeat(301),
    'la'.repeat(150),
    'rgb(1)'.repeat(50),
    `"${'a'.repeat(298)}`,
    '1'.repeat(1e6),
    '('.repeat(300),
  ];
  const before = performance.now();

  const taken = long.flatMap((value) => groups.filter(([group]) => group !== 'font' && isTaken(group, value)));

  expect(taken).toEqual([]);
  expect(performance.now() - before).toBeLessThan(500);
});
